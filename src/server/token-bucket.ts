/** How much a client may say: a bucket that fills steadily. */
import type { Ms } from '../../machines/vocabulary.ts';

/** So many at once, and then so many a second. */
export type Rate = Readonly<{ atOnce: number; perSecond: number }>;

export const budgetOf = ({ atOnce, perSecond }: Rate, now: Ms): TokenBucket =>
  new TokenBucket(perSecond, atOnce, now);

export class TokenBucket {
  #left: number;
  #filledAt: Ms;
  readonly #perSecond: number;
  readonly #most: number;

  constructor(perSecond: number, most: number, now: Ms) {
    this.#perSecond = perSecond;
    this.#most = most;
    this.#left = most;
    this.#filledAt = now;
  }

  /** Takes one; false where there is none left. */
  take(now: Ms): boolean {
    this.#left = Math.min(this.#most, this.#left + ((now - this.#filledAt) * this.#perSecond) / 1000);
    this.#filledAt = now;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}
