/**
 * A coin motor with an eccentric mass, crudely: what of a drive a hand can feel.
 *
 * It lags, then follows its voltage with one time constant for speeding up and one for slowing down; below the duty
 * at which it starts it does not turn at all. It is felt where it has been strong enough for long enough. A model, not
 * a measurement: lag 40 ms, 60 and 50 ms up and down, a start at 2.1 V of 5 V [M].
 */
import { motorLimits } from '../limits.ts';
import type { Intensity, Motor, Ms, Pulse } from '../vocabulary.ts';

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
export type DriveStretch = Readonly<{ fromMs: Ms; untilMs: Ms }>;

const stepMs = 1;

/** Duty of an intensity once the kick is over: nothing above 0 is driven below the start. */
const runningDuty = (intensity: Intensity, motor: MotorModel): number =>
  Math.max(motor.startDuty, Math.round(intensity * motor.ratedDuty));

/** What a motor is driven with by these pulses, in their order: each onset is kicked, then runs at its intensity. */
export function driven(pulses: readonly Pulse[], motor: MotorModel = coinMotor): readonly DutyStep[] {
  return pulses
    .toSorted((one, other) => one.from - other.from)
    .flatMap(({ from, until, intensity }) => [
      { atMs: from, duty: motorLimits.kickDuty },
      ...(until > from + motorLimits.kickMs
        ? [{ atMs: from + motorLimits.kickMs, duty: runningDuty(intensity, motor) }]
        : []),
      { atMs: until, duty: 0 },
    ]);
}

/** The motor's amplitude at each whole millisecond from the first step until `untilMs`; 1 is at its rated voltage. */
export function* amplitudes(
  steps: readonly DutyStep[],
  untilMs: Ms,
  motor: MotorModel = coinMotor,
): Generator<Readonly<{ atMs: Ms; amplitude: number }>> {
  const up = 1 - Math.exp(-stepMs / motor.upMs);
  const down = 1 - Math.exp(-stepMs / motor.downMs);
  let next = 0;
  let duty = 0;
  let amplitude = 0;
  for (let atMs = Math.floor(steps[0]?.atMs ?? untilMs); atMs < untilMs; atMs += stepMs) {
    for (; (steps[next]?.atMs ?? Number.POSITIVE_INFINITY) + motor.lagMs <= atMs; next++)
      duty = steps[next]?.duty ?? 0;
    const target = duty < motor.startDuty ? 0 : duty / motor.ratedDuty;
    amplitude += (target - amplitude) * (target > amplitude ? up : down);
    yield { atMs, amplitude };
  }
}

/** Where a motor that is driven by these steps, in their order, is felt until `untilMs`. */
export function feltStretches(
  steps: readonly DutyStep[],
  untilMs: Ms,
  motor: MotorModel = coinMotor,
): DriveStretch[] {
  const stretches: DriveStretch[] = [];
  let since: Ms | null = null;
  for (const { atMs, amplitude } of amplitudes(steps, untilMs, motor)) {
    if (amplitude > motor.feltAbove) since ??= atMs;
    else if (since !== null) {
      if (atMs - since >= motor.feltMs) stretches.push({ fromMs: since, untilMs: atMs });
      since = null;
    }
  }
  if (since !== null && untilMs - since >= motor.feltMs) stretches.push({ fromMs: since, untilMs });
  return stretches;
}

/** Time after its last pulse by which a motor is still again. */
export const restMs: Ms = 300;

/** Where the pulses of one motor are felt. */
export function feltOf(
  pulses: readonly Pulse[],
  motor: Motor,
  model: MotorModel = coinMotor,
): DriveStretch[] {
  const own = pulses.filter(pulse => pulse.motor === motor);
  const untilMs = Math.max(0, ...own.map(({ until }) => until)) + restMs;
  return feltStretches(driven(own, model), untilMs, model);
}

/** Shortest pulse of this intensity that is felt, or null. */
export function shortestFeltMs(intensity: Intensity, model: MotorModel = coinMotor): Ms | null {
  for (let until = 1; until <= motorLimits.continuousMaxMs; until++)
    if (feltOf([{ motor: 'left', from: 0, until, intensity }], 'left', model).length > 0) return until;
  return null;
}
