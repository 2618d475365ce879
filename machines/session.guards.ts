/** The guards of the session machine, by name: facts about how it stands and what it has just been told. */

import { sessionLimits } from './limits.ts';
import type { SessionEvent } from './session.events.ts';
import * as lighter from './session.lighter.ts';
import { isBeingTold, questionIsFelt } from './session.orders.ts';
import * as place from './session.place.ts';
import { isLightest, riseNow } from './session.pressure.ts';
import {
  base,
  canArm,
  isPrepared,
  leftUnfelt,
  prepared,
  slipped,
  takenPress,
  toldAnewAt,
  verdict,
} from './session.setup.ts';
import { cooldownForcedAt, type Deadline, deadlineOf, passNow } from './session.time.ts';
import type { Origin, SessionContext } from './session.types.ts';
import { lessToUndo } from './session.undo.ts';
import { finalFaults, type MovingStage } from './vocabulary.ts';

type Context = SessionContext;
type Event = SessionEvent;

/** Whether it takes back an answer that was given in this very pass. */
const tookAnswer = (context: Context, event: Event, stage: MovingStage): boolean => {
  const press = takenPress(context, event);
  return (
    press?.from === 'asking' &&
    press.context.passIndex === context.passIndex &&
    passNow(context)?.stage === stage
  );
};

export const guardedSetup = base.extend({
  guards: {
    reached: ({ context, event }, { deadline }: { deadline: Deadline }) => {
      const at = deadlineOf(context, deadline);
      return at !== null && event.at >= at;
    },

    somethingIsUnfinished: ({ context }) => context.unfinished !== null,
    isPrepared: ({ context }) => isPrepared(context),
    pressBegins: ({ context, event }) => event.type === 'session.go' && event.felt && isPrepared(context),
    baselineIsTooMuch: ({ event }) => event.type === 'session.confirm' && event.tooMuch === true,
    /** What the receiver has to try nobody can confirm for them, and which places are left out is to be said. */
    isNotToBeConfirmed: ({ event }) =>
      event.type === 'session.confirm' && (event.step === 'receiver' || event.step === 'places'),
    othersComeFirst: ({ context }) => context.steps[0] === 'receiver' || context.steps[0] === 'places',
    receiverTries: ({ context, event }) =>
      event.type === 'session.less' && event.byReceiver === true && context.steps.includes('receiver'),
    receiverSaysYes: ({ context, event }) =>
      event.type === 'session.less' && event.byReceiver === true && context.askThem,
    theyAreToBeAsked: ({ context }) => context.askThem,
    stepIsOpen: ({ context, event }) =>
      event.type === 'session.confirm' && context.steps.includes(event.step),
    someStepIsOpen: ({ context }) => !prepared(context),
    boardIsReady: ({ context }) => canArm(context),
    boardIsAway: ({ context }) => !canArm(context),

    noPassIsLeft: ({ context }) => passNow(context) === undefined,
    turnIsNeeded: ({ context }) => place.needsTurn(context),
    stillEased: ({ context }) =>
      context.easedUntilMoved !== null && context.easedUntilMoved > context.movedMs,
    inWarmUp: ({ context }) => passNow(context)?.stage === 'warmUp',
    inStrokes: ({ context }) => passNow(context)?.stage === 'strokes',
    inPressureRamp: ({ context }) => passNow(context)?.stage === 'pressureRamp',

    pressIsFelt: ({ event }) => event.type === 'session.go' && event.felt,
    minuteCanBeLent: ({ context }) => place.extended(context) !== null,
    otherTechniqueExists: ({ context }) => (passNow(context)?.otherPace ?? null) !== null,

    lighterIsOffered: ({ context }) => lighter.offersLighter(context),
    lessTakesLighter: ({ context, event }) => lighter.lessTakesLighter(context, event.at),

    answerStops: ({ event }) => verdict(event) === 'stop',
    answerEases: ({ event }) => verdict(event) === 'ease',
    answerRises: ({ context, event }) => verdict(event) === 'rise' && riseNow(context, event.at).allowed,
    /** Nobody can have felt it and weighed an answer. */
    questionIsNew: ({ context, event }) => !questionIsFelt(context, event.at),
    answerIsBelow: ({ context }) => context.question === 'here',
    riseIsPossible: ({ context, event }) => context.question === 'leg' && riseNow(context, event.at).allowed,
    riseIsAccepted: ({ context, event }) =>
      context.question === 'firmer' && riseNow(context, event.at).allowed,
    questionIsOpen: ({ context }) => context.isAsked,
    questionIsCut: ({ context, event }) => context.isAsked && isBeingTold(context, event.at),
    willBeToldAnew: ({ context, event }) =>
      leftUnfelt(context, event) && toldAnewAt(context, event.at) !== null,
    offerIsUnfelt: ({ context, event }) => leftUnfelt(context, event) && context.question === 'firmer',
    questionIsUnfelt: ({ context, event }) => leftUnfelt(context, event),
    isLightest: ({ context }) => isLightest(context),
    lightestBeforeFelt: ({ context, event }) => isLightest(context) && !questionIsFelt(context, event.at),

    took: ({ context, event }, { from }: { from: Origin }) => takenPress(context, event)?.from === from,
    tookLess: ({ context, event }) =>
      event.type === 'session.takeBack' && event.button === 'less' && takenPress(context, event) !== null,
    tookPause: ({ context, event }) =>
      event.type === 'session.takeBack' &&
      event.button === 'go' &&
      takenPress(context, event)?.from === 'moving' &&
      canArm(context),
    tookAnswerInStrokes: ({ context, event }) => tookAnswer(context, event, 'strokes'),
    tookAnswerInRamp: ({ context, event }) => tookAnswer(context, event, 'pressureRamp'),
    lessCanBeUndone: ({ context, event }) =>
      event.type === 'session.undo' && lessToUndo(context, event.byReceiver === true, event.at) !== null,
    oneWasMissed: ({ context }) => context.missed >= 1,

    cooldownIsDue: ({ context, event }) => {
      const at = cooldownForcedAt(context);
      return at !== null && event.at >= at;
    },
    turnFollowsLongStill: ({ context, event }) =>
      event.at - context.stillSince > sessionLimits.longPauseMs && place.needsTurn(context),
    stoodStillLong: ({ context, event }) => event.at - context.stillSince > sessionLimits.longPauseMs,
    stoodStillTooLong: ({ context, event }) => event.at - context.stillSince > sessionLimits.longestPauseMs,
    wantsFirmer: ({ event }) => event.type === 'session.checkIn' && event.firmer,
    slippedInScreening: ({ context, event }) => slipped(event) && context.caps === null,
    slippedInPreparation: ({ context, event }) => slipped(event) && context.startedAt === null,
    slippedInFault: ({ context, event }) => slipped(event) && context.fault !== null,
    /** Stopped while the end was being told: there is nothing to go on with. */
    endsAnyway: ({ context, event }) =>
      passNow(context) === undefined &&
      event.type === 'session.afterStop' &&
      (event.why === 'slip' || event.why === 'enough'),
    enoughWithCooldown: ({ context, event }) =>
      event.type === 'session.afterStop' &&
      event.why === 'enough' &&
      place.hasCooldown(context) &&
      context.startedAt !== null &&
      context.fault === null,
    boardMerelyRestarted: ({ event }) => event.type === 'session.fault' && event.fault === 'boardReset',
    saysSlip: ({ event }) => slipped(event),
    saysEnough: ({ event }) => event.type === 'session.afterStop' && event.why === 'enough',
    faultIsFinal: ({ event }) => event.type === 'session.fault' && finalFaults.has(event.fault),
  },
});
