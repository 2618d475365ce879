/**
 * Time that hops from deadline to deadline. One such clock drives a whole simulated session.
 *
 * Deadlines at the same moment run in the order they were set. Jitter, where asked for, delays each deadline by a
 * seeded amount, so that a test can ask whether lateness adds up.
 */
import type { Ms } from '../../machines/vocabulary.ts';
import type { Cancel, Clock } from './clock.ts';

type Waiting = { readonly deadline: Ms; readonly order: number; run: (() => void) | null };

/** A small seeded generator (mulberry32): uniform in [0, 1). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const sooner = (one: Waiting, other: Waiting): boolean =>
  one.deadline < other.deadline || (one.deadline === other.deadline && one.order < other.order);

/**
 * Time that stands until `hop` or `runUntil`. `jitterMs`: each deadline is late by up to that, drawn from `seed`. `at`
 * throws RangeError where a deadline is no finite number.
 */
export class VirtualClock implements Clock {
  #now: Ms = 0;
  #order = 0;
  /** A binary heap, the soonest first. */
  readonly #heap: Waiting[] = [];
  readonly #jitterMs: Ms;
  readonly #random: () => number;

  constructor({ jitterMs = 0, seed = 1 }: { jitterMs?: Ms; seed?: number } = {}) {
    this.#jitterMs = jitterMs;
    this.#random = seeded(seed);
  }

  now(): Ms {
    return this.#now;
  }

  at(deadline: Ms, run: () => void): Cancel {
    if (!Number.isFinite(deadline)) throw new RangeError(`deadline ${deadline} is no moment`);
    const late = this.#jitterMs > 0 ? this.#random() * this.#jitterMs : 0;
    const waiting: Waiting = { deadline: deadline + late, order: this.#order++, run };
    this.#push(waiting);
    return () => {
      waiting.run = null;
    };
  }

  /** The soonest deadline, or null where nothing waits. */
  next(): Ms | null {
    this.#dropCancelled();
    const soonest = this.#heap[0];
    return soonest ? Math.max(soonest.deadline, this.#now) : null;
  }

  /** Hops to the soonest deadline and runs it. False where nothing waits. */
  hop(): boolean {
    this.#dropCancelled();
    const soonest = this.#pop();
    if (!soonest) return false;
    this.#now = Math.max(this.#now, soonest.deadline);
    soonest.run?.();
    return true;
  }

  /** Lets time pass up to `until` without running what fell due: a stalled loop, a suspended machine. */
  pass(until: Ms): void {
    this.#now = Math.max(this.#now, until);
  }

  /** Hops while deadlines lie at or before `until`, then stands at `until`. At most `most` hops, else it throws. */
  runUntil(until: Ms, most = 10_000_000): void {
    for (let hops = 0; ; hops++) {
      const next = this.next();
      if (next === null || next > until) break;
      if (hops >= most) throw new Error(`more than ${most} deadlines before ${until} ms`);
      this.hop();
    }
    this.pass(until);
  }

  #dropCancelled(): void {
    while (this.#heap[0] && this.#heap[0].run === null) this.#pop();
  }

  #push(waiting: Waiting): void {
    const heap = this.#heap;
    let index = heap.push(waiting) - 1;
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = heap[parentIndex];
      if (!parent || sooner(parent, waiting)) break;
      heap[index] = parent;
      index = parentIndex;
    }
    heap[index] = waiting;
  }

  #pop(): Waiting | undefined {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop();
    if (!top || !last || heap.length === 0) return top;
    let index = 0;
    for (;;) {
      let childIndex = 2 * index + 1;
      let child = heap[childIndex];
      if (!child) break;
      const other = heap[childIndex + 1];
      if (other && sooner(other, child)) {
        child = other;
        childIndex += 1;
      }
      if (sooner(last, child)) break;
      heap[index] = child;
      index = childIndex;
    }
    heap[index] = last;
    return top;
  }
}
