/**
 * What a session machine can be told, one schema for each event: the types are those of the schemas, and a journal's
 * events are checked by them before they are believed.
 */
import * as v from 'valibot';
import { hereBands, legBands } from './response.ts';
import { zones } from './routine/names.ts';
import type { Caps } from './screening.questions.ts';
import { askedBy } from './screening.ts';
import { afterStops, pauseReasons, preparationSteps, questions, symptoms } from './session.lists.ts';
import { faults } from './vocabulary.ts';

/** Session time, in whole ms. */
const ms = v.pipe(v.number(), v.safeInteger());
const isTrue = v.optional(v.literal(true));
const places = v.pipe(v.array(v.picklist(zones)), v.readonly());
const pressureMax = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4));
const position = v.picklist(['any', 'notProne']);

const capsSchema = v.strictObject({
  pressureMax,
  bath: v.picklist(['warm', 'cool', 'none']),
  oil: v.picklist(['any', 'plain', 'plainUnwarmed']),
  light: v.picklist(['blinking', 'steady']),
  cues: v.picklist(['full', 'gentle']),
  places: v.picklist(['any', 'noDeep', 'noButtock']),
  // A journal from before this was asked says nothing of it.
  position: v.optional(position, 'any'),
}) satisfies v.GenericSchema<unknown, Caps>;

/** An event that says nothing but that it has happened. */
const plain = <const T extends string>(type: T) => v.strictObject({ at: ms, type: v.literal(type) });
const event = <const T extends string, const E extends v.ObjectEntries>(type: T, entries: E) =>
  v.strictObject({ at: ms, type: v.literal(type), ...entries });

/**
 * The events of a session as one valibot schema: for what comes from a journal or from elsewhere, before it is
 * believed. `at` is in whole ms of session time and never goes back.
 */
export const sessionEventSchema = v.variant('type', [
  plain('due'),
  event('screening.cleared', {
    caps: capsSchema,
    by: v.optional(v.picklist(askedBy)),
    /** Some skin is not for hands today: nothing begins before it has been said where, or that none is here. */
    asksPlaces: isTrue,
  }),
  /** A card is asked again, before anything has begun: what follows from the answers is open anew. */
  plain('screening.reopened'),
  event('screening.declined', { weight: v.picklist(['urgent', 'clinician']) }),
  plain('board.ready'),
  plain('board.lost'),
  plain('board.stopHeld'),
  plain('board.stopFree'),
  /** `tooMuch`: the baseline's scores are such that nothing may begin. */
  event('session.confirm', { step: v.picklist(preparationSteps), tooMuch: isTrue }),
  /** What is to be spared beside what the screening has said, before anything has begun. It is only ever stricter. */
  event('session.spare', {
    caps: v.strictObject({
      pressureMax: v.exactOptional(pressureMax),
      position: v.exactOptional(position),
    }),
    gentle: places,
  }),
  /** Zones that no hand shall touch today; none of them where that was asked. */
  event('session.leaveOut', { zones: places }),
  /** ... and those that may be touched after all. */
  event('session.bringBack', { zones: places }),
  /** Whoever could lie face down rather lies on the side, or after all as the routine has it. Before the start. */
  event('session.lie', { onSide: v.boolean() }),
  /** A page of the person being massaged has come, or has gone. */
  plain('session.receiverHere'),
  plain('session.receiverGone'),
  plain('session.start'),
  /** `felt`: it came from a button under a hand. */
  event('session.go', { felt: v.boolean() }),
  /** GO again, too soon to be meant: heard, and nothing else. */
  plain('session.hasty'),
  /** What hands said means nothing here: two buttons together, or one that was pressed while STOP is down. */
  event('session.meaningless', { what: v.picklist(['together', 'underStop']) }),
  /** This button's press, which came at `pressedAt`, was the first of two: what it did is taken back. */
  event('session.takeBack', { button: v.picklist(['go', 'less']), pressedAt: ms }),
  /** The last less is taken back by whoever said it. */
  event('session.undo', { byReceiver: isTrue }),
  event('session.pause', { why: v.optional(v.picklist(pauseReasons)) }),
  plain('session.resume'),
  /** `byReceiver`: the person being massaged said so themselves. */
  event('session.less', { byReceiver: isTrue }),
  plain('session.next'),
  plain('session.extend'),
  plain('session.skip'),
  plain('session.switchTechnique'),
  /** Takes the lighter technique that is offered. */
  plain('session.tryLighter'),
  event('session.checkIn', {
    here: v.picklist(hereBands),
    leg: v.picklist(legBands),
    firmer: v.boolean(),
  }),
  /** The cue of this question gave way to another: nobody can have felt it. */
  event('session.unfelt', { question: v.picklist(questions) }),
  event('session.symptom', { id: v.picklist(symptoms) }),
  event('session.stop', { byReceiver: isTrue }),
  event('session.afterStop', { why: v.picklist(afterStops) }),
  plain('session.acknowledge'),
  event('session.end', { reason: v.picklist(['left', 'noDeadlineLeft']) }),
  /** `since`: the hands have been without guidance from then on. */
  event('session.fault', { fault: v.picklist(faults), since: v.optional(ms) }),
]);
/** What a session can be told. What does not fit where it stands is refused by a mark, never by an error. */
export type SessionEvent = Readonly<v.InferOutput<typeof sessionEventSchema>>;
