/** How often somebody may ask over HTTP: each address by itself, and all strangers of the network together. */
import type { Ms } from '../../machines/vocabulary.ts';
import { EachAddress } from './attempts.ts';
import { budgetOf, type Rate, type TokenBucket } from './token-bucket.ts';

/** So many at once, and then so many a second. The page and what it needs are some forty files. */
export const requestRates = {
  /** Anything at all, from one address. */
  any: { atOnce: 600, perSecond: 150 },
  /** What is made anew for each request: routines, what is remembered, the history. */
  made: { atOnce: 80, perSecond: 20 },
  /** Anything at all, from all addresses of the network at which no paired phone is. */
  strangers: { atOnce: 600, perSecond: 150 },
} as const satisfies Readonly<Record<string, Rate>>;

export type RequestOrigin = Readonly<{ address: string; isStranger: boolean; isMade: boolean }>;

export class RequestRates {
  readonly #any = new EachAddress<TokenBucket>();
  readonly #made = new EachAddress<TokenBucket>();
  readonly #strangers: TokenBucket;

  constructor(now: Ms) {
    this.#strangers = budgetOf(requestRates.strangers, now);
  }

  /** Takes one; false where it is one too many. */
  take({ address, isStranger, isMade }: RequestOrigin, now: Ms): boolean {
    if (!this.#any.get(address, () => budgetOf(requestRates.any, now)).take(now)) return false;
    if (isStranger && !this.#strangers.take(now)) return false;
    return !isMade || this.#made.get(address, () => budgetOf(requestRates.made, now)).take(now);
  }
}
