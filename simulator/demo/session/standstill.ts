/**
 * Tells when this worker has stood still: its browser froze the tab, or the machine slept. Two clocks are read, for the
 * one that never goes back may stand while a machine sleeps, and the wall's may be set. Pure.
 */
import type { Ms } from '../../../machines/vocabulary.ts';

/**
 * Longer than a machine that is merely busy keeps a worker waiting, and than a browser that wakes hidden pages once a
 * second; a page shows what it has not heard for a second as old by then.
 */
export const stoodStillMs = 2000;

export class Standstill {
  #at: Readonly<{ now: Ms; wall: Ms }> | null = null;

  /** To be called at every turn. True where none came for too long, by either clock. */
  turn(now: Ms, wall: Ms): boolean {
    const before = this.#at;
    this.#at = { now, wall };
    return before !== null && Math.max(now - before.now, wall - before.wall) > stoodStillMs;
  }
}
