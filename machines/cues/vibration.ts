/**
 * The same crude motor as in `motor-model.ts`, followed step by step: what a coin motor does while its drive goes on.
 */
import type { Ms } from '../vocabulary.ts';
import { coinMotor, type DutyStep, type MotorModel } from './motor-model.ts';

const stepMs = 1;
/** After a gap as long as this a motor is at rest, whatever it did before; nobody steps through an hour. */
const forgottenMs = 2000;

export class Vibration {
  /** 1 at the rated voltage. */
  amplitude = 0;
  #now: Ms | null = null;
  #duty = 0;
  /** Known, but not yet felt by the motor: it lags. */
  #coming: DutyStep[] = [];
  readonly #motor: MotorModel;
  readonly #up: number;
  readonly #down: number;

  constructor(motor: MotorModel = coinMotor) {
    this.#motor = motor;
    this.#up = 1 - Math.exp(-stepMs / motor.upMs);
    this.#down = 1 - Math.exp(-stepMs / motor.downMs);
  }

  /** From `atMs` on it is driven like this. Steps come in their order. */
  drive(step: DutyStep): void {
    this.#coming.push(step);
  }

  /** Goes on to `untilMs` and returns the amplitude there. */
  advance(untilMs: Ms): number {
    let now = this.#now ?? untilMs;
    if (untilMs - now > forgottenMs) {
      now = untilMs - forgottenMs;
      this.amplitude = 0;
    }
    for (; now < untilMs; now += stepMs) {
      for (let next = this.#coming[0]; next && next.atMs + this.#motor.lagMs <= now; next = this.#coming[0]) {
        this.#duty = next.duty;
        this.#coming.shift();
      }
      const target = this.#duty < this.#motor.startDuty ? 0 : this.#duty / this.#motor.ratedDuty;
      this.amplitude += (target - this.amplitude) * (target > this.amplitude ? this.#up : this.#down);
    }
    this.#now = now;
    return this.amplitude;
  }

  /** Time has been turned back: another session. */
  reset(): void {
    this.amplitude = 0;
    this.#now = null;
    this.#duty = 0;
    this.#coming = [];
  }
}
