/**
 * Taking back what a press has just done: the first of two buttons within 300 ms, less by whoever said it within 5 s.
 * A copy of how the session stood is kept with each press; what is restored of it depends on where the hands are. Pure.
 */
import { motorLimits, sessionLimits } from './limits.ts';
import { hasTaken } from './session.lighter.ts';
import { movedAt } from './session.time.ts';
import type { Before, Origin, SessionContext } from './session.types.ts';
import type { Ms } from './vocabulary.ts';

type Context = SessionContext;

/** Keeps how the session stands before a press. Of the events of one press the first counts. */
export function remembered(
  context: Context,
  at: Ms,
  button: 'go' | 'less',
  from: Origin,
  byReceiver: boolean,
): Context {
  if (context.before[button]?.at === at) return context;
  const { before, ...rest } = context;
  return { ...context, before: { ...before, [button]: { at, from, byReceiver, context: rest } } };
}

/** What the press of this button at `pressedAt` did, if it did anything and that can still be taken back at `at`. */
export function pressToTakeBack(
  context: Context,
  button: 'go' | 'less',
  pressedAt: Ms,
  at: Ms,
): Before | null {
  const before = context.before[button];
  if (before === null || before.at < pressedAt) return null;
  return at - before.at < sessionLimits.takeBackMs ? before : null;
}

const forgotten = (context: Context, button: 'go' | 'less'): Context => ({
  ...context,
  before: { ...context.before, [button]: null },
});

/** As everything stood before, while hands were still; what the board has said since then holds. */
export function restored(context: Context, button: 'go' | 'less'): Context {
  const before = context.before[button];
  if (!before) return context;
  const { boardReady, stopHeld, receiver } = context;
  return forgotten({ ...before.context, before: context.before, boardReady, stopHeld, receiver }, button);
}

/** The pressure as it was, with all that hangs on it, where hands are still at the same work. */
function pressureRestored(context: Context, before: Before, at: Ms): Context {
  const { context: was } = before;
  if (was.passIndex !== context.passIndex) return context;
  const { pressure, ceiling, dwellFromMoved, easedUntilMoved, easesHere, lighterOfferedAt } = was;
  const technique = hasTaken(before, context)
    ? { usesOtherTechnique: was.usesOtherTechnique, gridAt: at, stroke: 0, strokesInPass: 0 }
    : {};
  // Where somebody has changed the technique since, the offer is settled: opened anew it would be one of what is heavier.
  const isSettled = { ...context, ...technique }.usesOtherTechnique !== was.usesOtherTechnique;
  const offer = isSettled ? {} : { easesHere, lighterOfferedAt };
  return { ...context, ...technique, pressure, ceiling, dwellFromMoved, easedUntilMoved, ...offer };
}

/**
 * The question as it stood: what was said to it is taken back, with what came of that. It is told anew once EASE, which
 * answers the two buttons, is over; until it can have been felt and weighed again nothing answers it.
 */
export function questionRestored(context: Context, button: 'go' | 'less', at: Ms): Context {
  const before = context.before[button];
  if (!before) return context;
  const { isAsked, askedMoved, openForMs, question, askedAt } = before.context;
  const { answeredMoved, checkInDueMoved } = before.context;
  const questionAt = at + context.rules.cueMs.EASE + motorLimits.staggerMs;
  // One that waited to be told anew is told now.
  const asks = Math.max(1, before.context.asks);
  const asked = { isAsked, askedMoved, openForMs, question, questionAt, askedAt, asks };
  return forgotten(
    { ...pressureRestored(context, before, at), ...asked, answeredMoved, checkInDueMoved },
    button,
  );
}

/** The work as it was: the pressure and the technique, and the minute that was not lent. */
export function workRestored(context: Context, button: 'go' | 'less', at: Ms): Context {
  const before = context.before[button];
  if (!before) return context;
  const { passes, passEndsMoved, announcedPass, passIndex } = before.context;
  const sameWork = passIndex === context.passIndex;
  const lent = button === 'go' && sameWork ? { passes, passEndsMoved, announcedPass } : {};
  return forgotten({ ...pressureRestored(context, before, at), ...lent }, button);
}

/** The less that its sayer can take back at `at`, or null: too late, not theirs, or nothing was lowered. */
export function lessToUndo(context: Context, byReceiver: boolean, at: Ms): Before | null {
  const before = context.before.less;
  if (!before || before.byReceiver !== byReceiver || at - before.at > sessionLimits.undoMs) return null;
  const { pressure, passIndex } = before.context;
  const sameWork = passIndex === context.passIndex;
  const lowered = (['left', 'right'] as const).some(
    side => (pressure[side] ?? 0) > (context.pressure[side] ?? 0),
  );
  return sameWork && (lowered || hasTaken(before, context)) ? before : null;
}

/** Without that less. Where it had answered a question, that is asked anew. */
export function undone(context: Context, at: Ms): Context {
  const before = context.before.less;
  if (!before) return context;
  const next = forgotten(pressureRestored(context, before, at), 'less');
  return before.from === 'asking' ? { ...next, checkInDueMoved: movedAt(next, at) } : next;
}
