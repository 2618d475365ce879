/** What the bench's instruments read, over the last seconds: asked, reported, modelled. Bounded by time. */

import { Vibration } from '../../../machines/cues/vibration.ts';
import { motorLimits } from '../../../machines/limits.ts';
import type { BenchBatch } from '../../../src/server/messages.ts';

/** The chart's window. */
export const windowMs = 10_000;
export const sampleMs = 20;
const keptMs = windowMs + 2000;
/** What the page reads lies this far behind session time, so that what is shown has arrived. */
export const behindMs = 120;

export type MotorName = 'left' | 'right';
const names: readonly MotorName[] = ['left', 'right'];

/** Whether any motor is driven in it. */
export const isDriving = ({ pins, reported }: BenchBatch): boolean =>
  pins.some(({ duty }) => duty > 0) || reported.some(({ left, right }) => left + right > 0);

/** A value from a moment on. */
type Step = Readonly<{ at: number; value: number | null }>;

class Steps {
  #steps: Step[] = [];

  put(at: number, value: number | null): void {
    this.#steps.push({ at, value });
  }

  forget(before: number): void {
    const first = this.#steps.findIndex(({ at }) => at >= before);
    // The one before the window still holds at its beginning.
    if (first > 1) this.#steps.splice(0, first - 1);
    else if (first < 0 && this.#steps.length > 1) this.#steps.splice(0, this.#steps.length - 1);
  }

  /** Values at even distances, from `from` on. */
  sample(from: number, count: number, into: (number | null)[]): void {
    let index = 0;
    let value: number | null = null;
    for (let sample = 0; sample < count; sample++) {
      const at = from + sample * sampleMs;
      for (; (this.#steps[index]?.at ?? Number.POSITIVE_INFINITY) <= at; index++)
        value = this.#steps[index]?.value ?? null;
      into[sample] = value;
    }
  }

  get last(): Step | undefined {
    return this.#steps.at(-1);
  }

  clear(): void {
    this.#steps = [];
  }
}

/** One motor's three traces, in units of felt intensity: 1 is the rated voltage. */
export class MotorSamples {
  readonly asked = new Steps();
  readonly reported = new Steps();
  readonly modelled = new Steps();
  readonly vibration = new Vibration();

  clear(): void {
    this.asked.clear();
    this.reported.clear();
    this.modelled.clear();
    this.vibration.reset();
  }
}

export class Samples {
  readonly motors: Readonly<Record<MotorName, MotorSamples>> = {
    left: new MotorSamples(),
    right: new MotorSamples(),
  };
  #modelledTo: number | null = null;
  #at = 0;
  #hasPins = false;

  take(batch: BenchBatch): void {
    if (batch.at < this.#at - keptMs) this.clear();
    this.#at = batch.at;
    for (const line of batch.trace) {
      if (line.type !== 'frame') continue;
      const frame = line.motors as Readonly<Record<MotorName, number>> | null;
      for (const name of names) this.motors[name].asked.put(line.at, frame ? frame[name] : null);
    }
    if (batch.pins.length > 0) this.#hasPins = true;
    for (const status of batch.reported)
      for (const name of names) {
        this.motors[name].reported.put(status.at, status[name] / motorLimits.runningDuty);
        if (!this.#hasPins) this.motors[name].vibration.drive({ atMs: status.at, duty: status[name] });
      }
    for (const { at, motor, duty } of batch.pins) this.motors[motor].vibration.drive({ atMs: at, duty });
    for (const name of names) {
      this.motors[name].asked.forget(batch.at - keptMs);
      this.motors[name].reported.forget(batch.at - keptMs);
      this.motors[name].modelled.forget(batch.at - keptMs);
    }
  }

  /** Lets the modelled motors run on to `until`; session time. */
  advance(until: number): void {
    const whole = Math.floor(until / sampleMs) * sampleMs;
    let at = this.#modelledTo ?? whole;
    if (whole - at > keptMs || whole < at - keptMs) at = whole - sampleMs;
    for (; at < whole; at += sampleMs)
      for (const name of names) {
        const { vibration, modelled } = this.motors[name];
        modelled.put(at + sampleMs, vibration.advance(at + sampleMs));
      }
    this.#modelledTo = Math.max(at, whole);
  }

  clear(): void {
    for (const name of names) this.motors[name].clear();
    this.#modelledTo = null;
    this.#hasPins = false;
  }
}
