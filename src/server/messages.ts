/**
 * What page and controller say to each other over the socket: JSON text, one schema for both sides.
 *
 * On joining a client gets the whole view; after that only the sections that changed, numbered without a gap. Who
 * misses a number asks for the whole again. No unknown field is let through in either direction.
 */

import * as v from 'valibot';
import { felts } from '../../machines/calibration.ts';
import { intentSchema } from '../../machines/intent.ts';
import { users } from '../../machines/routine/names.ts';
import { buttons } from '../../machines/vocabulary.ts';
import { benchBatchSchema, benchFaults, fastestRate } from './bench-messages.ts';
import { viewSchema } from './view-messages.ts';

/** The `v` of every message. Another one is refused. */
export const wireVersion = 1;
/** A client's message is at most this long. */
export const messageBytes = 16 * 1024;

const head = {
  v: v.literal(wireVersion, `must be ${wireVersion}`),
  /** Counted up by the client; comes back in what answers it. */
  id: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 31 - 1)),
};

/** A client's message as a valibot schema: JSON text of at most `messageBytes` bytes. */
export const fromClientSchema = v.variant('type', [
  v.strictObject({ ...head, type: v.literal('intent'), intent: intentSchema }),
  v.strictObject({
    ...head,
    type: v.literal('button'),
    button: v.picklist(buttons, 'is not a button'),
    down: v.boolean(),
  }),
  /** Begins a new session of this routine; possible while nothing has begun, or after the end. */
  v.strictObject({
    ...head,
    type: v.literal('choose'),
    routine: v.pipe(v.string(), v.maxLength(48)),
    /** "I have N minutes": scaled to that, or refused with what would have to go. */
    minutes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(3), v.maxValue(90))),
    /** Whether whole phases may go for that. */
    drop: v.optional(v.boolean()),
    for: v.optional(v.picklist(users)),
  }),
  /** Begins what was begun last, once more, with screening. */
  v.strictObject({ ...head, type: v.literal('again') }),
  /** Asks for control, which one client has at a time. */
  v.strictObject({ ...head, type: v.literal('claim') }),
  /** Whose page this is: the receiver's has less and stop only, and is tried before the start. */
  v.strictObject({
    ...head,
    type: v.literal('role'),
    role: v.picklist(['receiver', 'viewer'], 'must be receiver or viewer'),
  }),
  /** Whether it may be remembered here that all was clear; no answer ever is. */
  v.strictObject({ ...head, type: v.literal('remember'), agreed: v.boolean('must be true or false') }),
  /** Leads through a calibration of the board's motors, while no session is under way; `undo` after it. */
  v.strictObject({
    ...head,
    type: v.literal('calibrate'),
    deed: v.picklist(['begin', 'play', 'back', 'leave', 'undo'], 'is no deed of a calibration'),
  }),
  /** Answers the question that was shown, by its number. */
  v.strictObject({
    ...head,
    type: v.literal('felt'),
    question: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 31 - 1)),
    felt: v.picklist(felts, 'is no answer'),
  }),
  /** Asks for the whole view. */
  v.strictObject({ ...head, type: v.literal('refresh') }),
  /** Asks for what the bench shows beside the view, or no longer. */
  v.strictObject({ ...head, type: v.literal('bench'), on: v.boolean() }),
  /** Does something to the emulated board. */
  v.strictObject({
    ...head,
    type: v.literal('fault'),
    fault: v.picklist(benchFaults, 'is not a fault'),
    forMs: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(60_000))),
    bytes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000))),
    toward: v.optional(v.picklist(['board', 'host'])),
    button: v.optional(v.picklist(buttons)),
  }),
  /** Steers time where nothing is real. Rate 0 is a pause of time itself, not of the session. */
  v.strictObject({
    ...head,
    type: v.literal('rate'),
    rate: v.pipe(v.number(), v.minValue(0), v.maxValue(fastestRate)),
  }),
  /** To the next line of the trace, and there time stands. */
  v.strictObject({ ...head, type: v.literal('step') }),
  /** To the beginning of a phase further on. */
  v.strictObject({ ...head, type: v.literal('jump'), phase: v.pipe(v.string(), v.maxLength(40)) }),
]);
export type { BenchBatch } from './bench-messages.ts';
export type { PairedRole, PairedView, PhoneView } from './lan/phone-messages.ts';
export { pairingAddress } from './lan/phone-messages.ts';
/** A client's message. */
export type FromClient = Readonly<v.InferOutput<typeof fromClientSchema>>;

const numbered = { v: v.literal(wireVersion), seq: v.pipe(v.number(), v.integer()) };

/** The controller's message as a valibot schema. `seq` has no gaps; who misses one asks for the whole again. */
export const fromServerSchema = v.variant('type', [
  v.strictObject({ ...numbered, type: v.literal('view'), view: viewSchema }),
  v.strictObject({ ...numbered, type: v.literal('change'), view: v.partial(viewSchema) }),
  /** Not possible now, or limited. */
  v.strictObject({
    v: v.literal(wireVersion),
    type: v.literal('refusal'),
    asked: v.string(),
    gave: v.string(),
    limit: v.string(),
    next: v.string(),
  }),
  /** What happened since the last such message; whole on asking for it. */
  v.strictObject({ v: v.literal(wireVersion), type: v.literal('bench'), batch: benchBatchSchema }),
  /** What a client said cannot be understood or is not its to say. */
  v.strictObject({
    v: v.literal(wireVersion),
    type: v.literal('error'),
    id: v.nullable(v.number()),
    code: v.picklist(['badJson', 'badMessage', 'forbidden', 'tooMany', 'notNow']),
    message: v.string(),
  }),
]);
/** The controller's message. */
export type FromServer = Readonly<v.InferOutput<typeof fromServerSchema>>;
