/**
 * Holds two clocks against each other. When the wall's clock runs away from the process's own, somebody set it, or
 * the machine slept: on Linux the process's clock stands still meanwhile (nodejs/node#47724), so that nothing else
 * would tell.
 */
import type { Ms } from '../../machines/vocabulary.ts';
import type { Cancel, Clock } from './clock.ts';

/** Clocks that are slowly being put right drift less than this between two looks. */
const toleranceMs = 500;
const lookEveryMs = 250;

export class ClockWatch {
  readonly #clock: Clock;
  readonly #wall: () => Ms;
  readonly #jumped: (byMs: Ms) => void;
  #differenceMs: Ms;
  #cancel: Cancel | null = null;

  /** `wall` is the time of day in ms; `jumped` is told by how much it ran away from `clock` since the last look. */
  constructor(clock: Clock, wall: () => Ms, jumped: (byMs: Ms) => void) {
    this.#clock = clock;
    this.#wall = wall;
    this.#jumped = jumped;
    this.#differenceMs = wall() - clock.now();
    this.#plan(clock.now());
  }

  close(): void {
    this.#cancel?.();
  }

  #plan(from: Ms): void {
    const at = from + lookEveryMs;
    this.#cancel = this.#clock.at(at, () => {
      this.#look();
      // From now, not from then: after a stall there is nothing to catch up with.
      this.#plan(Math.max(at, this.#clock.now()));
    });
  }

  #look(): void {
    const difference = this.#wall() - this.#clock.now();
    const byMs = difference - this.#differenceMs;
    this.#differenceMs = difference;
    if (Math.abs(byMs) > toleranceMs) this.#jumped(byMs);
  }
}
