/**
 * The words the whole house shares. One word means one thing; nothing here does anything.
 *
 * Times are whole milliseconds of session time unless a name says otherwise. Session time begins when
 * screening opens and is carried by events as `at`: no machine ever asks a clock.
 */

/** Milliseconds. Whole numbers wherever an event, an order or a trace line carries them. */
export type Ms = number;

/** How strongly a motor is felt, 0 to 1. 1 is the motor's rated voltage, which is not duty 255. */
export type Intensity = number;

/** Pressure of the hands, coached to the person giving the massage. 5 exists on the scale, never in a session. */
export type Pressure = 1 | 2 | 3 | 4 | 5;

/** The two vibration motors. In prose `left` is A, `right` is B. */
export const motors = ['left', 'right'] as const;
/** One of the two motors. */
export type Motor = (typeof motors)[number];

/** Buttons by their one meaning each. `receiver` is optional and belongs to the person being massaged. */
export const buttons = ['go', 'less', 'stop', 'receiver'] as const;
/** One of the buttons. */
export type Button = (typeof buttons)[number];

/** Left and right are the receiver's own. `together` is two hands on both sides at once. */
export const sides = ['left', 'right', 'together'] as const;
/** Where hands work, as the receiver would say it. */
export type Side = (typeof sides)[number];

/** A side that holds its own pressure and its own ceiling. */
export type BodySide = 'left' | 'right';

/** The stages of a session after screening. */
export const stages = ['preparation', 'warmUp', 'strokes', 'pressureRamp', 'cooldown'] as const;

/** The stages in which hands move. */
export const movingStages = ['warmUp', 'strokes', 'pressureRamp', 'cooldown'] as const;
/** A stage in which hands move. */
export type MovingStage = (typeof movingStages)[number];

/** What has been found out about one motor. */
export type Calibration = Readonly<{
  /** Lowest duty at which this motor keeps turning. */
  startDuty: number;
  /** Duty at intensity 1: the motor's rated voltage. */
  ratedDuty: number;
  /** Duty of the kick. */
  kickDuty: number;
}>;

/** What has been found out about one board's motors. */
export type BoardCalibration = Readonly<{
  left: Calibration;
  right: Calibration;
  /** How much later each motor is felt than the other, at the same moment of drive: 0 to `motorLimits.leadMs`. */
  lagMs: Readonly<Record<Motor, Ms>>;
  /** Whether the two motors lie the other way round than their pins say. */
  swapped: boolean;
  /** From one onset of a GLIDE to the other, where it is felt as one movement in this hand: `glideLimits`. */
  glideMs: Ms;
}>;

/** The six tactile patterns. */
export const cueIds = ['TAP', 'GLIDE', 'NEXT', 'ASK', 'EASE', 'STOP'] as const;
/** The name of a cue. */
export type CueId = (typeof cueIds)[number];

/** One motor driven for a stretch within a cue. A pulse is a window: once past, it is dropped, never late. */
export type Pulse = Readonly<{ motor: Motor; from: Ms; until: Ms; intensity: Intensity }>;

/** All motors now. `null` is disengaged (no lease, motors may not run), which is not the same as 0. */
export type Frame = Readonly<Record<Motor, Intensity>> | null;

/** Why a cue is played, each with its sentence in the catalogue. `tried`: by itself, outside of a session. */
export const cueWhys = [
  'strokeBegins',
  'strokeEnds',
  'lastStrokes',
  'nextPhase',
  'otherSide',
  'turn',
  'finished',
  'howIsItHere',
  'howIsTheLeg',
  'mayBeFirmer',
  'goWhenReady',
  'eased',
  'lightest',
  'refused',
  'heard',
  'byItself',
  'tried',
] as const;
/** Why a cue is played. */
export type CueWhy = (typeof cueWhys)[number];

/**
 * A timed intention of a machine, carried out by the conductor. When a machine wants to be called is no order: it
 * is read off its snapshot (`nextDue`), so that no transition can forget to ask and a restored snapshot is waited
 * for like any other.
 *
 * - `arm`: a person started or resumed. Clears every earlier plan. The only order that may arm a board.
 * - `engage`: frames may be leased until `until`, at most 1 s ahead (`leaseLimits.engageAheadMs`).
 * - `play`: one cue, beginning at `at`.
 * - `drop`: whatever is planned or playing of this cue is over: it has been answered.
 * - `hush`: silence now; disengaged and disarmed; every plan dropped.
 */
export type Order =
  | Readonly<{ type: 'arm'; at: Ms }>
  | Readonly<{ type: 'engage'; until: Ms }>
  | Readonly<{
      type: 'play';
      cue: CueId;
      at: Ms;
      /** The motor it starts on. */
      from: Motor;
      times: number;
      why: CueWhy;
      /** It answers a press: whatever it meets gives way. */
      answer: boolean;
      /** It has been told before: it gives way where an answer would find no room after it. */
      again?: true;
    }>
  | Readonly<{ type: 'drop'; cue: CueId }>
  | Readonly<{ type: 'hush' }>;

/** Why a session stands still with its place kept, or ends. */
export const faults = [
  'linkLost',
  'leaseLapsed',
  'loopStalled',
  'clockJumped',
  'boardReset',
  'dutyMismatch',
  'invariantBroken',
] as const;
/** Why a session stands still, or has ended, from outside. */
export type Fault = (typeof faults)[number];

/** Faults after which nothing goes on: the board or the program can no longer be believed. */
export const finalFaults: ReadonlySet<Fault> = new Set(['boardReset', 'dutyMismatch', 'invariantBroken']);

/** How a session can end. `interrupted`: its process went away, or nobody was left to go on. */
export const outcomes = ['completed', 'stopped', 'faulted', 'declined', 'interrupted'] as const;
/** How a session has ended. */
export type Outcome = (typeof outcomes)[number];

/** What of the answers is kept of a session: nothing at all, nothing of them, as bands, or as numbers. */
export const keepings = ['off', 'plain', 'bands', 'scores'] as const;
/** What of the answers is kept. */
export type Keeping = (typeof keepings)[number];
