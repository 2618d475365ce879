/**
 * The vocabulary of the session machine: its guards and actions, by name.
 *
 * Actions that keep something are assigns of the pure functions beside this file; actions that order something
 * emit what `session.orders.ts` works out. None of them touches anything outside.
 */
import { assign, setup } from 'xstate';
import { sessionLimits } from './limits.ts';
import { verdictOf } from './response.ts';
import type { SessionEvent } from './session.events.ts';
import { fitted } from './session.fit.ts';
import { sparing } from './session.gentle.ts';
import * as lighter from './session.lighter.ts';
import { type PreparationStep, preparationSteps } from './session.lists.ts';
import {
  arm,
  askCue,
  dropAsk,
  dropStroke,
  easeCue,
  engage,
  finishCue,
  heardAfterQuestion,
  heardCue,
  hush,
  isBeingTold,
  leavesUnfelt,
  lightestCue,
  nextPhaseCue,
  pressureMarks,
  questionIsFelt,
  refusal,
  refusedCue,
  riseRefusal,
  stopCue,
  strokeOrders,
  turnCue,
  waitingCue,
} from './session.orders.ts';
import * as place from './session.place.ts';
import { eased, isLightest, lowered, pressureNow, riseNow, risen, settled } from './session.pressure.ts';
import { cooldownForcedAt, type Deadline, deadlineOf, movedAt, passNow } from './session.time.ts';
import type {
  Before,
  Emitted,
  Origin,
  PressureChange,
  Reason,
  SessionContext,
  SessionInput,
  SessionOutput,
} from './session.types.ts';
import {
  lessToUndo,
  pressToTakeBack,
  questionRestored,
  remembered,
  restored,
  undone,
  workRestored,
} from './session.undo.ts';
import { takenUp } from './session.unfinished.ts';
import { type Fault, finalFaults, type MovingStage, type Ms } from './vocabulary.ts';

type Context = SessionContext;
type Event = SessionEvent;

const base = setup({
  types: {
    context: {} as Context,
    events: {} as Event,
    input: {} as SessionInput,
    output: {} as SessionOutput,
    emitted: {} as Emitted,
    tags: {} as 'engaged' | 'moving' | 'still',
  },
});

/** Keeps what a pure function makes of the context. */
const keep = (change: (context: Context, event: Event) => Context) =>
  base.assign(({ context, event }) => change(context, event));

/** Emits one thing. */
const sayOne = (of: (context: Context, event: Event) => Emitted) =>
  base.emit(({ context, event }) => of(context, event));

/** Emits what a pure function lists. */
const say = (list: (context: Context, event: Event) => readonly Emitted[]) =>
  base.enqueueActions(({ context, event, enqueue }) => {
    for (const emitted of list(context, event)) enqueue.emit(emitted);
  });

/** Keeps a change of pressure and marks it. */
const keepPressure = (change: (context: Context, at: Ms) => Context, why: PressureChange) =>
  base.enqueueActions(({ context, event, enqueue }) => {
    const changed = change(context, event.at);
    enqueue.assign(changed);
    for (const mark of pressureMarks(context.pressure, changed, why)) enqueue.emit(mark);
  });

/** Takes back what the button of this event has done, and marks what that does to the pressure. */
const keepTaken = (change: (context: Context, button: 'go' | 'less', at: Ms) => Context) =>
  base.enqueueActions(({ context, event, enqueue }) => {
    if (event.type !== 'session.takeBack') return;
    const changed = change(context, event.button, event.at);
    enqueue.assign(changed);
    for (const mark of pressureMarks(context.pressure, changed, 'undo')) enqueue.emit(mark);
  });

const because = (reasonOf: (event: Event) => Reason) =>
  keep((context, event) => ({ ...context, reason: reasonOf(event) }));

const faultOf = (event: Event): Fault => (event.type === 'session.fault' ? event.fault : 'invariantBroken');

const slipped = (event: Event): boolean => event.type === 'session.afterStop' && event.why === 'slip';

/** Whether nothing is left to confirm. */
const prepared = (context: Context): boolean => context.steps.length === 0;

/** Whether the board is there and would let itself be armed. */
const canArm = (context: Context): boolean => context.boardReady && !context.stopHeld;

/** Whether nothing stands in the way of the start. */
const isPrepared = (context: Context): boolean =>
  prepared(context) && place.isRoutine(context) && canArm(context);

const boardRefusal = (context: Context, event: Event): Emitted =>
  context.stopHeld
    ? refusal(asked(event), 'nothing', 'stopButton', { key: 'releaseStop' })
    : refusal(asked(event), 'nothing', 'board', { key: 'connectBoard' });

/** The event's name as a person would say it: `session.switchTechnique` is "switchTechnique". */
const asked = (event: Event): string => event.type.replace(/^session\./, '');

const verdict = (event: Event) =>
  event.type === 'session.checkIn' ? verdictOf(event.here, event.leg, event.firmer) : 'hold';

/** The press that this event takes back. */
const takenPress = (context: Context, event: Event): Before | null =>
  event.type === 'session.takeBack'
    ? pressToTakeBack(context, event.button, event.pressedAt, event.at)
    : null;

/** Whether it takes back an answer that was given in this very pass. */
const tookAnswer = (context: Context, event: Event, stage: MovingStage): boolean => {
  const press = takenPress(context, event);
  return (
    press?.from === 'asking' &&
    press.context.passIndex === context.passIndex &&
    passNow(context)?.stage === stage
  );
};

/** Whether it has been said which places are left out, where that was asked for. */
const placesNamed = (context: Context, isSaid: boolean): Context => {
  const isWanted = (step: PreparationStep): boolean =>
    step === 'places' ? !isSaid && context.asksPlaces : context.steps.includes(step);
  return { ...context, steps: preparationSteps.filter(isWanted) };
};

const answeredNow = (context: Context, at: Ms): Context => {
  const moved = movedAt(context, at);
  return {
    ...context,
    isAsked: false,
    openForMs: 0,
    // Whoever answers has not taken what was offered; an answer that eases offers it anew.
    lighterOfferedAt: null,
    answeredMoved: moved,
    checkInDueMoved: moved + context.rules.checkInEveryMs,
  };
};

/** Whether a cue that was not played leaves the open question unfelt. */
const leftUnfelt = (context: Context, event: Event): boolean =>
  event.type === 'session.unfelt' && leavesUnfelt(context, event.question, event.at);

/** When a question that nobody can have felt is told anew; null where it has given way too often. */
function toldAnewAt({ unfelt = 0 }: Context, at: Ms): Ms | null {
  const waitMs = sessionLimits.toldAnewMs[unfelt];
  return waitMs === undefined ? null : at + waitMs;
}

/** The open question waits to be told, as if it had not been asked before. */
const toTell = (context: Context, at: Ms): Context => ({ ...context, questionAt: at, askedAt: at, asks: 0 });

/** Nobody has answered it: it is closed, and comes again soon. */
function askedAgain(context: Context, at: Ms): Context {
  const again = movedAt(context, at) + sessionLimits.checkInAgainMs;
  return { ...context, isAsked: false, openForMs: 0, checkInDueMoved: again, askFromMoved: again };
}

export const sessionSetup = base.extend({
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

  actions: {
    keepCaps: keep((context, event) => {
      if (event.type !== 'screening.cleared') return context;
      const { caps } = event;
      const wanted = {
        ...context.routineSteps,
        places: event.asksPlaces === true && context.leftOut.length === 0,
        position: true,
        receiver: context.receiver !== null,
        baseline: true,
      };
      const steps = preparationSteps.filter(
        step => wanted[step] && !(step === 'bath' && caps.bath === 'none'),
      );
      return place.leavingOut(
        { ...context, caps, steps, asksPlaces: event.asksPlaces === true },
        context.leftOut,
      );
    }),
    /** Places that were left out stay left out: nobody has brought them back. No press can bring the caps back. */
    forgetCaps: keep(context => ({
      ...context,
      caps: null,
      gentle: [],
      steps: [],
      asksPlaces: false,
      passes: context.planned,
      before: { go: null, less: null },
    })),
    takeUp: keep((context, event) =>
      event.type === 'screening.cleared' ? takenUp(context, event.caps, event.at) : context,
    ),
    keepDecline: because(event => (event.type === 'screening.declined' ? event.weight : 'clinician')),
    confirmStep: keep((context, event) => ({
      ...context,
      steps: context.steps.filter(step => event.type !== 'session.confirm' || step !== event.step),
    })),
    confirmFirstStep: keep(context => ({ ...context, steps: context.steps.slice(1) })),
    lie: keep((context, event) =>
      event.type === 'session.lie' ? place.lying(context, event.onSide) : context,
    ),
    leaveOut: keep((context, event) =>
      event.type === 'session.leaveOut'
        ? placesNamed(place.leavingOut(context, [...context.leftOut, ...event.zones]), true)
        : context,
    ),
    bringBack: keep((context, event) => {
      if (event.type !== 'session.bringBack') return context;
      const leftOut = context.leftOut.filter(zone => !event.zones.includes(zone));
      return placesNamed(place.leavingOut(context, leftOut), leftOut.length > 0);
    }),
    spare: keep((context, event) =>
      event.type === 'session.spare' ? place.leavingOut(sparing(context, event), context.leftOut) : context,
    ),
    /** A page of the receiver's that came before the start is tried like anything fitted; a fitted one stays. */
    receiverIsHere: keep(context => {
      if (context.receiver !== null) return context;
      const steps = preparationSteps.filter(step => step === 'receiver' || context.steps.includes(step));
      return { ...context, receiver: 'page', steps: context.caps === null ? context.steps : steps };
    }),
    receiverIsGone: keep(context =>
      context.receiver === 'page'
        ? { ...context, receiver: null, steps: context.steps.filter(step => step !== 'receiver') }
        : context,
    ),
    noteTried: keep(context => ({ ...context, steps: context.steps.filter(step => step !== 'receiver') })),
    noteYes: keep(context => ({ ...context, askThem: false })),
    /** A stop before the start may have been the try of it; one after it may have been theirs. */
    noteWhoStopped: keep((context, event) => {
      if (context.startedAt !== null)
        return lighter.notOffered({ ...context, askThem: context.receiver === 'squeeze' });
      const theirs = event.type === 'session.stop' && event.byReceiver === true;
      return context.caps !== null && (theirs || context.receiver === 'switch')
        ? { ...context, steps: context.steps.filter(step => step !== 'receiver') }
        : context;
    }),
    notePause: base.enqueueActions(({ context, event, enqueue }) => {
      const why = event.type === 'session.pause' ? (event.why ?? null) : null;
      if (why === null) return;
      // A cramp has the hands begin one step lighter, once.
      const lightens = why === 'cramp' && context.pausedFor !== 'cramp';
      const changed = { ...(lightens ? lowered(context) : context), pausedFor: why };
      enqueue.assign(changed);
      for (const mark of pressureMarks(context.pressure, changed, 'pause')) enqueue.emit(mark);
    }),
    noteSilence: keep(context => lighter.notOffered({ ...context, pausedFor: 'silence' })),
    beginLightly: keep(context => ({ ...context, beginsLightly: true })),
    boardIsHere: keep(context => ({ ...context, boardReady: true })),
    stopIsHeld: keep(context => ({ ...context, stopHeld: true })),
    stopIsFree: keep(context => ({ ...context, stopHeld: false })),
    boardIsGone: keep(context => ({ ...context, boardReady: false })),

    beginSession: keep((context, event) =>
      place.entered(fitted({ ...context, startedAt: event.at }, event.at), 0),
    ),
    beginMoving: keep((context, event) => place.moving(context, event.at)),
    cease: keep((context, event) =>
      place.still(context, event.type === 'session.fault' ? (event.since ?? event.at) : event.at),
    ),
    /** What was taken back goes on as it stood: its times do not begin anew. */
    noteEntering: keep((context, event) =>
      event.type === 'session.takeBack'
        ? context
        : { ...context, enteredAt: event.at, asks: 0, isAsked: false },
    ),
    remember: assign(({ context, event }, { from }: { from: Origin }) =>
      remembered(
        context,
        event.at,
        event.type === 'session.less' ? 'less' : 'go',
        from,
        event.type === 'session.less' && event.byReceiver === true,
      ),
    ),
    restore: keepTaken(restored),
    restoreQuestion: keepTaken(questionRestored),
    tellQuestionAnew: say(context => [askCue(context, context.questionAt)]),
    restoreWork: keepTaken(workRestored),
    undoLess: keepPressure(undone, 'undo'),
    leaveZone: keep((context, { at }) => place.withoutZone(context, at)),
    wantNextPass: keep(context => ({ ...context, wanted: 'next' })),
    wantToLeaveZone: keep(context => ({ ...context, wanted: 'withoutZone' })),
    takeWantedPass: keep((context, { at }) =>
      context.wanted === 'withoutZone' ? place.withoutZone(context, at) : place.toNextPass(context, at),
    ),
    toCooldown: keep(place.toCooldown),
    lendMinute: keep((context, event) => place.askedFromNow(place.extended(context) ?? context, event.at)),
    changeTechnique: keep((context, { at }) => lighter.changed(context, at)),
    offerLighter: keep((context, { at }) => lighter.offered(context, at)),
    /** Less was wanted, and there is none: that counts as well. */
    noteEase: keep((context, { at }) => lighter.easedHere(context, at)),
    countStroke: keep(context => ({
      ...context,
      stroke: context.stroke + 1,
      strokesInPass: context.strokesInPass + 1,
    })),
    noteAnnounced: keep(context => ({ ...context, announcedPass: context.passIndex })),

    settlePressure: keepPressure(context => settled(context), 'phase'),
    easePressure: keepPressure((context, at) => lighter.easedHere(eased(context, at), at), 'ease'),
    easeToLighter: keepPressure(
      (context, at) => lighter.changed(isLightest(context) ? context : eased(context, at), at),
      'ease',
    ),
    raisePressure: keepPressure(risen, 'rise'),
    endEase: keep((context, event) => place.askedFromNow({ ...context, easedUntilMoved: null }, event.at)),
    // After a cramp they are one step lighter already.
    lowerPressure: keepPressure(
      context => (context.pausedFor === 'cramp' ? context : lowered(context)),
      'pause',
    ),

    openCheckIn: keep((context, event) => ({
      ...context,
      isAsked: true,
      askedMoved: movedAt(context, event.at),
      question: 'here',
      questionAt: event.at,
      askedAt: event.at,
      asks: 1,
      unfelt: undefined,
    })),
    askAboutLeg: keep((context, event) => ({
      ...context,
      question: 'leg',
      questionAt: event.at,
      askedAt: event.at,
      asks: 1,
      unfelt: undefined,
    })),
    offerRise: keep((context, event) => ({
      ...context,
      question: 'firmer',
      questionAt: event.at,
      unfelt: undefined,
    })),
    tellLater: keep((context, { at }) => ({
      ...toTell(context, toldAnewAt(context, at) ?? at),
      unfelt: (context.unfelt ?? 0) + 1,
    })),
    /** Hands have gone on to the next place in the middle of it: once the first stroke there has begun. */
    tellThere: keep((context, { at }) => toTell(context, at + sessionLimits.askOffsetMs)),
    /** Nobody has answered it: it comes again. */
    closeQuestion: keep(context => ({ ...context, isAsked: false })),
    countAsk: keep(context => ({ ...context, asks: context.asks + 1 })),
    noteAnswer: keep((context, event) => answeredNow(context, event.at)),
    noteMiss: keep((context, { at }) => askedAgain({ ...context, missed: context.missed + 1 }, at)),
    /** It could not be asked: nobody has missed it. */
    noteUnasked: keep((context, { at }) => askedAgain(context, at)),

    keepFault: keep((context, event) => lighter.notOffered({ ...context, fault: faultOf(event) })),
    clearFault: keep(context => ({ ...context, fault: null })),
    endWithFault: because(faultOf),
    endInFault: keep(context => ({ ...context, reason: context.fault ?? 'left' })),
    endDone: keep(context => ({ ...context, reason: context.reason ?? 'routineDone' })),
    endEnough: because(() => 'enough'),
    endMissed: because(() => 'checkInsMissed'),
    endAtCap: because(() => 'sessionCap'),
    endAfterLongPause: because(() => 'longPause'),
    endPausedTooLong: because(() => 'pausedTooLong'),
    endUnanswered: because(() => 'unanswered'),
    endAfterStop: because(event =>
      event.type === 'session.afterStop' && event.why === 'pain' ? 'pain' : 'symptom',
    ),
    endWithSymptom: because(event => (event.type === 'session.symptom' ? event.id : 'symptom')),
    endByScore: because(event =>
      event.type === 'session.checkIn' && event.leg === 'worse' ? 'legWorse' : 'scoreTooHigh',
    ),
    endLeft: because(event => (event.type === 'session.end' ? event.reason : 'left')),

    orderArm: say((_, event) => [arm(event.at)]),
    orderEngage: sayOne((_, event) => engage(event.at)),
    noteEngaged: base.assign({ engagedAt: ({ event }) => event.at }),
    orderHush: say(() => [hush]),
    orderStroke: say((context, event) => strokeOrders(context, event.at)),
    orderAnnouncement: say((_, event) => [nextPhaseCue(event.at)]),
    orderTurn: say((context, event) => [turnCue(context, event.at)]),
    orderWaiting: say((_, event) => [waitingCue(event.at)]),
    orderAsk: say((context, event) => [askCue(context, event.at)]),
    orderEase: say((_, event) => [easeCue(event.at)]),
    orderQuiet: say(() => [dropAsk]),
    orderStrokeOver: say(() => dropStroke),
    orderHeardLater: say((context, event) => [heardAfterQuestion(context, event.at)]),
    orderHeard: say((_, event) => [heardCue(event.at)]),
    orderStop: say((_, event) => [stopCue(event.at)]),
    orderFinish: say((_, event) => [finishCue(event.at)]),

    sayLightest: say((context, event) => [
      refusal('less', `pressure ${pressureNow(context) ?? 1}`, 'lightest', { key: 'alreadyLightest' }),
      lightestCue(event.at),
    ]),
    refuseMeaningless: say((_, event) =>
      event.type === 'session.meaningless' && event.what === 'underStop'
        ? [refusal('press', 'nothing', 'stopButton', { key: 'releaseStop' }), refusedCue(event.at)]
        : [refusal('together', 'nothing', 'notNow', { key: 'oneButton' }), refusedCue(event.at)],
    ),
    refuseHaste: say((_, event) => [
      refusal('go', 'nothing', 'haste', { key: 'calmly' }),
      refusedCue(event.at),
    ]),
    refuseUndo: say(() => [refusal('undo', 'nothing', 'undo', { key: 'undoTooLate' })]),
    refuse: say((_, event) => [refusal(asked(event), 'nothing', 'notNow', { key: 'lessStopAlways' })]),
    refuseStart: say((context, event) => [
      context.caps === null
        ? refusal(asked(event), 'nothing', 'screening', { key: 'answerScreening' })
        : !place.isRoutine(context)
          ? refusal(asked(event), 'nothing', 'places', { key: 'otherRoutine' })
          : prepared(context)
            ? boardRefusal(context, event)
            : context.steps[0] === 'places' || (event.type === 'session.confirm' && event.step === 'places')
              ? refusal(asked(event), 'nothing', 'places', { key: 'namePlaces' })
              : context.steps[0] === 'receiver' ||
                  (event.type === 'session.confirm' && event.step === 'receiver')
                ? refusal(asked(event), 'nothing', 'receiver', { key: 'tryReceiver' })
                : refusal(asked(event), 'nothing', 'preparation', {
                    key: 'confirmSteps',
                    values: { steps: context.steps.join(', ') },
                  }),
    ]),
    refuseUnasked: say((_, event) => [refusal(asked(event), 'nothing', 'receiver', { key: 'askThem' })]),
    sayWhetherSomeIsLeft: say((context, event) =>
      place.isRoutine(context) ? [] : [refusal(asked(event), 'nothing', 'places', { key: 'otherRoutine' })],
    ),
    refuseForBoard: say((context, event) => [boardRefusal(context, event)]),
    refuseFault: say((_, event) => [refusal(asked(event), 'nothing', 'fault', { key: 'acknowledge' })]),
    refuseExtend: say((context, event) => [
      place.otherSideIsDone(context)
        ? refusal('extend', 'nothing', 'sides', { key: 'sidesEqual' })
        : refusal('extend', 'nothing', 'routine', { key: 'nothingToBorrow' }),
      ...(context.movingSince === null ? [] : [refusedCue(event.at)]),
    ]),
    refuseTechnique: say((_, event) => [
      refusal('switchTechnique', 'nothing', 'routine', { key: 'goOn' }),
      refusedCue(event.at),
    ]),
    refuseLighter: say((_, event) => [
      refusal('tryLighter', 'nothing', 'notNow', { key: 'goOn' }),
      refusedCue(event.at),
    ]),
    refuseFirmer: say((context, event) => {
      if (event.type !== 'session.checkIn' || !event.firmer) return [];
      const found = riseRefusal(context, event.at, verdict(event) === 'rise' ? 'rise' : 'hold');
      return found.length === 0 ? [] : [...found, refusedCue(event.at)];
    }),
    refuseUnaskedFirmer: say((context, event) =>
      event.type === 'session.checkIn' && event.firmer
        ? [
            refusal('firmer', `pressure ${pressureNow(context) ?? 1}`, 'unasked', { key: 'answerFirst' }),
            refusedCue(event.at),
          ]
        : [],
    ),
  },
});
