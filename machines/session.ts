/**
 * The spine: screening → preparation → warm-up → strokes → pressure ramp → cooldown → outcome.
 *
 * Pure: every event carries `at`, every wait is a deadline in `session.time.ts` answered by `due`, every effect is
 * emitted. `stop` is never guarded. Motors never depend on an exit action: what may run is a function of the
 * snapshot (tag `engaged`), and `hush` only makes it sooner.
 */

import { sessionSetup } from './session.actions.ts';
import { fresh } from './session.fresh.ts';
import type { Deadline } from './session.time.ts';
import type { Origin, SessionOutput } from './session.types.ts';

const at = (deadline: Deadline) => ({ type: 'reached', params: { deadline } }) as const;

/** Keeps how things stand, so that a press can be taken back. */
const before = (from: Origin) => ({ type: 'remember', params: { from } }) as const;
const took = (from: Origin) => ({ type: 'took', params: { from } }) as const;

/** Arms on a person's word, then moves on from where the hands were. */
const goOnFrom = (from: Origin) =>
  ({ guard: 'boardIsReady', target: '#session.underway', actions: [before(from), 'orderArm'] }) as const;
const sayBoardIsAway = { actions: 'refuseForBoard' } as const;

/** Going on from a rest just begun; where its place was left meanwhile, to the next one. */
const goOnFromRest = [
  { guard: 'boardIsAway', ...sayBoardIsAway },
  { guard: 'noPassIsLeft', target: '#session.finishing', actions: 'orderArm' },
  { guard: 'turnIsNeeded', target: '#session.transition', actions: [before('resting'), 'orderArm'] },
  { target: '#session.underway', actions: [before('resting'), 'orderArm'] },
] as const;

/**
 * Going on after a standstill: where the pause has eaten into the cooldown's time, or was very long, the cooldown is
 * what is left; after a long one the hands begin again more lightly. Where the place was left meanwhile they may have
 * to turn first.
 */
const goOnInTime = (from: Origin) =>
  [
    { guard: 'theyAreToBeAsked', actions: 'refuseUnasked' },
    { guard: 'boardIsAway', ...sayBoardIsAway },
    { guard: 'noPassIsLeft', target: '#session.finishing', actions: ['clearFault', 'orderArm'] },
    {
      guard: 'cooldownIsDue',
      target: '#session.forcedToCooldown',
      actions: [before(from), 'clearFault', 'endAtCap', 'orderArm'],
    },
    {
      guard: 'stoodStillTooLong',
      target: '#session.forcedToCooldown',
      actions: [before(from), 'clearFault', 'endAfterLongPause', 'orderArm'],
    },
    {
      guard: 'turnFollowsLongStill',
      target: '#session.transition',
      actions: [before(from), 'clearFault', 'lowerPressure', 'beginLightly', 'orderArm'],
    },
    {
      guard: 'stoodStillLong',
      target: '#session.underway',
      actions: [before(from), 'clearFault', 'lowerPressure', 'beginLightly', 'orderArm'],
    },
    {
      guard: 'turnIsNeeded',
      target: '#session.transition',
      actions: [before(from), 'clearFault', 'orderArm'],
    },
    { target: '#session.underway', actions: [before(from), 'clearFault', 'orderArm'] },
  ] as const;

/** The calm ending that was offered after a stop: hands go on, so the person under them is asked here, too. */
const notYetCoolDown = [
  { guard: 'theyAreToBeAsked', actions: 'refuseUnasked' },
  { guard: 'boardIsAway', ...sayBoardIsAway },
] as const;
const coolDownGently = [
  ...notYetCoolDown,
  { target: '#session.forcedToCooldown', actions: ['endEnough', 'orderArm'] },
] as const;
/** A press may turn out to be the first of two buttons. */
const coolDownByGo = [
  ...notYetCoolDown,
  {
    guard: 'pressIsFelt',
    target: '#session.forcedToCooldown',
    actions: [before('offering'), 'endEnough', 'orderArm'],
  },
  { target: '#session.forcedToCooldown', actions: ['endEnough', 'orderArm'] },
] as const;

/** Less while nothing moves: the pressure alone. */
const lessAtRest = [
  { guard: 'isLightest', actions: [before('resting'), 'noteEase', 'sayLightest'] },
  { actions: [before('resting'), 'easePressure'] },
] as const;
/** This place is left while hands rest: they go on with the next. */
const leaveAtRest = { actions: 'leaveZone' } as const;

/** A pause that was the first of two buttons is none; less at rest is taken back where hands are. */
const pauseTakenBack = [
  { guard: 'tookLess', actions: 'restoreWork' },
  { guard: 'tookPause', target: '#session.underway', actions: ['restoreWork', 'orderArm'] },
] as const;

const coolDownInTime = {
  guard: at('cooldownIsForced'),
  target: '#session.forcedToCooldown',
  actions: 'endAtCap',
} as const;
/** The end is told inside the session's cap, whatever is under way. */
const finishInTime = {
  guard: at('finishIsForced'),
  target: '#session.finishing',
  actions: 'endAtCap',
} as const;
const renewLease = { guard: at('leaseIsRenewed'), actions: ['orderEngage', 'noteEngaged'] } as const;
const engage = ['orderEngage', 'noteEngaged'] as const;

/** A fault keeps the place where the session stands, unless nothing can be believed any more. */
const standStill = [
  { guard: 'faultIsFinal', target: '#session.endedByFault', actions: 'endWithFault' },
  { target: '#session.faulted', actions: 'keepFault' },
] as const;

/** Before anything has begun a board that starts anew has lost nothing. */
const nothingLost = [
  { guard: 'boardMerelyRestarted' },
  { guard: 'faultIsFinal', target: '#session.endedByFault', actions: 'endWithFault' },
  {},
] as const;

const easeNow = ['noteAnswer', 'easePressure', 'offerLighter', 'orderEase'] as const;
const asked = before('asking');

/** Strokes and ramp ask how it is; the strokes go on meanwhile. */
const asking = {
  initial: 'stroking',
  states: {
    stroking: {
      // Asked in the pass before, and nobody had to turn since.
      always: [
        { guard: 'questionIsCut', target: 'checkIn', actions: 'tellThere' },
        { guard: 'questionIsOpen', target: 'checkIn' },
      ],
      on: {
        due: [{ guard: at('checkInIsAsked'), target: 'checkIn', actions: ['openCheckIn', 'orderAsk'] }],
      },
    },
    checkIn: {
      exit: 'orderQuiet',
      on: {
        due: [
          { guard: at('checkInIsMissed'), target: '#session.checkInMissed' },
          { guard: at('firmerIsMissed'), target: 'stroking', actions: 'noteAnswer' },
          { guard: at('askIsRepeated'), actions: ['countAsk', 'orderAsk'] },
        ],
        'session.checkIn': [
          { guard: 'answerStops', target: '#session.endedByStop', actions: 'endByScore' },
          { guard: 'answerEases', target: '#session.underway.eased', actions: easeNow },
          { guard: 'answerRises', target: 'stroking', actions: ['noteAnswer', 'raisePressure'] },
          { target: 'stroking', actions: ['noteAnswer', 'refuseFirmer'] },
        ],
        'session.go': [
          { guard: 'questionIsNew', actions: 'orderHeardLater' },
          { guard: 'answerIsBelow', actions: [asked, 'orderQuiet', 'askAboutLeg', 'orderAsk'] },
          { guard: 'riseIsPossible', actions: [asked, 'orderQuiet', 'offerRise', 'orderAsk'] },
          {
            guard: 'riseIsAccepted',
            target: 'stroking',
            actions: [asked, 'noteAnswer', 'raisePressure', 'orderHeard'],
          },
          { target: 'stroking', actions: [asked, 'noteAnswer', 'orderHeard'] },
        ],
        'session.hasty': { actions: 'orderHeardLater' },
        // What nobody can have felt nobody answers: it is told anew. Where that fails hands rest, or all stays as it is.
        'session.unfelt': [
          { guard: 'willBeToldAnew', actions: 'tellLater' },
          { guard: 'offerIsUnfelt', target: 'stroking', actions: 'noteAnswer' },
          { guard: 'questionIsUnfelt', target: '#session.halting', actions: 'noteUnasked' },
          {},
        ],
        // Less is granted at any time; as an answer it counts once the question can have been felt.
        'session.less': [
          { guard: 'lightestBeforeFelt', actions: 'sayLightest' },
          {
            guard: 'questionIsNew',
            target: '#session.underway.eased',
            actions: [asked, 'closeQuestion', 'easePressure', 'orderEase'],
          },
          { target: '#session.underway.eased', actions: [asked, ...easeNow] },
        ],
      },
    },
  },
} as const;

/**
 * The session as a machine. Emits Emitted, ends with SessionOutput. Ask `nextDue` after each event, and send `due` with
 * that very time once it has come. Motors may run only while its snapshot is tagged `engaged`.
 */
export const sessionMachine = sessionSetup.createMachine({
  id: 'session',
  context: ({ input }) => fresh(input),
  initial: 'screening',
  output: ({ context, event }): SessionOutput => ({
    outcome: (event.output as Pick<SessionOutput, 'outcome'>).outcome,
    reason: context.reason ?? 'left',
  }),
  on: {
    'session.stop': { target: '.stopped', actions: 'noteWhoStopped' },
    'session.receiverHere': {},
    'session.receiverGone': { actions: 'receiverIsGone' },
    'session.symptom': { target: '.endedByStop', actions: 'endWithSymptom' },
    'session.end': { target: '.interrupted', actions: 'endLeft' },
    'session.fault': [{ guard: 'faultIsFinal', target: '.endedByFault', actions: 'endWithFault' }, {}],
    // Whatever is asked at the moment, an answer may stop or ease.
    'session.checkIn': [
      { guard: 'answerStops', target: '.endedByStop', actions: 'endByScore' },
      { guard: 'answerEases', actions: easeNow },
      { guard: 'wantsFirmer', actions: 'refuseUnaskedFirmer' },
      { actions: 'refuse' },
    ],
    'board.ready': { actions: 'boardIsHere' },
    'board.lost': { actions: 'boardIsGone' },
    'board.stopHeld': { actions: 'stopIsHeld' },
    'board.stopFree': { actions: 'stopIsFree' },
    'session.meaningless': { actions: 'refuseMeaningless' },
    'session.hasty': { actions: 'refuseHaste' },
    'session.unfelt': {},
    'session.takeBack': [
      { guard: took('preparation'), target: '.preparation', actions: ['restore', 'orderHush'] },
      { guard: took('resting'), target: '.paused', actions: 'restore' },
      { guard: took('transition'), target: '.transition', actions: 'restore' },
      { guard: took('offering'), target: '.stopped.offering', actions: 'restore' },
      { guard: took('acknowledged'), target: '.faulted.acknowledged', actions: 'restore' },
      {},
    ],
    'session.undo': [{ guard: 'lessCanBeUndone', actions: 'undoLess' }, { actions: 'refuseUndo' }],
    'session.*': { actions: 'refuse' },
  },
  states: {
    screening: {
      tags: 'still',
      on: {
        'screening.cleared': [
          { guard: 'somethingIsUnfinished', target: 'paused', actions: 'takeUp' },
          { target: 'preparation', actions: 'keepCaps' },
        ],
        'screening.declined': { target: 'declined', actions: 'keepDecline' },
        'session.fault': nothingLost,
        'session.start': { actions: 'refuseStart' },
        'session.go': { actions: 'refuseStart' },
        'session.checkIn': { actions: 'refuse' },
        'session.receiverHere': { actions: 'receiverIsHere' },
      },
    },

    preparation: {
      tags: 'still',
      on: {
        'screening.reopened': { target: 'screening', actions: 'forgetCaps' },
        'session.fault': nothingLost,
        'session.checkIn': { actions: 'refuse' },
        'session.confirm': [
          { guard: 'baselineIsTooMuch', target: 'endedByStop', actions: 'endByScore' },
          { guard: 'isNotToBeConfirmed', actions: 'refuseStart' },
          { guard: 'stepIsOpen', actions: 'confirmStep' },
          { actions: 'refuse' },
        ],
        'session.leaveOut': { actions: ['leaveOut', 'sayWhetherSomeIsLeft'] },
        'session.bringBack': { actions: ['bringBack', 'sayWhetherSomeIsLeft'] },
        'session.lie': { actions: 'lie' },
        'session.spare': { actions: 'spare' },
        'session.receiverHere': { actions: 'receiverIsHere' },
        'session.less': [{ guard: 'receiverTries', actions: 'noteTried' }, { actions: 'refuse' }],
        'session.go': [
          { guard: 'othersComeFirst', actions: 'refuseStart' },
          { guard: 'someStepIsOpen', actions: [before('preparation'), 'confirmFirstStep'] },
          {
            guard: 'pressBegins',
            target: 'underway',
            actions: [before('preparation'), 'beginSession', 'orderArm'],
          },
          { guard: 'isPrepared', target: 'underway', actions: ['beginSession', 'orderArm'] },
          { actions: 'refuseStart' },
        ],
        'session.start': [
          { guard: 'isPrepared', target: 'underway', actions: ['beginSession', 'orderArm'] },
          { actions: 'refuseStart' },
        ],
      },
    },

    underway: {
      tags: ['engaged', 'moving'],
      entry: ['settlePressure', 'beginMoving', ...engage],
      exit: ['cease', 'orderStrokeOver'],
      initial: 'arriving',
      on: {
        due: [
          coolDownInTime,
          finishInTime,
          { guard: at('passEnds'), target: 'passEnded', actions: 'wantNextPass' },
          { guard: at('strokeBegins'), actions: ['orderStroke', 'countStroke'] },
          { guard: at('nextIsAnnounced'), actions: ['noteAnnounced', 'orderAnnouncement'] },
          renewLease,
        ],
        'session.fault': standStill,
        'session.go': [
          { guard: 'pressIsFelt', target: 'pausing', actions: before('moving') },
          { target: 'paused' },
        ],
        'session.pause': { target: 'paused', actions: 'notePause' },
        // Once more, where the lighter technique is offered, takes that as well.
        'session.less': [
          {
            guard: 'lessTakesLighter',
            target: '.arriving',
            actions: [before('moving'), 'easeToLighter', 'orderEase'],
          },
          { guard: 'isLightest', actions: [before('moving'), 'noteEase', 'sayLightest'] },
          { target: '.eased', actions: [before('moving'), 'easePressure', 'orderEase'] },
        ],
        'session.takeBack': [
          {
            guard: 'tookAnswerInStrokes',
            target: '.strokes.checkIn',
            actions: ['restoreQuestion', 'tellQuestionAnew'],
          },
          {
            guard: 'tookAnswerInRamp',
            target: '.pressureRamp.checkIn',
            actions: ['restoreQuestion', 'tellQuestionAnew'],
          },
          { guard: took('moving'), target: '.arriving', actions: 'restoreWork' },
        ],
        'session.next': { target: 'passEnded', actions: 'wantNextPass' },
        'session.skip': { target: 'passEnded', actions: 'wantToLeaveZone' },
        'session.extend': [
          { guard: 'minuteCanBeLent', actions: [before('moving'), 'lendMinute'] },
          { actions: 'refuseExtend' },
        ],
        'session.switchTechnique': [
          { guard: 'otherTechniqueExists', actions: ['orderStrokeOver', 'changeTechnique'] },
          { actions: 'refuseTechnique' },
        ],
        'session.tryLighter': [
          { guard: 'lighterIsOffered', actions: ['orderStrokeOver', 'changeTechnique'] },
          { actions: 'refuseLighter' },
        ],
        'session.checkIn': [
          { guard: 'answerStops', target: 'endedByStop', actions: 'endByScore' },
          { guard: 'answerEases', target: '.eased', actions: easeNow },
          { actions: 'refuseUnaskedFirmer' },
        ],
      },
      states: {
        arriving: {
          always: [
            { guard: 'stillEased', target: 'eased' },
            { guard: 'inWarmUp', target: 'warmUp' },
            { guard: 'inStrokes', target: 'strokes' },
            { guard: 'inPressureRamp', target: 'pressureRamp' },
            { target: 'cooldown' },
          ],
        },
        warmUp: {},
        strokes: asking,
        pressureRamp: asking,
        cooldown: {},
        eased: {
          on: {
            due: [{ guard: at('easedEnds'), target: 'arriving', actions: 'endEase' }],
            'session.undo': [
              { guard: 'lessCanBeUndone', target: 'arriving', actions: 'undoLess' },
              { actions: 'refuseUndo' },
            ],
          },
        },
      },
    },

    /** Passing through: which pass is next, and does it wait for a turn? */
    passEnded: {
      entry: 'takeWantedPass',
      always: [
        { guard: 'noPassIsLeft', target: 'finishing' },
        { guard: 'turnIsNeeded', target: 'transition' },
        { target: 'underway' },
      ],
    },

    /** Passing through: a question met with silence pauses once, and the second time ends gently. */
    checkInMissed: {
      always: [
        { guard: 'oneWasMissed', target: 'forcedToCooldown', actions: 'endMissed' },
        { target: 'halting', actions: 'noteMiss' },
      ],
    },

    /** Passing through: the cooldown begins without waiting for anyone. */
    forcedToCooldown: {
      entry: 'toCooldown',
      always: { target: 'underway' },
    },

    pausing: {
      tags: ['engaged', 'still'],
      entry: ['noteEntering', 'orderHeard'],
      on: {
        due: [{ guard: at('pausingEnds'), target: 'paused' }],
        'session.fault': standStill,
        'session.pause': { target: 'paused', actions: 'notePause' },
        'session.go': goOnFromRest,
        'session.resume': goOnFromRest,
        'session.less': lessAtRest,
        'session.skip': leaveAtRest,
        'session.takeBack': pauseTakenBack,
      },
    },

    /** Nobody asked for this pause: STOP says so, while the board is still armed, and then the motors are let go. */
    halting: {
      tags: ['engaged', 'still'],
      entry: ['noteEntering', 'noteSilence', ...engage, 'orderStop'],
      on: {
        due: [{ guard: at('haltingEnds'), target: 'paused' }, renewLease],
        'session.fault': standStill,
        'session.pause': { target: 'paused', actions: 'notePause' },
        'session.go': goOnFromRest,
        'session.resume': goOnFromRest,
        'session.start': goOnFromRest,
        'session.less': lessAtRest,
        'session.skip': leaveAtRest,
        // No press has led here: going on is a press of its own.
        'session.takeBack': { guard: 'tookLess', actions: 'restoreWork' },
      },
    },

    paused: {
      tags: 'still',
      entry: ['noteEntering', 'orderHush'],
      on: {
        due: [{ guard: at('capIsReached'), target: 'interrupted', actions: 'endPausedTooLong' }],
        'session.fault': standStill,
        'session.go': goOnInTime('resting'),
        'session.resume': goOnInTime('resting'),
        'session.start': goOnInTime('resting'),
        'session.pause': { actions: 'notePause' },
        'session.less': [{ guard: 'receiverSaysYes', actions: 'noteYes' }, ...lessAtRest],
        'session.skip': leaveAtRest,
        'session.takeBack': pauseTakenBack,
        'session.extend': [{ guard: 'minuteCanBeLent', actions: 'lendMinute' }, { actions: 'refuseExtend' }],
      },
    },

    transition: {
      tags: ['engaged', 'still'],
      entry: ['noteEntering', 'settlePressure', ...engage, 'orderTurn'],
      on: {
        due: [
          coolDownInTime,
          finishInTime,
          { guard: at('transitionIsMissed'), target: 'halting' },
          { guard: at('transitionAsks'), actions: ['countAsk', 'orderWaiting'] },
          renewLease,
        ],
        'session.fault': standStill,
        'session.go': goOnFrom('transition'),
        'session.resume': goOnFrom('transition'),
        'session.start': goOnFrom('transition'),
        'session.pause': { target: 'paused', actions: 'notePause' },
        'session.less': [
          { guard: 'isLightest', actions: [before('moving'), 'noteEase', 'sayLightest'] },
          { actions: [before('moving'), 'easePressure', 'orderEase'] },
        ],
        'session.takeBack': [{ guard: took('moving'), actions: 'restoreWork' }],
        'session.next': { target: 'passEnded', actions: 'wantNextPass' },
        'session.skip': { target: 'passEnded', actions: 'wantToLeaveZone' },
        'session.extend': [
          { guard: 'minuteCanBeLent', actions: [before('moving'), 'lendMinute'] },
          { actions: 'refuseExtend' },
        ],
      },
    },

    stopped: {
      tags: 'still',
      entry: ['noteEntering', 'orderHush'],
      initial: 'asking',
      on: {
        'session.stop': { actions: 'orderHush' },
        'session.end': { target: 'endedByStop', actions: 'endLeft' },
        'session.takeBack': {},
        'session.undo': { actions: 'refuse' },
      },
      states: {
        asking: {
          on: {
            due: [
              { guard: at('afterStopIsMissed'), target: '#session.endedByStop', actions: 'endUnanswered' },
            ],
            'session.afterStop': [
              { guard: 'slippedInScreening', target: '#session.screening' },
              { guard: 'slippedInPreparation', target: '#session.preparation' },
              { guard: 'slippedInFault', target: '#session.faulted' },
              { guard: 'endsAnyway', target: '#session.completed' },
              { guard: 'saysSlip', target: '#session.paused' },
              { guard: 'enoughWithCooldown', target: 'offering' },
              { guard: 'saysEnough', target: '#session.endedByStop', actions: 'endEnough' },
              { target: '#session.endedByStop', actions: 'endAfterStop' },
            ],
          },
        },
        /** Enough: a calm ending is offered and waits for a person. */
        offering: {
          on: {
            due: [{ guard: at('afterStopIsMissed'), target: '#session.endedByStop', actions: 'endEnough' }],
            'session.afterStop': [
              { guard: 'saysSlip', target: '#session.paused' },
              { guard: 'saysEnough' },
              { target: '#session.endedByStop', actions: 'endAfterStop' },
            ],
            'session.end': { target: '#session.endedByStop', actions: 'endEnough' },
            'session.less': { guard: 'receiverSaysYes', actions: 'noteYes' },
            'session.go': coolDownByGo,
            'session.resume': coolDownGently,
          },
        },
      },
    },

    faulted: {
      tags: 'still',
      entry: ['noteEntering', 'orderHush'],
      initial: 'unacknowledged',
      on: {
        due: [{ guard: at('faultIsLeft'), target: 'endedByFault', actions: 'endInFault' }],
        'session.end': { target: 'endedByFault', actions: 'endInFault' },
        'session.fault': [
          { guard: 'faultIsFinal', target: 'endedByFault', actions: 'endWithFault' },
          { target: '.unacknowledged', actions: 'keepFault' },
        ],
        'session.resume': { actions: 'refuseFault' },
        'session.start': { actions: 'refuseFault' },
        'session.less': [{ guard: 'receiverSaysYes', actions: 'noteYes' }, ...lessAtRest],
        'session.skip': leaveAtRest,
        // What came before the fault is not taken back into motion by it.
        'session.takeBack': [
          { guard: took('unacknowledged'), target: '.unacknowledged', actions: 'restore' },
          { guard: 'tookLess', actions: 'restoreWork' },
          {},
        ],
      },
      states: {
        unacknowledged: {
          on: {
            'session.acknowledge': 'acknowledged',
            'session.go': { target: 'acknowledged', actions: before('unacknowledged') },
          },
        },
        acknowledged: {
          on: {
            'session.go': goOnInTime('acknowledged'),
            'session.resume': goOnInTime('acknowledged'),
            'session.start': goOnInTime('acknowledged'),
          },
        },
      },
    },

    /** The end is announced until someone says so, three times at most. */
    finishing: {
      tags: ['engaged', 'still'],
      entry: ['noteEntering', 'countAsk', ...engage, 'orderFinish'],
      on: {
        due: [
          { guard: at('finishEnds'), target: 'completed' },
          { guard: at('capIsReached'), target: 'completed' },
          { guard: at('finishIsRepeated'), actions: ['countAsk', 'orderFinish'] },
          renewLease,
        ],
        'session.fault': [
          { guard: 'faultIsFinal', target: 'endedByFault', actions: 'endWithFault' },
          { target: 'completed' },
        ],
        'session.acknowledge': 'completed',
        'session.go': 'completed',
        'session.pause': 'completed',
        'session.less': 'completed',
        'session.end': 'completed',
      },
    },

    completed: {
      type: 'final',
      tags: 'still',
      entry: ['orderHush', 'endDone'],
      output: { outcome: 'completed' },
    },
    declined: { type: 'final', tags: 'still', entry: 'orderHush', output: { outcome: 'declined' } },
    interrupted: { type: 'final', tags: 'still', entry: 'orderHush', output: { outcome: 'interrupted' } },
    endedByStop: { type: 'final', tags: 'still', entry: 'orderHush', output: { outcome: 'stopped' } },
    endedByFault: { type: 'final', tags: 'still', entry: 'orderHush', output: { outcome: 'faulted' } },
  },
});
