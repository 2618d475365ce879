/**
 * How far apart two cues are felt, from 0 (the same) up to 1.
 *
 * In the motor model each cue is a pattern of felt stretches. Laid over each other where they fit best, the distance
 * is the time for which only one of the two is felt, as a share of the longer one's felt time. Worked out twice: with
 * the two motors told apart, and as if they were one, which is how a shared shell, a glove or a numb hand feels them.
 */
import type { Ms } from '../vocabulary.ts';
import { motors, type Pulse } from '../vocabulary.ts';
import { expand } from './expand.ts';
import { coinMotor, type DriveStretch, feltOf, type MotorModel } from './motor-model.ts';
import type { Cue } from './schema.ts';

/** Two cues nearer than this are taken for each other. [D] */
export const leastDistance = 0.5;

/** What is felt, by motor; with one list alone nobody can tell which motor it was. */
export type FeltPattern = readonly (readonly DriveStretch[])[];

const lengthOf = (stretches: readonly DriveStretch[]): Ms =>
  stretches.reduce((sum, { fromMs, untilMs }) => sum + untilMs - fromMs, 0);

/** Stretches that touch or overlap, as one. */
export function merged(stretches: readonly DriveStretch[]): DriveStretch[] {
  const list: DriveStretch[] = [];
  for (const one of stretches.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const last = list.at(-1);
    if (!last || one.fromMs > last.untilMs) list.push(one);
    else list[list.length - 1] = { fromMs: last.fromMs, untilMs: Math.max(last.untilMs, one.untilMs) };
  }
  return list;
}

/** Time for which both are felt when `other` is shifted by so much. */
function shared(one: readonly DriveStretch[], other: readonly DriveStretch[], shiftMs: Ms): Ms {
  let sum = 0;
  for (const a of one)
    for (const b of other)
      sum += Math.max(0, Math.min(a.untilMs, b.untilMs + shiftMs) - Math.max(a.fromMs, b.fromMs + shiftMs));
  return sum;
}

/** Distance of two felt patterns of equally many lists; 1 where one of them is not felt at all. */
export function feltDistance(one: FeltPattern, other: FeltPattern): number {
  const lengths = [one, other].map(felt => felt.reduce((sum, stretches) => sum + lengthOf(stretches), 0));
  const [own = 0, its = 0] = lengths;
  if (own === 0 || its === 0) return 1;
  // What is shared changes its slope only where two ends meet, so the best fit is at one of those shifts.
  const ends = (felt: FeltPattern): Ms[] => felt.flat().flatMap(({ fromMs, untilMs }) => [fromMs, untilMs]);
  const shifts = new Set(ends(one).flatMap(a => ends(other).map(b => a - b)));
  let best = 0;
  for (const shift of shifts) {
    const common = one.reduce(
      (sum, stretches, index) => sum + shared(stretches, other[index] ?? [], shift),
      0,
    );
    best = Math.max(best, common);
  }
  return Math.min(1, (own + its - 2 * best) / Math.max(own, its));
}

/** What is felt of these pulses with the motors told apart, and as one. */
export function feltPattern(
  pulses: readonly Pulse[],
  model: MotorModel = coinMotor,
): Readonly<{ apart: FeltPattern; asOne: FeltPattern }> {
  const apart = motors.map(motor => feltOf(pulses, motor, model));
  return { apart, asOne: [merged(apart.flat())] };
}

export type Distance = Readonly<{ apart: number; asOne: number }>;

/** The distance of two cues, whichever motor each begins on. */
export function cueDistance(one: Cue, other: Cue, model: MotorModel = coinMotor): Distance {
  const own = feltPattern(expand(one, 0, 'left'), model);
  const both = motors.map(first => feltPattern(expand(other, 0, first), model));
  return {
    apart: Math.min(...both.map(its => feltDistance(own.apart, its.apart))),
    asOne: Math.min(...both.map(its => feltDistance(own.asOne, its.asOne))),
  };
}
