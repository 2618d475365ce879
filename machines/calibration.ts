/**
 * The walk by which a person tells what a board's two motors feel like: what is played, what is asked, and what an
 * answer makes of it. Pure, so that a terminal and a page lead through the same one.
 */
import { glideLimits, motorLimits } from './limits.ts';
import type { BoardCalibration, Frame, Motor, Ms } from './vocabulary.ts';

/** What whoever holds the board is asked, in this order. The first two come before any motor runs. */
export const calibrationSteps = [
  'implant',
  'hands',
  'left',
  'right',
  'match',
  'onset',
  'glide',
  'nearer',
] as const;
export type CalibrationStep = (typeof calibrationSteps)[number];

/** Every answer there is; which of them a question takes is `answersOf`. */
export const felts = ['yes', 'no', 'unsure', 'first', 'second', 'same', 'moving', 'two', 'one'] as const;
export type Felt = (typeof felts)[number];

export type CalibrationWalk = Readonly<{
  step: CalibrationStep | 'done' | 'refused';
  /** Where this motor's start duty lies; null until its full strength has been felt. */
  range: Readonly<{ low: number; high: number }> | null;
  /** Answers to this question so far. */
  rounds: number;
  found: BoardCalibration;
  /** What is to be borne in mind: numb hands; motors that could not be made equal. */
  notes: readonly ('hands' | 'cannotMatch')[];
  /** Why it goes no further: an implant, or a motor that is not felt. */
  why: 'implant' | Motor | null;
}>;

/** Frames one after the other, driven by these numbers. */
export type MotorPlay = Readonly<{
  parts: readonly Readonly<{ frame: NonNullable<Frame>; forMs: Ms }>[];
  calibration: BoardCalibration;
}>;

/** Long enough for a motor to reach its speed: 180 ms at its rated voltage. [L] */
const pulseMs: Ms = 500;
/** Between the onsets of a pair: more than twice what the firmware keeps two starts apart. [D] */
const apartMs: Ms = 150;
/** From one pair to the other. [D] */
const betweenMs: Ms = 900;
/** How a GLIDE is played: `machines/cues/library/glide.json`. */
const glidePulse = { forMs: 200, intensity: 0.8 } as const;

const still = { left: 0, right: 0 };
const a = { left: 1, right: 0 };
const b = { left: 0, right: 1 };
const both = { left: 1, right: 1 };

/** Search of a start duty: nothing turns below `least`; found to `step`, and a margin above it. [D] */
const search = { least: 30, step: 6, margin: 6 } as const;
/** Comparing ends here, whatever is answered. */
const mostRounds = 6;
/** What is felt stronger is turned down to this share. */
const weakening = 0.9;
const lagStepMs: Ms = 10;
const glideStepMs: Ms = 8;

/** `usual`: what every board begins with; `swapped` is kept from what was known. */
export const beginCalibration = (usual: BoardCalibration, swapped: boolean): CalibrationWalk => ({
  step: 'implant',
  range: null,
  rounds: 0,
  found: { ...usual, swapped },
  notes: [],
  why: null,
});

const choices: Readonly<Record<CalibrationStep, readonly Felt[]>> = {
  implant: ['no', 'yes', 'unsure'],
  hands: ['no', 'yes', 'unsure'],
  left: ['yes', 'no'],
  right: ['yes', 'no'],
  match: ['first', 'second', 'same'],
  onset: ['first', 'second', 'same'],
  glide: ['moving', 'two', 'one'],
  nearer: ['first', 'second'],
};

export const isWalkOver = ({ step }: CalibrationWalk): boolean => step === 'done' || step === 'refused';

/** What this question takes for an answer; nothing where nothing is asked any more. */
export const answersOf = ({ step }: CalibrationWalk): readonly Felt[] =>
  step === 'done' || step === 'refused' ? [] : choices[step];

/** The duty that is tried on a motor now. */
const tried = ({ range }: CalibrationWalk): number =>
  range ? Math.round((range.low + range.high) / 2) : motorLimits.runningDuty;

const oneAfterTheOther = [
  { frame: a, forMs: pulseMs },
  { frame: still, forMs: pulseMs },
  { frame: b, forMs: pulseMs },
];

const pair = (first: typeof a, second: typeof a) => [
  { frame: first, forMs: apartMs },
  { frame: both, forMs: apartMs },
  { frame: second, forMs: apartMs },
];

const asInGlide = (frame: typeof a): typeof a => ({
  left: frame.left * glidePulse.intensity,
  right: frame.right * glidePulse.intensity,
});

/** What is to be felt before this question can be answered; null where nothing is. */
export function playOf(walk: CalibrationWalk): MotorPlay | null {
  const { step, found } = walk;
  switch (step) {
    case 'left':
    case 'right': {
      const duty = tried(walk);
      // Start, run and kick alike: what is felt is this very duty.
      const flat = { startDuty: duty, ratedDuty: duty, kickDuty: duty };
      return {
        parts: [{ frame: step === 'left' ? a : b, forMs: pulseMs }],
        calibration: { ...found, lagMs: { left: 0, right: 0 }, [step]: flat },
      };
    }
    case 'match':
    case 'nearer':
      return { parts: oneAfterTheOther, calibration: found };
    case 'onset':
      return {
        parts: [...pair(a, b), { frame: still, forMs: betweenMs }, ...pair(b, a)],
        calibration: found,
      };
    case 'glide':
      return {
        parts: [
          { frame: asInGlide(a), forMs: found.glideMs },
          { frame: asInGlide(both), forMs: glidePulse.forMs - found.glideMs },
          { frame: asInGlide(b), forMs: found.glideMs },
        ],
        calibration: found,
      };
    default:
      return null;
  }
}

/** Goes on to the next question. */
function next(walk: CalibrationWalk, found: BoardCalibration = walk.found): CalibrationWalk {
  const steps: readonly string[] = calibrationSteps;
  const index = steps.indexOf(walk.step);
  return { ...walk, step: calibrationSteps[index + 1] ?? 'done', range: null, rounds: 0, found };
}

/** The lowest duty at which this motor is felt to turn from rest, by halving. */
function searched(walk: CalibrationWalk, motor: Motor, isFelt: boolean): CalibrationWalk {
  if (!walk.range)
    return isFelt
      ? { ...walk, range: { low: search.least, high: motorLimits.runningDuty }, rounds: 1 }
      : { ...walk, step: 'refused', why: motor };
  const { low, high } = walk.range;
  const middle = tried(walk);
  const range = isFelt ? { low, high: middle } : { low: middle, high };
  if (range.high - range.low > search.step) return { ...walk, range, rounds: walk.rounds + 1 };
  const startDuty = Math.min(motorLimits.runningDuty, range.high + search.margin);
  const one = { startDuty, ratedDuty: motorLimits.runningDuty, kickDuty: motorLimits.kickDuty };
  return next(walk, { ...walk.found, [motor]: one });
}

/** What is felt stronger is turned down, a tenth at a time, until both feel the same. */
function matchedMore(walk: CalibrationWalk, stronger: Motor): CalibrationWalk {
  const { startDuty, ratedDuty } = walk.found[stronger];
  const lower = Math.max(startDuty, Math.round(ratedDuty * weakening));
  if (lower === ratedDuty) return next({ ...walk, notes: [...walk.notes, 'cannotMatch'] });
  const found = { ...walk.found, [stronger]: { ...walk.found[stronger], ratedDuty: lower } };
  return again(walk, found);
}

const again = (walk: CalibrationWalk, found: BoardCalibration): CalibrationWalk => {
  const rounds = walk.rounds + 1;
  return rounds >= mostRounds ? next(walk, found) : { ...walk, rounds, found };
};

/** The gap that is felt longer ends in the motor that is felt later: what one gains the other gives back first. */
function promptedMore(walk: CalibrationWalk, isRightLater: boolean): CalibrationWalk {
  const { left, right } = walk.found.lagMs;
  const asked = right - left + (isRightLater ? lagStepMs : -lagStepMs);
  const difference = Math.max(-motorLimits.leadMs, Math.min(motorLimits.leadMs, asked));
  const lagMs = { left: Math.max(0, -difference), right: Math.max(0, difference) };
  return again(walk, { ...walk.found, lagMs });
}

/** Two taps are moved together, one long buzz apart, as far as it may go. */
function glidedMore(walk: CalibrationWalk, by: Ms): CalibrationWalk {
  const glideMs = Math.max(glideLimits.min, Math.min(glideLimits.max, walk.found.glideMs + by));
  const found = { ...walk.found, glideMs };
  return glideMs === walk.found.glideMs ? next(walk) : again(walk, found);
}

/** Which motor is which is asked last: what was found out about each goes with it. */
const turnedRound = ({ left, right, lagMs, swapped, glideMs }: BoardCalibration): BoardCalibration => ({
  left: right,
  right: left,
  lagMs: { left: lagMs.right, right: lagMs.left },
  swapped: !swapped,
  glideMs,
});

/** What an answer leads to. An answer that this question does not take changes nothing. */
export function answered(walk: CalibrationWalk, felt: Felt): CalibrationWalk {
  if (!answersOf(walk).includes(felt)) return walk;
  switch (walk.step) {
    case 'implant':
      return felt === 'no' ? next(walk) : { ...walk, step: 'refused', why: 'implant' };
    case 'hands':
      return next(felt === 'no' ? walk : { ...walk, notes: ['hands'] });
    case 'left':
    case 'right':
      return searched(walk, walk.step, felt === 'yes');
    case 'match':
      return felt === 'same' ? next(walk) : matchedMore(walk, felt === 'first' ? 'left' : 'right');
    case 'onset':
      return felt === 'same' ? next(walk) : promptedMore(walk, felt === 'first');
    case 'glide':
      return felt === 'moving' ? next(walk) : glidedMore(walk, felt === 'two' ? -glideStepMs : glideStepMs);
    case 'nearer':
      return next(walk, felt === 'first' ? walk.found : turnedRound(walk.found));
    default:
      return walk;
  }
}
