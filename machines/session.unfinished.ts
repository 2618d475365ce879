/**
 * A session that broke off with its process, and how another process takes it up: paused, where it stood, never with
 * more pressure, and only after the urgent questions have been answered anew. All pure.
 */
import { noCaution, strictest } from './screening.caps.ts';
import type { Caps } from './screening.questions.ts';
import * as place from './session.place.ts';
import type { SessionContext, Unfinished } from './session.types.ts';
import type { SessionSnapshot } from './session.view.ts';
import type { BodySide, Ms } from './vocabulary.ts';

/**
 * What is left of a session whose last event was at `brokeOffAt`, `goneMs` ago; null where there is nothing to go on
 * with: nothing had begun, it was over, it was ending, or it was stopped and nobody had said that it was a slip.
 */
export function unfinishedOf(snapshot: SessionSnapshot, brokeOffAt: Ms, goneMs: Ms): Unfinished | null {
  if (snapshot.status !== 'active') return null;
  const { unfinished, ...context } = snapshot.context;
  if (context.startedAt === null) return unfinished && { ...unfinished, goneMs: unfinished.goneMs + goneMs };
  if (snapshot.matches('stopped') || snapshot.matches('finishing')) return null;
  const { unfinished: _, ...still } = place.still({ ...context, unfinished: null }, brokeOffAt);
  return { context: still, brokeOffAt, goneMs };
}

/** Takes up what was left, at `at`, under the stricter of the old caps and the new ones. */
export function takenUp(context: SessionContext, caps: Caps, at: Ms): SessionContext {
  if (!context.unfinished) return context;
  const { context: left, brokeOffAt, goneMs } = context.unfinished;
  // What was said in the other session's time is that much earlier in this one's.
  const shiftMs = at - (brokeOffAt + goneMs);
  const both = strictest(left.caps ?? noCaution, caps);
  const lowered = (side: BodySide): number | null => {
    const pressure = left.pressure[side];
    return pressure === null ? null : Math.min(pressure, both.pressureMax);
  };
  return {
    ...left,
    rules: {
      ...left.rules,
      // What is played is what this process has.
      cueMs: context.rules.cueMs,
      endsAt: left.rules.endsAt === null ? null : left.rules.endsAt + shiftMs,
    },
    boardReady: context.boardReady,
    stopHeld: context.stopHeld,
    receiver: context.receiver,
    askThem: left.askThem && context.receiver === 'squeeze',
    pausedFor: null,
    easesHere: 0,
    lighterOfferedAt: null,
    caps: both,
    startedAt: left.startedAt === null ? at : left.startedAt + shiftMs,
    stillSince: left.stillSince + shiftMs,
    pressure: { left: lowered('left'), right: lowered('right') },
    fault: null,
    before: { go: null, less: null },
    unfinished: null,
  };
}
