/**
 * Tests that live in real time, on a machine that may be starved.
 *
 * A thread of its own that does nothing but sleep measures how late the machine wakes it: neither the work of a test
 * nor that of what is tested can make it late, only a machine that has no processor to give. Where a test fails while
 * it was later than the bound, that test says so and is repeated, once. A failure on a machine that was not late
 * stands at once, and so does a second one.
 */
import { Worker } from 'node:worker_threads';
import type { TestContext } from 'vitest';

declare module 'vitest' {
  interface TaskMeta {
    /** How many times this test was repeated because the machine was starved; absent where it was not. */
    starved?: number;
    /** The latest that the machine was while the attempts failed, in whole ms. */
    starvedMs?: number;
  }
}

/** In whole ms. What a stroke on the page may be off by; no idle machine is so late. */
export const latestMs = 50;

/** How long the measuring thread sleeps at a time. */
const napMs = 10;

/** How late the machine was since the measure was begun, in ms. */
export type Lateness = () => number;

/** As many naps as are remembered: more than the longest test takes, in a ring of 8 bytes each. */
const mostNaps = 65_536;

/** In the shared memory: how many naps there were, then how late each was, in whole ms. */
const sleeper = `
const { workerData } = require('node:worker_threads');
const naps = new Int32Array(workerData.memory);
const never = new Int32Array(new SharedArrayBuffer(4));
let before = performance.now();
for (let count = 0; ; count = (count + 1) | 0) {
  Atomics.wait(never, 0, 0, ${napMs});
  const now = performance.now();
  Atomics.store(naps, 1 + ((count >>> 0) % ${mostNaps}), Math.floor(now - before - ${napMs}));
  Atomics.store(naps, 0, (count + 1) | 0);
  Atomics.notify(naps, 0);
  before = now;
}`;

let naps: Int32Array | null = null;

function startSleeper(): Int32Array {
  const memory = new SharedArrayBuffer(4 * (1 + mostNaps));
  const all = new Int32Array(memory);
  new Worker(sleeper, { eval: true, workerData: { memory } }).unref();
  // Nothing is measured before its first nap is over.
  if (Atomics.wait(all, 0, 0, 10_000) === 'timed-out') throw new Error('no thread to measure lateness with');
  return all;
}

/** The latest of all naps but the first so many, in whole ms; 0 where there is none. */
export function latestSince(all: Int32Array, first: number): number {
  let latest = 0;
  const count = Math.min(Atomics.load(all, 0) - first, all.length - 1);
  for (let nap = 0; nap < count; nap++)
    latest = Math.max(latest, Atomics.load(all, 1 + ((first + nap) % (all.length - 1))));
  return latest;
}

/** Begins to measure; one thread for all tests of a process, which does not keep it alive. */
export function measured(): Lateness {
  naps ??= startSleeper();
  const all = naps;
  const first = Atomics.load(all, 0);
  return () => latestSince(all, first);
}

/** What is asked of a test's context: where its record is kept, and its name. */
type Told = Readonly<{ task: Pick<TestContext['task'], 'name' | 'meta'> }>;

/** Notes in the record of a test, and on stderr, that it is repeated, and why. */
function noteRepeat(
  { name, meta }: Told['task'],
  lateMs: number,
  error: Readonly<{ message?: string }>,
): void {
  meta.starved = (meta.starved ?? 0) + 1;
  meta.starvedMs = Math.max(meta.starvedMs ?? 0, lateMs);
  process.stderr.write(
    `starved: the machine was ${lateMs} ms late (more than ${latestMs}) while this failed, so it is repeated once: ${name}\n  ${(error.message ?? '').split('\n')[0]}\n`,
  );
}

/** As vitest asks for it in `task.retry`: measures from now on, and has the test tried again only where that is due. */
export function retryIfStarved(
  task: Told['task'],
  begin: () => Lateness = measured,
): Readonly<{ count: 1; condition(error: Readonly<{ message?: string }>): boolean }> {
  const lateness = begin();
  return {
    count: 1,
    condition: error => {
      const lateMs = lateness();
      if (lateMs <= latestMs) return false;
      noteRepeat(task, lateMs, error);
      return true;
    },
  };
}

/**
 * The body of a test, for vitest: `test('…', repeatedIfStarved(async () => { … }))`.
 *
 * `again` puts back what the body expects to find, before it is run a second time; a body that sets up its own needs
 * none. Whoever counts reads `task.meta.starved`.
 */
export function repeatedIfStarved<Context extends Told>(
  body: (context: Context) => Promise<void>,
  again: () => Promise<void> = async () => {},
  begin: () => Lateness = measured,
): (context: Context) => Promise<void> {
  return async context => {
    const lateness = begin();
    try {
      await body(context);
    } catch (error) {
      const lateMs = lateness();
      if (lateMs <= latestMs) throw error;
      noteRepeat(context.task, lateMs, error instanceof Error ? error : { message: String(error) });
      await again();
      await body(context);
    }
  };
}
