/**
 * The actions of the session machine, by name, with its guards: its whole vocabulary.
 *
 * Actions that keep something are assigns of the pure functions beside this file; actions that order something
 * emit what `session.orders.ts` works out. None of them touches anything outside.
 */

import { assign } from 'xstate';
import { sessionLimits } from './limits.ts';
import { fitted } from './session.fit.ts';
import { sparing } from './session.gentle.ts';
import { guardedSetup } from './session.guards.ts';
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
  nextPhaseCue,
  pressureMarks,
  stopCue,
  strokeOrders,
  turnCue,
  waitingCue,
} from './session.orders.ts';
import * as place from './session.place.ts';
import { eased, isLightest, lowered, risen, settled } from './session.pressure.ts';
import { reasons } from './session.reasons.ts';
import { refusals } from './session.refusals.ts';
import {
  base,
  because,
  emitAll,
  emitOne,
  faultOf,
  toldAnewAt,
  update,
  updatePressure,
  updateTaken,
} from './session.setup.ts';
import { movedAt } from './session.time.ts';
import type { Origin, SessionContext } from './session.types.ts';
import { questionRestored, remembered, restored, undone, workRestored } from './session.undo.ts';
import { takenUp } from './session.unfinished.ts';
import type { Ms } from './vocabulary.ts';

type Context = SessionContext;

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

/** The open question waits to be told, as if it had not been asked before. */
const toTell = (context: Context, at: Ms): Context => ({ ...context, questionAt: at, askedAt: at, asks: 0 });

/** Nobody has answered it: it is closed, and comes again soon. */
function askedAgain(context: Context, at: Ms): Context {
  const again = movedAt(context, at) + sessionLimits.checkInAgainMs;
  return { ...context, isAsked: false, openForMs: 0, checkInDueMoved: again, askFromMoved: again };
}

export const sessionSetup = guardedSetup.extend({
  actions: {
    keepCaps: update((context, event) => {
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
    forgetCaps: update(context => ({
      ...context,
      caps: null,
      gentle: [],
      steps: [],
      asksPlaces: false,
      passes: context.planned,
      before: { go: null, less: null },
    })),
    takeUp: update((context, event) =>
      event.type === 'screening.cleared' ? takenUp(context, event.caps, event.at) : context,
    ),
    keepDecline: because(event => (event.type === 'screening.declined' ? event.weight : 'clinician')),
    confirmStep: update((context, event) => ({
      ...context,
      steps: context.steps.filter(step => event.type !== 'session.confirm' || step !== event.step),
    })),
    confirmFirstStep: update(context => ({ ...context, steps: context.steps.slice(1) })),
    lie: update((context, event) =>
      event.type === 'session.lie' ? place.lying(context, event.onSide) : context,
    ),
    leaveOut: update((context, event) =>
      event.type === 'session.leaveOut'
        ? placesNamed(place.leavingOut(context, [...context.leftOut, ...event.zones]), true)
        : context,
    ),
    bringBack: update((context, event) => {
      if (event.type !== 'session.bringBack') return context;
      const leftOut = context.leftOut.filter(zone => !event.zones.includes(zone));
      return placesNamed(place.leavingOut(context, leftOut), leftOut.length > 0);
    }),
    spare: update((context, event) =>
      event.type === 'session.spare' ? place.leavingOut(sparing(context, event), context.leftOut) : context,
    ),
    /** A page of the receiver's that came before the start is tried like anything fitted; a fitted one stays. */
    receiverIsHere: update(context => {
      if (context.receiver !== null) return context;
      const steps = preparationSteps.filter(step => step === 'receiver' || context.steps.includes(step));
      return { ...context, receiver: 'page', steps: context.caps === null ? context.steps : steps };
    }),
    receiverIsGone: update(context =>
      context.receiver === 'page'
        ? { ...context, receiver: null, steps: context.steps.filter(step => step !== 'receiver') }
        : context,
    ),
    noteTried: update(context => ({ ...context, steps: context.steps.filter(step => step !== 'receiver') })),
    noteYes: update(context => ({ ...context, askThem: false })),
    /** A stop before the start may have been the try of it; one after it may have been theirs. */
    noteWhoStopped: update((context, event) => {
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
    noteSilence: update(context => lighter.notOffered({ ...context, pausedFor: 'silence' })),
    beginLightly: update(context => ({ ...context, beginsLightly: true })),
    boardIsHere: update(context => ({ ...context, boardReady: true })),
    stopIsHeld: update(context => ({ ...context, stopHeld: true })),
    stopIsFree: update(context => ({ ...context, stopHeld: false })),
    boardIsGone: update(context => ({ ...context, boardReady: false })),

    beginSession: update((context, event) =>
      place.entered(fitted({ ...context, startedAt: event.at }, event.at), 0),
    ),
    beginMoving: update((context, event) => place.moving(context, event.at)),
    cease: update((context, event) =>
      place.still(context, event.type === 'session.fault' ? (event.since ?? event.at) : event.at),
    ),
    /** What was taken back goes on as it stood: its times do not begin anew. */
    noteEntering: update((context, event) =>
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
    restore: updateTaken(restored),
    restoreQuestion: updateTaken(questionRestored),
    tellQuestionAnew: emitAll(context => [askCue(context, context.questionAt)]),
    restoreWork: updateTaken(workRestored),
    undoLess: updatePressure(undone, 'undo'),
    leaveZone: update((context, { at }) => place.withoutZone(context, at)),
    wantNextPass: update(context => ({ ...context, wanted: 'next' })),
    wantToLeaveZone: update(context => ({ ...context, wanted: 'withoutZone' })),
    takeWantedPass: update((context, { at }) =>
      context.wanted === 'withoutZone' ? place.withoutZone(context, at) : place.toNextPass(context, at),
    ),
    toCooldown: update(place.toCooldown),
    lendMinute: update((context, { at }) => place.lent(context, at)),
    changeTechnique: update((context, { at }) => lighter.changed(context, at)),
    offerLighter: update((context, { at }) => lighter.offered(context, at)),
    /** Less was wanted, and there is none: that counts as well. */
    noteEase: update((context, { at }) => lighter.easedHere(context, at)),
    countStroke: update(context => ({
      ...context,
      stroke: context.stroke + 1,
      strokesInPass: context.strokesInPass + 1,
    })),
    noteAnnounced: update(context => ({ ...context, announcedPass: context.passIndex })),

    settlePressure: updatePressure(context => settled(context), 'phase'),
    easePressure: updatePressure((context, at) => lighter.easedHere(eased(context, at), at), 'ease'),
    easeToLighter: updatePressure(
      (context, at) => lighter.changed(isLightest(context) ? context : eased(context, at), at),
      'ease',
    ),
    raisePressure: updatePressure(risen, 'rise'),
    endEase: update((context, event) => place.askedFromNow({ ...context, easedUntilMoved: null }, event.at)),
    // After a cramp they are one step lighter already.
    lowerPressure: updatePressure(
      context => (context.pausedFor === 'cramp' ? context : lowered(context)),
      'pause',
    ),

    openCheckIn: update((context, event) => ({
      ...context,
      isAsked: true,
      askedMoved: movedAt(context, event.at),
      question: 'here',
      questionAt: event.at,
      askedAt: event.at,
      asks: 1,
      unfelt: undefined,
    })),
    askAboutLeg: update((context, event) => ({
      ...context,
      question: 'leg',
      questionAt: event.at,
      askedAt: event.at,
      asks: 1,
      unfelt: undefined,
    })),
    offerRise: update((context, event) => ({
      ...context,
      question: 'firmer',
      questionAt: event.at,
      unfelt: undefined,
    })),
    tellLater: update((context, { at }) => ({
      ...toTell(context, toldAnewAt(context, at) ?? at),
      unfelt: (context.unfelt ?? 0) + 1,
    })),
    /** Hands have gone on to the next place in the middle of it: once the first stroke there has begun. */
    tellThere: update((context, { at }) => toTell(context, at + sessionLimits.askOffsetMs)),
    /** Nobody has answered it: it comes again. */
    closeQuestion: update(context => ({ ...context, isAsked: false })),
    countAsk: update(context => ({ ...context, asks: context.asks + 1 })),
    noteAnswer: update((context, event) => answeredNow(context, event.at)),
    noteMiss: update((context, { at }) => askedAgain({ ...context, missed: context.missed + 1 }, at)),
    /** It could not be asked: nobody has missed it. */
    noteUnasked: update((context, { at }) => askedAgain(context, at)),

    keepFault: update((context, event) => lighter.notOffered({ ...context, fault: faultOf(event) })),
    clearFault: update(context => ({ ...context, fault: null })),
    ...reasons,

    orderArm: emitAll((_, event) => [arm(event.at)]),
    orderEngage: emitOne((_, event) => engage(event.at)),
    noteEngaged: base.assign({ engagedAt: ({ event }) => event.at }),
    orderHush: emitAll(() => [hush]),
    orderStroke: emitAll((context, event) => strokeOrders(context, event.at)),
    orderAnnouncement: emitAll((_, event) => [nextPhaseCue(event.at)]),
    orderTurn: emitAll((context, event) => [turnCue(context, event.at)]),
    orderWaiting: emitAll((_, event) => [waitingCue(event.at)]),
    orderAsk: emitAll((context, event) => [askCue(context, event.at)]),
    orderEase: emitAll((_, event) => [easeCue(event.at)]),
    orderQuiet: emitAll(() => [dropAsk]),
    orderStrokeOver: emitAll(() => dropStroke),
    orderHeardLater: emitAll((context, event) => [heardAfterQuestion(context, event.at)]),
    orderHeard: emitAll((_, event) => [heardCue(event.at)]),
    orderStop: emitAll((_, event) => [stopCue(event.at)]),
    orderFinish: emitAll((_, event) => [finishCue(event.at)]),

    ...refusals,
  },
});
