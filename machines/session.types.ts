/** What the session machine remembers, hears and says. */

import type { Cue } from './cues/schema.ts';
import type { Position, Zone } from './routine/names.ts';
import type { Routine } from './routine/schema.ts';
import type { Pass } from './routine/timeline.ts';
import type { Caps } from './screening.questions.ts';
import type { PauseReason, PreparationStep, Question, Reason, ReceiverMeans } from './session.lists.ts';
import type { BodySide, CueId, Fault, Ms, Order, Outcome, Side } from './vocabulary.ts';

/** What a session is begun with. */
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
  | 'boardAlone'
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

/** All that a session emits: what is to be done, and what has happened. */
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

/** How it ended. */
export type SessionOutput = Readonly<{ outcome: Outcome; reason: Reason }>;
