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

/** How long something waited for a processor, as a share of the time of each file, 0 to 1. A reporter of vitest's. */
export class Crowding {
  readonly #began = new Map<string, Readonly<{ us: number | null; ms: number }>>();
  readonly #shares = new Map<string, number>();
  readonly #waited: () => number | null;
  readonly #nowMs: () => number;

  constructor(waited: () => number | null = waitedUs, nowMs: () => number = () => performance.now()) {
    this.#waited = waited;
    this.#nowMs = nowMs;
  }

  onTestModuleStart({ moduleId }: Pick<TestModule, 'moduleId'>): void {
    this.#began.set(moduleId, { us: this.#waited(), ms: this.#nowMs() });
  }

  onTestModuleEnd({ moduleId }: Pick<TestModule, 'moduleId'>): void {
    const began = this.#began.get(moduleId);
    const us = this.#waited();
    const ms = this.#nowMs() - (began?.ms ?? 0);
    if (!began || began.us === null || us === null || ms <= 0) return;
    this.#shares.set(moduleId, (us - began.us) / 1000 / ms);
  }

  /** Null where it is not known. */
  share(moduleId: string): number | null {
    return this.#shares.get(moduleId) ?? null;
  }
}
