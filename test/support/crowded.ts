/**
 * Whether the machine had more to do than it has processors for while a file of tests ran.
 *
 * A thread that only sleeps (starved.ts) is woken on time beside any number of busy ones: a scheduler favours whoever has
 * slept. What a session in a browser meets is the other half of it: work that is due and waits for a processor. Linux counts
 * that (`/proc/pressure/cpu`, Documentation/accounting/psi.rst: `some … total`, in µs, in which a task waited).
 */
import { readFileSync } from 'node:fs';
import type { TestModule } from 'vitest/node';

/** µs of this machine in which something waited for a processor; null where that is not counted. */
export function waitedUs(
  read: () => string = () => readFileSync('/proc/pressure/cpu', 'utf8'),
): number | null {
  try {
    const total = /^some .*\btotal=(\d+)/m.exec(read())?.[1];
    return total === undefined ? null : Number(total);
  } catch {
    return null;
  }
}

/** More than half of the time: on a machine that keeps up, work waits for moments only. */
export const crowdedShare = 0.5;

type Moment = Readonly<{ us: number | null; ms: number }>;

/** Null where it is not counted. */
function shareBetween(from: Moment, to: Moment): number | null {
  const ms = to.ms - from.ms;
  return from.us === null || to.us === null || ms <= 0 ? null : (to.us - from.us) / 1000 / ms;
}

/** How often whoever runs the files has `look` called, in ms. */
export const lookEveryMs = 2000;

/**
 * How long something waited for a processor, as a share of the time of each file, 0 to 1, and of the stretches between two
 * looks that lie within it the most crowded: a session that a crowd has stopped is waited for in vain on a machine that is
 * idle again. A reporter of vitest's.
 */
export class Crowding {
  readonly #began = new Map<string, Moment>();
  #looked: Moment | null = null;
  readonly #shares = new Map<string, number>();
  readonly #waited: () => number | null;
  readonly #nowMs: () => number;

  constructor(waited: () => number | null = waitedUs, nowMs: () => number = () => performance.now()) {
    this.#waited = waited;
    this.#nowMs = nowMs;
  }

  onTestModuleStart({ moduleId }: Pick<TestModule, 'moduleId'>): void {
    this.#shares.delete(moduleId);
    this.#began.set(moduleId, { us: this.#waited(), ms: this.#nowMs() });
  }

  /** A stretch ends here, and the next one begins. */
  look(): void {
    const before = this.#looked;
    this.#looked = { us: this.#waited(), ms: this.#nowMs() };
    if (!before) return;
    const share = shareBetween(before, this.#looked);
    for (const [moduleId, began] of this.#began)
      if (began.ms <= before.ms && share !== null) this.#keep(moduleId, share);
  }

  onTestModuleEnd({ moduleId }: Pick<TestModule, 'moduleId'>): void {
    const began = this.#began.get(moduleId);
    this.#began.delete(moduleId);
    const share = began ? shareBetween(began, { us: this.#waited(), ms: this.#nowMs() }) : null;
    if (share !== null) this.#keep(moduleId, share);
  }

  #keep(moduleId: string, share: number): void {
    this.#shares.set(moduleId, Math.max(share, this.#shares.get(moduleId) ?? 0));
  }

  /** Null where it is not known. */
  share(moduleId: string): number | null {
    return this.#shares.get(moduleId) ?? null;
  }
}
