/**
 * A coin motor with an eccentric mass, crudely: what of a drive a hand can feel.
 *
 * It lags, then follows its voltage with one time constant for speeding up and one for slowing down; below the duty
 * at which it starts it does not turn at all. It is felt where it has been strong enough for long enough.
 */
import { motorLimits } from '../limits.ts';
import type { Ms } from '../vocabulary.ts';

export type MotorModel = Readonly<{
  lagMs: Ms;
  upMs: Ms;
  downMs: Ms;
  /** Least duty that turns it. */
  startDuty: number;
  /** Duty at which its amplitude is 1. */
  ratedDuty: number;
  /** Felt above this amplitude ... */
  feltAbove: number;
  /** ... for at least this long. */
  feltMs: Ms;
}>;

export const coinMotor: MotorModel = {
  lagMs: 40,
  upMs: 60,
  downMs: 50,
  startDuty: 107,
  ratedDuty: motorLimits.runningDuty,
  feltAbove: 0.5,
  feltMs: 60,
};

/** A duty from this moment on. */
export type DutyStep = Readonly<{ atMs: Ms; duty: number }>;
export type Stretch = Readonly<{ fromMs: Ms; untilMs: Ms }>;

const stepMs = 1;

/** Where a motor that is driven by these steps, in their order, is felt until `untilMs`. */
export function felt(steps: readonly DutyStep[], untilMs: Ms, motor: MotorModel = coinMotor): Stretch[] {
  const stretches: Stretch[] = [];
  const up = 1 - Math.exp(-stepMs / motor.upMs);
  const down = 1 - Math.exp(-stepMs / motor.downMs);
  let next = 0;
  let duty = 0;
  let amplitude = 0;
  let since: Ms | null = null;
  for (let atMs = Math.floor(steps[0]?.atMs ?? untilMs); atMs < untilMs; atMs += stepMs) {
    for (; (steps[next]?.atMs ?? Number.POSITIVE_INFINITY) + motor.lagMs <= atMs; next++)
      duty = steps[next]?.duty ?? 0;
    const target = duty < motor.startDuty ? 0 : duty / motor.ratedDuty;
    amplitude += (target - amplitude) * (target > amplitude ? up : down);
    if (amplitude > motor.feltAbove) since ??= atMs;
    else if (since !== null) {
      if (atMs - since >= motor.feltMs) stretches.push({ fromMs: since, untilMs: atMs });
      since = null;
    }
  }
  if (since !== null && untilMs - since >= motor.feltMs) stretches.push({ fromMs: since, untilMs });
  return stretches;
}
