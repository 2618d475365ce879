/**
 * The bounds of the motors, checked from nothing but the edges of their pins: it knows neither the firmware's ticks
 * nor its buckets.
 *
 * A rise is one PWM period of drive, also where the pin falls sooner. A motor starts where a rise comes later than
 * one period after the last; it has rested where that took 60 ms.
 */
import { uno as pins } from '../../../hardware/pins.ts';
import { motorLimits } from '../../../machines/limits.ts';
import type { Motor } from '../../../machines/vocabulary.ts';
import type { PinEdge } from '../../../simulator/avr/scope.ts';
import { clockHz, pwmPeriodCycles } from '../../../simulator/avr/uno.ts';

const cyclesPerMs = clockHz / 1000;
const periodMs = pwmPeriodCycles / cyclesPerMs;
/** Two rises of one drive are a period apart; a compare that moves in between shifts none of them. */
const sameDriveMs = 1.1 * periodMs;
const windowMs = motorLimits.shareWindowMs;
/** No window of 10 s can hold more rises. */
const mostRises = Math.ceil(windowMs / periodMs) + 1;

export type Worst = {
  /** Longest drive without a gap. */
  continuousMs: number;
  /** Most drive between two rests. */
  betweenRestsMs: number;
  /** Most drive within any 10 s. */
  inWindowMs: number;
  /** Most drive above the running ceiling between two rests. */
  kickMs: number;
  duty: number;
  /** Least time from a start of one motor to one of the other. */
  staggerMs: number;
  starts: number;
};

class Probe {
  riseMs = Number.NEGATIVE_INFINITY;
  startMs = Number.NEGATIVE_INFINITY;
  private startsAt = Number.NEGATIVE_INFINITY;
  private sinceRestRises = 0;
  private kickRises = 0;
  private readonly rises = new Float64Array(mostRises);
  private newest = 0;
  private oldest = 0;

  private readonly worst: Worst;

  constructor(worst: Worst) {
    this.worst = worst;
  }

  /** Returns whether it is a start. */
  rise(atMs: number): boolean {
    const gapMs = atMs - this.riseMs;
    const starts = gapMs > sameDriveMs;
    if (starts) {
      this.startsAt = atMs;
      this.startMs = atMs;
      this.worst.starts++;
    }
    // Rested, when the last period of drive has been over for so long.
    if (gapMs - periodMs >= motorLimits.kickMaxMs) {
      this.sinceRestRises = 0;
      this.kickRises = 0;
    }
    this.riseMs = atMs;
    this.sinceRestRises++;
    this.worst.continuousMs = Math.max(this.worst.continuousMs, atMs + periodMs - this.startsAt);
    this.worst.betweenRestsMs = Math.max(this.worst.betweenRestsMs, this.sinceRestRises * periodMs);
    this.rises[this.newest++ % mostRises] = atMs;
    while ((this.rises[this.oldest % mostRises] ?? 0) <= atMs - windowMs) this.oldest++;
    this.worst.inWindowMs = Math.max(this.worst.inWindowMs, (this.newest - this.oldest) * periodMs);
    return starts;
  }

  fall(atMs: number): void {
    const duty = Math.round((255 * (atMs - this.riseMs)) / periodMs);
    this.worst.duty = Math.max(this.worst.duty, duty);
    if (duty <= motorLimits.runningDuty) return;
    this.kickRises++;
    this.worst.kickMs = Math.max(this.worst.kickMs, this.kickRises * periodMs);
  }
}

export class BoundsWatch {
  readonly worst: Worst = {
    continuousMs: 0,
    betweenRestsMs: 0,
    inWindowMs: 0,
    kickMs: 0,
    duty: 0,
    staggerMs: Number.POSITIVE_INFINITY,
    starts: 0,
  };
  readonly #probes: Readonly<Record<Motor, Probe>> = {
    left: new Probe(this.worst),
    right: new Probe(this.worst),
  };

  edge({ pin, high, cycle }: PinEdge): void {
    const motor: Motor | null = pin === pins.left ? 'left' : pin === pins.right ? 'right' : null;
    if (motor === null) return;
    const atMs = cycle / cyclesPerMs;
    const probe = this.#probes[motor];
    if (!high) probe.fall(atMs);
    else if (probe.rise(atMs)) {
      const { startMs } = this.#probes[motor === 'left' ? 'right' : 'left'];
      this.worst.staggerMs = Math.min(this.worst.staggerMs, atMs - startMs);
    }
  }
}
