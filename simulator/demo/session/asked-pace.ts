/**
 * Time in one's hands goes no faster than real while something is asked: at a hundredfold a question of thirty seconds
 * is over before it can be read. Once it is answered time goes on as it did. Pure.
 */
import { type StateName, waits } from '../../../machines/session.states.ts';

export class AskedPace {
  #isAsked = false;
  /** How fast time went before it was asked; null where nothing has been slowed. */
  resumes: number | null = null;

  /** How fast time goes from now on, in this state, where it went at `rate` until now. */
  follow(state: StateName, rate: number): number {
    // On the way into a pause nothing is asked yet.
    const isAsked = waits(state) && state !== 'halting';
    if (isAsked === this.#isAsked) return rate;
    this.#isAsked = isAsked;
    if (isAsked) {
      this.resumes = rate > 1 ? rate : null;
      return Math.min(1, rate);
    }
    const next = this.resumes ?? rate;
    this.resumes = null;
    return next;
  }

  /** Somebody has chosen a pace: that holds, question or not. */
  chosen(): void {
    this.resumes = null;
  }
}
