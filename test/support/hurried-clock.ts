/**
 * A clock that goes faster than this machine's, for commands that wait until nobody says anything more. It goes on only
 * as the loop does, by a little each time: what has come meanwhile is heard before a deadline, however late a machine is.
 */
import type { Cancel, Clock } from '../../src/time/clock.ts';
import { VirtualClock } from '../../src/time/virtual-clock.ts';

const stepMs = 20;

export class HurriedClock implements Clock {
  readonly #virtual = new VirtualClock();
  readonly #steps = setInterval(() => this.#virtual.runUntil(this.#virtual.now() + stepMs), 1);

  now(): number {
    return this.#virtual.now();
  }

  at(deadline: number, run: () => void): Cancel {
    return this.#virtual.at(deadline, run);
  }

  /** It stands from now on. */
  close(): void {
    clearInterval(this.#steps);
  }
}
