/**
 * The lighter technique of a place: offered where what hands do is too much, and taken by a person alone. All pure.
 *
 * An answer that eases opens the offer, and so does the second ease in one place. It is shown and taken only while
 * hands move, ends with its phase, and silence never takes it: taking it is a press of its own.
 */
import { sessionLimits as limits } from './limits.ts';
import { isLighter, techniqueWeights } from './routine/lighter.ts';
import type { Pace } from './routine/timeline.ts';
import type { Before, SessionContext } from './session.types.ts';
import type { Ms } from './vocabulary.ts';

type Context = Omit<SessionContext, 'before'>;

/**
 * The technique that is lighter than the one in use here, or null. Of two that weigh the same it is the one that the
 * routine names as the other: it was written to be changed to; of one technique at two paces, the lighter. What moves more
 * of a muscle is never offered.
 */
export function lighterPace(context: Context): Pace | null {
  const pass = context.passes[context.passIndex];
  if (!pass?.otherPace) return null;
  const [now, other] = context.usesOtherTechnique ? [pass.otherPace, pass.pace] : [pass.pace, pass.otherPace];
  if (other.technique === now.technique) return isLighter(other, now) ? other : null;
  const heavier = techniqueWeights[other.technique] - techniqueWeights[now.technique];
  return heavier < 0 || (heavier === 0 && !context.usesOtherTechnique) ? other : null;
}

/** Whether the lighter technique is offered now. */
export const offersLighter = (context: Context): boolean =>
  context.lighterOfferedAt !== null && context.movingSince !== null;

/** Whether the EASE that came with the offer can have been felt and weighed by `at`: only then LESS takes it. */
export const lessTakesLighter = (context: Context, at: Ms): boolean =>
  offersLighter(context) &&
  at >= (context.lighterOfferedAt ?? at) + context.rules.cueMs.EASE + limits.soonestAnswerMs;

/** Opens the offer, where this place has a lighter technique. */
export const offered = <T extends Context>(context: T, at: Ms): T =>
  lighterPace(context) === null ? context : { ...context, lighterOfferedAt: at };

/** Less was wanted here. The second time, and each time after it, the lighter technique is offered. */
export function easedHere<T extends Context>(context: T, at: Ms): T {
  const counted = { ...context, easesHere: Math.min(limits.easesToOffer, context.easesHere + 1) };
  const isOpen = counted.lighterOfferedAt !== null;
  // In a pause no EASE can tell of an offer: the next less, of hands that move, opens it.
  const isStill = counted.movingSince === null;
  return counted.easesHere < limits.easesToOffer || isOpen || isStill ? counted : offered(counted, at);
}

export const notOffered = <T extends Context>(context: T): T => ({ ...context, lighterOfferedAt: null });

/** The other technique, from a stroke of its own on. Whatever was offered is settled by that. */
export const changed = <T extends Context>(context: T, at: Ms): T => ({
  ...context,
  usesOtherTechnique: !context.usesOtherTechnique,
  easesHere: 0,
  lighterOfferedAt: null,
  gridAt: at,
  stroke: 0,
  strokesInPass: 0,
});

/**
 * Whether this less, as it found the session, has taken the lighter technique, which is still in use. One that was an
 * answer took none, whatever was offered beside its question.
 */
export const hasTaken = (before: Pick<Before, 'at' | 'from' | 'context'>, context: Context): boolean =>
  before.from === 'moving' &&
  lessTakesLighter(before.context, before.at) &&
  before.context.passIndex === context.passIndex &&
  before.context.usesOtherTechnique !== context.usesOtherTechnique;
