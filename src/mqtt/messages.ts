/**
 * What is published of a device: all of it, and nothing beside it. Closed lists and numbers, so that no name, note, letter
 * of a client, answer or score can be in it; a routine or a phase of one's own is never named.
 */
import * as v from 'valibot';
import { zones } from '../../machines/routine/names.ts';
import { faults, sides, stages } from '../../machines/vocabulary.ts';

/** What the session is doing, as far as it concerns anybody beside the two. */
export const activities = [
  /** No session is under way. */
  'idle',
  /** Questions or preparation: hands do not move yet. */
  'beginning',
  'underway',
  /** It waits for hands to change their place. */
  'transition',
  /** It asks how it is. */
  'asking',
  'eased',
  'paused',
  /** Stopped by hand; the motors are off. */
  'stopped',
  /** Something failed; the motors are off. */
  'faulted',
] as const;

/**
 * How the last session has ended. One that the questions did not let begin is `interrupted` here as one that nobody went on
 * with: what was answered is nobody's business.
 */
export const endings = ['completed', 'stopped', 'faulted', 'interrupted'] as const;

/** The hands' pressure as a word, from 1 to 4; 5 is in no session. */
export const pressures = ['feather', 'light', 'medium', 'firm'] as const;

/** What the motors' board is. */
export const boards = ['emulated', 'real', 'gone'] as const;

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
/** Of the wall, ISO 8601 in UTC. */
const wallTime = v.pipe(v.string(), v.isoTimestamp());

/**
 * How often a state is told anew though nothing has changed. A broker that keeps its messages over its own end has `online`
 * of a device that died meanwhile, for nobody is left to publish its will: only the age of a state tells.
 */
export const renewedEveryMs = { running: 10_000, resting: 60_000 } as const;

/** Of such an age, in ms, a state is told no longer as if it were so now: two of them can be lost. */
export const silentAfterMs = { running: 25_000, resting: 150_000 } as const;

/** Retained at `state`. Written anew whenever one of its fields but the times changes, and as often as `renewedEveryMs` says. */
export const stateSchema = v.strictObject({
  v: v.literal(1),
  at: wallTime,
  activity: v.picklist(activities),
  stage: v.nullable(v.picklist(stages)),
  /** Which of how many, from 1; null outside of the moving stages. */
  phase: v.nullable(v.strictObject({ number: whole, of: whole })),
  zone: v.nullable(v.picklist(zones)),
  side: v.nullable(v.picklist(sides)),
  /** Until the routine is over, at `at`; null where none is under way. It stands still unless `runs`. */
  secondsLeft: v.nullable(whole),
  runs: v.boolean(),
  pressure: v.nullable(v.picklist(pressures)),
  board: v.picklist(boards),
  /** Of the last session of this process; null before any has ended. */
  outcome: v.nullable(v.picklist(endings)),
});
export type DeviceState = v.InferOutput<typeof stateSchema>;

const common = { v: v.literal(1), id: v.pipe(v.string(), v.maxLength(64)), at: wallTime };

/** Published at `event`, once each; a consumer drops an `id` that it has seen. In order. */
export const eventSchema = v.variant('type', [
  v.strictObject({ ...common, type: v.literal('began') }),
  v.strictObject({ ...common, type: v.literal('activity'), activity: v.picklist(activities) }),
  v.strictObject({ ...common, type: v.literal('stage'), stage: v.picklist(stages) }),
  v.strictObject({ ...common, type: v.literal('fault'), fault: v.picklist(faults) }),
  v.strictObject({ ...common, type: v.literal('ended'), outcome: v.picklist(endings) }),
  v.strictObject({ ...common, type: v.literal('remoteStop'), confirmed: v.boolean() }),
  /** So many events, the oldest, were dropped while the broker was away. */
  v.strictObject({ ...common, type: v.literal('dropped'), count: whole }),
]);
export type DeviceEvent = v.InferOutput<typeof eventSchema>;

/** What may be published at `stop`. Anything else there stops too, with no `id` to answer to. */
export const stopSchema = v.object({ id: v.pipe(v.string(), v.maxLength(64)) });
export type StopWish = v.InferOutput<typeof stopSchema>;

/** Published at `stop/answer`: the firmware's own STATUS has said that the motors are off, or has not within its time. */
export const answerSchema = v.strictObject({
  v: v.literal(1),
  /** The wish's own; null where it had none. */
  id: v.nullable(v.string()),
  at: wallTime,
  confirmed: v.boolean(),
  /** From the wish's arrival to the answer. */
  tookMs: whole,
});
export type StopAnswer = v.InferOutput<typeof answerSchema>;
