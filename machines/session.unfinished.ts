/**
 * How another process takes up a session that broke off with its own: paused, where it stood, never with more pressure,
 * and only after the urgent questions have been answered anew. All pure.
 */
import { noCaution, strictest } from './screening.caps.ts';
import type { Caps } from './screening.questions.ts';
import type { SessionContext } from './session.types.ts';
import type { BodySide, Ms } from './vocabulary.ts';

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
