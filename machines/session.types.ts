/** What the session machine remembers, hears and says. */
import type { Spared } from './causes.ts';
import type { Cue } from './cues/schema.ts';
import type { HereBand, LegBand } from './response.ts';
import type { Position, Zone } from './routine/names.ts';
import type { Routine } from './routine/schema.ts';
import type { Pass } from './routine/timeline.ts';
import type { Caps } from './screening.questions.ts';
import type { AskedBy } from './screening.ts';
import type { BodySide, CueId, Fault, Ms, Order, Outcome, Side } from './vocabulary.ts';

export const preparationSteps = ['places', 'bath', 'oil', 'position', 'receiver', 'baseline'] as const;
export type PreparationStep = (typeof preparationSteps)[number];

/** What the person being massaged can stop with, beside the agreed word. */
export const receiverMeans = ['squeeze', 'switch', 'page'] as const;
export type ReceiverMeans = (typeof receiverMeans)[number];

/** Why hands come to rest for a while, where somebody says so. */
export const pauseReasons = ['cramp', 'toilet', 'call'] as const;
export type PauseReason = (typeof pauseReasons)[number];

export const symptoms = [
  'numbness',
  'weakness',
  'bladderOrBowel',
  'bothLegs',
  'saddle',
  'calfSwelling',
  'chestPain',
  'faint',
  'allergy',
  'furtherDown',
  'electric',
  'dizziness',
  'skin',
] as const;
export type Symptom = (typeof symptoms)[number];

export const afterStops = ['slip', 'enough', 'pain', 'symptom'] as const;
export type AfterStop = (typeof afterStops)[number];

/** Why a session ended; with the catalogue it becomes the advice a person reads. */
export type Reason =
  | 'routineDone'
  | 'enough'
  | 'checkInsMissed'
  | 'sessionCap'
  | 'longPause'
  | 'pain'
  | 'symptom'
  | 'scoreTooHigh'
  | 'legWorse'
  | 'unanswered'
  | 'left'
  | 'noDeadlineLeft'
  | 'pausedTooLong'
  | 'urgent'
  | 'clinician'
  | Symptom
  | Fault;

export type SessionInput = Readonly<{
  routine: Routine;
  easierSide: BodySide;
  boardReady: boolean;
  /** Fitted for the person being massaged: it is tried before the start. */
  receiver?: ReceiverMeans | undefined;
  /** Whether strokes have cues; without them only what is next, asked, eased or ended is felt. Left out: yes. */
  strokeCues?: boolean | undefined;
  /** Cues of one's own, each in the place of the one with its id. */
  cues?: readonly Cue[] | undefined;
  /** When it all has to be over, whatever came before: the cooldown ends by then. */
  endsAt?: Ms | undefined;
  /** What an earlier process left behind: after screening it goes on there, paused. */
  unfinished?: Unfinished | undefined;
}>;

/** How far a session had come when its process died. Times are those of that session. */
export type Unfinished = Readonly<{
  context: Omit<SessionContext, 'unfinished'>;
  /** Its last event. */
  brokeOffAt: Ms;
  /** How long ago that was when the next process began. */
  goneMs: Ms;
}>;

/** Every event carries `at`, the session time at which it counts. `felt`: it came from a button under a hand. */
export type SessionEvent = Readonly<{ at: Ms }> &
  Readonly<
    | { type: 'due' }
    | {
        type: 'screening.cleared';
        caps: Caps;
        by?: AskedBy | undefined;
        /** Some skin is not for hands today: nothing begins before it has been said where, or that none is here. */
        asksPlaces?: true | undefined;
      }
    /** A card is asked again, before anything has begun: what follows from the answers is open anew. */
    | { type: 'screening.reopened' }
    | { type: 'screening.declined'; weight: 'urgent' | 'clinician' }
    | { type: 'board.ready' }
    | { type: 'board.lost' }
    | { type: 'board.stopHeld' }
    | { type: 'board.stopFree' }
    /** `tooMuch`: the baseline's scores are such that nothing may begin. */
    | { type: 'session.confirm'; step: PreparationStep; tooMuch?: true | undefined }
    /** What is to be spared beside what the screening has said, before anything has begun. It is only ever stricter. */
    | ({ type: 'session.spare' } & Spared)
    /** Zones that no hand shall touch today; none of them where that was asked. */
    | { type: 'session.leaveOut'; zones: readonly Zone[] }
    /** ... and those that may be touched after all. */
    | { type: 'session.bringBack'; zones: readonly Zone[] }
    /** Whoever could lie face down rather lies on the side, or after all as the routine has it. Before the start. */
    | { type: 'session.lie'; onSide: boolean }
    /** A page of the person being massaged has come, or has gone. */
    | { type: 'session.receiverHere' }
    | { type: 'session.receiverGone' }
    | { type: 'session.start' }
    | { type: 'session.go'; felt: boolean }
    /** GO again, too soon to be meant: heard, and nothing else. */
    | { type: 'session.hasty' }
    /** What hands said means nothing here: two buttons together, or one that was pressed while STOP is down. */
    | { type: 'session.meaningless'; what: 'together' | 'underStop' }
    /** This button's press, which came at `pressedAt`, was the first of two: what it did is taken back. */
    | { type: 'session.takeBack'; button: 'go' | 'less'; pressedAt: Ms }
    /** The last less is taken back by whoever said it. */
    | { type: 'session.undo'; byReceiver?: true | undefined }
    | { type: 'session.pause'; why?: PauseReason | undefined }
    | { type: 'session.resume' }
    /** `byReceiver`: the person being massaged said so themselves. */
    | { type: 'session.less'; byReceiver?: true | undefined }
    | { type: 'session.next' }
    | { type: 'session.extend' }
    | { type: 'session.skip' }
    | { type: 'session.switchTechnique' }
    /** Takes the lighter technique that is offered. */
    | { type: 'session.tryLighter' }
    | { type: 'session.checkIn'; here: HereBand; leg: LegBand; firmer: boolean }
    /** The cue of this question gave way to another: nobody can have felt it. */
    | { type: 'session.unfelt'; question: Question }
    | { type: 'session.symptom'; id: Symptom }
    | { type: 'session.stop'; byReceiver?: true | undefined }
    | { type: 'session.afterStop'; why: AfterStop }
    | { type: 'session.acknowledge' }
    | { type: 'session.end'; reason: 'left' | 'noDeadlineLeft' }
    /** `since`: the hands have been without guidance from then on. */
    | { type: 'session.fault'; fault: Fault; since?: Ms | undefined }
  >;

/** What a check-in asks, in order: how it is here, how down the leg, whether it may be firmer. */
export const questions = ['here', 'leg', 'firmer'] as const;
export type Question = (typeof questions)[number];

export type PressureChange = 'start' | 'phase' | 'rise' | 'ease' | 'pause' | 'undo';

/** Something worth a line in the trace and a place on the page, beside the states themselves. */
export type Mark =
  /** `period`: to the beginning of the next. `pull`, `ascent`: of pulls that climb, which one of which. */
  | Readonly<{
      type: 'stroke';
      phase: string;
      side: Side;
      stroke: number;
      period: Ms;
      pull?: number;
      ascent?: number;
    }>
  | Readonly<{ type: 'pressure'; pressure: number; side: BodySide; why: PressureChange }>
  | Readonly<{ type: 'refusal'; asked: string; gave: string; limit: string; next: NextStep }>;

/** What can be done next where something was refused; the catalogue has a sentence for each. */
export type NextKey =
  | 'answerScreening'
  | 'confirmSteps'
  | 'connectBoard'
  | 'releaseStop'
  | 'acknowledge'
  | 'answerFirst'
  | 'lessStopAlways'
  | 'nextCheckIn'
  | 'stays'
  | 'nothingToBorrow'
  | 'sidesEqual'
  | 'goOn'
  | 'over'
  | 'freeSpace'
  | 'none'
  | 'cutPower'
  | 'tryStop'
  | 'motorPath'
  | 'lowSupply'
  | 'boardHolds'
  | 'askThem'
  | 'tryReceiver'
  | 'otherRoutine'
  | 'answerInFull'
  | 'namePlaces'
  | 'screenAllows'
  | 'planAllows'
  | 'easedTo'
  | 'calibrating'
  | 'alreadyLightest'
  | 'oneButton'
  | 'calmly'
  | 'undoTooLate';

/** What to do after a refusal: a key of the catalogue with what fills its places. */
export type NextStep = Readonly<{ key: NextKey; values?: Readonly<Record<string, string | number>> }>;

export type Emitted = Order | Mark;

/** Where a press found the session, as far as taking it back has to tell states apart. */
export type Origin =
  | 'preparation'
  | 'moving'
  | 'asking'
  | 'resting'
  | 'transition'
  | 'offering'
  | 'unacknowledged'
  | 'acknowledged';

/** How a session stood before a press, so that it can be taken back. */
export type Before = Readonly<{
  at: Ms;
  from: Origin;
  byReceiver: boolean;
  context: Omit<SessionContext, 'before'>;
}>;

export type Rules = Readonly<{
  checkInEveryMs: Ms;
  checkInTimeoutMs: Ms;
  riseDwellMs: Ms;
  /** Longest session, from the warm-up, pauses included. */
  capMs: Ms;
  /** Whether each stroke has its cues. */
  strokeCues: boolean;
  /** How long each cue takes. */
  cueMs: Readonly<Record<CueId, Ms>>;
  /** When it all has to be over; null where nobody waits. */
  endsAt: Ms | null;
}>;

export type SessionContext = Readonly<{
  rules: Rules;
  /** The routine as it was begun with, before anything was left out of it. */
  planned: readonly Pass[];
  passes: readonly Pass[];
  /** Zones that somebody named to be left out, or left while hands were at work. Nothing begins while a pass touches one. */
  leftOut: readonly Zone[];
  /** Nothing begins before somebody has named some, or has said that none is left out. */
  asksPlaces: boolean;
  /** They lie on the side wherever the routine has them face down: somebody chose it. */
  liesOnSide: boolean;
  passIndex: number;
  /** What preparation still waits for, in order. */
  steps: readonly PreparationStep[];
  routineSteps: Readonly<{ bath: boolean; oil: boolean }>;
  caps: Caps | null;
  /** Zones where hands are light today, each once. */
  gentle: readonly Zone[];
  boardReady: boolean;
  /** Its stop button is down: nothing can be armed. */
  stopHeld: boolean;
  receiver: ReceiverMeans | null;
  /** After a stop that may have been the receiver's: going on needs their yes. */
  askThem: boolean;
  startedAt: Ms | null;

  /** Moving time: it stands still in pauses and transitions. Absolute time of a moment = since + (moment − moved). */
  movedMs: Ms;
  movingSince: Ms | null;
  /** When the hands last came to rest. */
  stillSince: Ms;
  /** What this standstill is for, where somebody said. */
  pausedFor: PauseReason | 'silence' | null;
  /** The hands have begun anew after a long rest: a few light strokes first. */
  beginsLightly: boolean;
  passBeganMoved: Ms;
  passEndsMoved: Ms;
  /** The pass whose pressure has been settled, so that a resume does not settle it again. */
  settledPass: number;
  /** Where the hands were last, which decides whether the next pass waits for a turn. */
  handsOn: Readonly<{ side: Side; position: Position }> | null;
  /** How long a turn is reckoned to take: as long as the slowest so far. */
  turnMs: Ms;

  /** The grid begins at `gridAt`; when its strokes do: `routine/grid.ts`. `stroke` counts those begun on this grid. */
  gridAt: Ms;
  stroke: number;
  strokesInPass: number;
  usesOtherTechnique: boolean;
  /** How often less was wanted in this pass, up to where the lighter technique is offered for it. */
  easesHere: number;
  /** Since when the lighter technique is offered; it can be taken while hands move. Null where none is. */
  lighterOfferedAt: Ms | null;
  announcedPass: number;
  /** What follows when this pass ends. Taken up once the hands are still. */
  wanted: 'next' | 'withoutZone';

  pressure: Readonly<Record<BodySide, number | null>>;
  ceiling: Readonly<Record<BodySide, number>>;
  dwellFromMoved: Readonly<Record<BodySide, Ms>>;
  zoneOf: Readonly<Record<BodySide, Zone | null>>;
  easedUntilMoved: Ms | null;

  checkInDueMoved: Ms;
  /** No question begins before this: what fell due while nobody could be asked is due from then on. */
  askFromMoved: Ms;
  answeredMoved: Ms;
  /** A question waits for its answer. It goes on into the next pass where nobody has to turn for that. */
  isAsked: boolean;
  askedMoved: Ms;
  /** How long it had been open, unanswered, before a turn: after it it is asked anew, for what is left of its time. */
  openForMs: Ms;
  question: Question;
  /** When it was told, or will be. */
  questionAt: Ms;
  askedAt: Ms;
  /** How often it has been told; none while it waits to be told anew. */
  asks: number;
  /** How often its cue gave way to another before it could be felt. */
  unfelt?: number | undefined;
  missed: number;

  engagedAt: Ms;
  enteredAt: Ms;
  fault: Fault | null;
  reason: Reason | null;
  /** Before the last GO, and before the last less. */
  before: Readonly<{ go: Before | null; less: Before | null }>;
  unfinished: Unfinished | null;
}>;

export type SessionOutput = Readonly<{ outcome: Outcome; reason: Reason }>;
