/** How often one address of the network may try something. Bounded: of too many addresses the longest silent is forgotten. */
import type { Ms } from '../../machines/vocabulary.ts';
import { TokenBucket } from './token-bucket.ts';

const mostAddresses = 256;

/** Something for each address, of the newest 256 of them. */
export class EachAddress<T> {
  readonly #kept = new Map<string, T>();

  get(address: string, make: () => T): T {
    const kept = this.#kept.get(address) ?? make();
    this.#kept.delete(address);
    this.#kept.set(address, kept);
    if (this.#kept.size > mostAddresses) {
      const [oldest] = this.#kept.keys();
      if (oldest !== undefined) this.#kept.delete(oldest);
    }
    return kept;
  }

  get size(): number {
    return this.#kept.size;
  }
}

/** So many tries a minute. */
export class TriesAMinute {
  readonly #perMinute: number;
  readonly #budgets = new EachAddress<TokenBucket>();

  constructor(perMinute: number) {
    this.#perMinute = perMinute;
  }

  take(address: string, now: Ms): boolean {
    return this.#budgets
      .get(address, () => new TokenBucket(this.#perMinute / 60, this.#perMinute, now))
      .take(now);
  }

  get addresses(): number {
    return this.#budgets.size;
  }
}

/** After so many wrong ones no more is listened to for a while. */
export class Lockout {
  readonly #most: number;
  readonly #forMs: Ms;
  readonly #wrong = new EachAddress<{ times: number; since: Ms }>();

  constructor(most: number, forMs: Ms) {
    this.#most = most;
    this.#forMs = forMs;
  }

  /** One more wrong one; whether it is still to be answered as such, or no more are listened to. */
  wrong(address: string, now: Ms): 'wrong' | 'locked' {
    const kept = this.#wrong.get(address, () => ({ times: 0, since: now }));
    if (now - kept.since >= this.#forMs) kept.times = 0;
    if (kept.times >= this.#most) return 'locked';
    kept.times += 1;
    // The wait is counted from the last that was answered.
    kept.since = now;
    return 'wrong';
  }
}
