/**
 * Who of the network may connect: decided by the address alone, before anything is read or any TLS is spoken.
 *
 * Strangers are bounded by how many they are and by how fast they come, each address by itself and all of them
 * together; addresses at which a paired phone is have room of their own, which no stranger can take.
 */
import type { Ms } from '../../../machines/vocabulary.ts';
import { EachAddress } from '../attempts.ts';
import { budgetOf, type Rate, type TokenBucket } from '../token-bucket.ts';

/** Connections at once from addresses at which no paired phone is. */
export const mostStrangers = 50;
/** Connections at once from one address. A browser opens six, and two pages may be open. */
export const mostOfOneAddress = 20;

/** New connections: so many at once, and then so many a second. Each costs a TLS handshake. */
export const connectionRates = {
  stranger: { atOnce: 30, perSecond: 5 },
  strangers: { atOnce: 40, perSecond: 20 },
  known: { atOnce: 60, perSecond: 10 },
} as const satisfies Readonly<Record<string, Rate>>;

export class Admission {
  readonly #isKnown: (address: string) => boolean;
  readonly #open = new Map<string, number>();
  readonly #strangers = new EachAddress<TokenBucket>();
  readonly #known = new EachAddress<TokenBucket>();
  readonly #allStrangers: TokenBucket;
  #strangersOpen = 0;

  /** `isKnown`: whether a paired phone is at an address. */
  constructor(isKnown: (address: string) => boolean, now: Ms) {
    this.#isKnown = isKnown;
    this.#allStrangers = budgetOf(connectionRates.strangers, now);
  }

  /** Lets one more connection in, until the answer is called; null where it is one too many. */
  admit(address: string, now: Ms): (() => void) | null {
    const count = (this.#open.get(address) ?? 0) + 1;
    if (count > mostOfOneAddress) return null;
    const isStranger = !this.#isKnown(address);
    if (isStranger ? !this.#mayEnter(address, now) : !this.#mayReturn(address, now)) return null;
    this.#open.set(address, count);
    if (isStranger) this.#strangersOpen += 1;
    return () => {
      if (isStranger) this.#strangersOpen -= 1;
      const left = (this.#open.get(address) ?? 1) - 1;
      if (left > 0) this.#open.set(address, left);
      else this.#open.delete(address);
    };
  }

  #mayEnter(address: string, now: Ms): boolean {
    if (this.#strangersOpen >= mostStrangers) return false;
    const own = this.#strangers.get(address, () => budgetOf(connectionRates.stranger, now));
    return own.take(now) && this.#allStrangers.take(now);
  }

  #mayReturn(address: string, now: Ms): boolean {
    return this.#known.get(address, () => budgetOf(connectionRates.known, now)).take(now);
  }
}

/**
 * Begins one thing after another, with a gap between them, so that many at once never hold up the loop: a TLS handshake
 * is a millisecond or two of work that cannot be interrupted.
 */
export class PacedStarts<T> {
  readonly #begin: (one: T) => void;
  readonly #gapMs: Ms;
  readonly #waiting: T[] = [];
  #timer: NodeJS.Timeout | null = null;

  constructor(gapMs: Ms, begin: (one: T) => void) {
    this.#gapMs = gapMs;
    this.#begin = begin;
  }

  /** At once where none was begun just now. How many wait is bounded by whoever lets them in. */
  add(one: T): void {
    if (this.#timer) this.#waiting.push(one);
    else this.#next(one);
  }

  /** Nothing more is begun. */
  clear(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#waiting.length = 0;
  }

  #next(one: T): void {
    this.#timer = setTimeout(() => {
      this.#timer = null;
      const following = this.#waiting.shift();
      if (following !== undefined) this.#next(following);
    }, this.#gapMs);
    this.#timer.unref();
    this.#begin(one);
  }
}
