/**
 * A disk that takes two seconds, in virtual time, until it has something: whoever waits for it on the loop stands still
 * for so long. For tests in which `slowed` stands in for node:fs.
 */
import type * as fs from 'node:fs';

export const hangsMs = 2000;

type Stands = Readonly<{ now(): number; pass(until: number): void }>;

/** The clock of the test, whether another thread is at it, and where the loop has waited. */
export const slow: { clock: Stands | null; isElsewhere: boolean; waits: string[] } = {
  clock: null,
  isElsewhere: false,
  waits: [],
};

function wait(): void {
  const { clock, isElsewhere, waits } = slow;
  if (clock === null || isElsewhere) return;
  waits.push(new Error('here').stack ?? '');
  clock.pass(clock.now() + hangsMs);
}

/** What node:fs waits for, where nothing is on the disk at once. */
export function slowed(real: typeof fs): Partial<Record<keyof typeof fs, unknown>> {
  const synced =
    (sync: (file: number) => void) =>
    (file: number): void => {
      wait();
      sync(file);
    };
  // What waits in Node's pool keeps serial ports from being read: a disk that hangs would silence a board.
  const pooled = (): never => {
    throw new Error('waits for the disk in the pool of the serial ports');
  };
  return {
    fsyncSync: synced(real.fsyncSync),
    fdatasyncSync: synced(real.fdatasyncSync),
    fsync: pooled,
    fdatasync: pooled,
  };
}
