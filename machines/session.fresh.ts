/** What a session remembers when it opens: nothing yet but its routine, and the rules that hold for all of it. */
import { lengthsOf } from './cues/expand.ts';
import { withOwn } from './cues/library.ts';
import { routineLimits, sessionLimits } from './limits.ts';
import type { Routine } from './routine/schema.ts';
import { type Pass, timeline, totalMs } from './routine/timeline.ts';
import { capOf } from './session.time.ts';
import type { SessionContext, SessionInput } from './session.types.ts';

const checkInEveryMs = ({ checkIn }: Routine): number =>
  (checkIn?.everyS ?? routineLimits.checkInEveryS.usual) * 1000;

function rulesOf(input: SessionInput, planned: readonly Pass[]): SessionContext['rules'] {
  const { checkIn, riseDwellS, sessionMaxMin } = input.routine;
  return {
    checkInEveryMs: checkInEveryMs(input.routine),
    checkInTimeoutMs: (checkIn?.timeoutS ?? routineLimits.checkInTimeoutS.usual) * 1000,
    riseDwellMs: (riseDwellS ?? routineLimits.riseDwellS.usual) * 1000,
    capMs: capOf(totalMs(planned), sessionMaxMin),
    strokeCues: input.strokeCues ?? true,
    cueMs: lengthsOf(withOwn(input.cues ?? [])),
    endsAt: input.endsAt ?? null,
  };
}

/** The context in which it begins. */
export function fresh(input: SessionInput): SessionContext {
  const { routine, easierSide, boardReady, receiver, unfinished } = input;
  const planned = timeline(routine, easierSide);
  const open = routineLimits.pressureMax.max;
  return {
    rules: rulesOf(input, planned),
    planned,
    passes: planned,
    leftOut: [],
    asksPlaces: false,
    liesOnSide: false,
    passIndex: 0,
    steps: [],
    routineSteps: {
      bath: routine.preparation.bath !== undefined,
      oil: routine.preparation.oil !== undefined,
    },
    caps: null,
    gentle: [],
    boardReady,
    stopHeld: false,
    receiver: receiver ?? null,
    askThem: false,
    startedAt: null,
    movedMs: 0,
    movingSince: null,
    stillSince: 0,
    pausedFor: null,
    beginsLightly: false,
    passBeganMoved: 0,
    passEndsMoved: 0,
    settledPass: -1,
    handsOn: null,
    turnMs: sessionLimits.turnMs.usual,
    gridAt: 0,
    stroke: 0,
    strokesInPass: 0,
    usesOtherTechnique: false,
    easesHere: 0,
    lighterOfferedAt: null,
    announcedPass: -1,
    wanted: 'next',
    pressure: { left: null, right: null },
    ceiling: { left: open, right: open },
    dwellFromMoved: { left: 0, right: 0 },
    zoneOf: { left: null, right: null },
    easedUntilMoved: null,
    checkInDueMoved: checkInEveryMs(routine),
    askFromMoved: 0,
    answeredMoved: 0,
    isAsked: false,
    askedMoved: 0,
    openForMs: 0,
    question: 'here',
    questionAt: 0,
    askedAt: 0,
    asks: 0,
    missed: 0,
    engagedAt: 0,
    enteredAt: 0,
    fault: null,
    reason: null,
    before: { go: null, less: null },
    unfinished: unfinished ?? null,
  };
}
