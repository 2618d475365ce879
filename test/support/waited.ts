/**
 * How long the threads of a process were ready to run and had no processor: what they are late by then is the
 * machine's doing. Linux counts that for each thread (schedstats: the second field of /proc/PID/task/TID/schedstat).
 */
import { Worker } from 'node:worker_threads';
import type { Lateness } from './starved.ts';

/** How far back the longest wait is looked for: longer than anything that may be late. */
const windowMs = 250;

const sampler = `
const { readdirSync, readFileSync } = require('node:fs');
const { workerData: { pid, memory } } = require('node:worker_threads');
const longest = new Int32Array(memory);
const never = new Int32Array(new SharedArrayBuffer(4));
const seen = new Map();
for (;;) {
  let threads = [];
  try { threads = readdirSync('/proc/' + pid + '/task'); } catch { break; }
  const now = performance.now();
  for (const thread of threads) {
    let waitedMs;
    try { waitedMs = Number(readFileSync('/proc/' + pid + '/task/' + thread + '/schedstat', 'utf8').split(' ')[1]) / 1e6; }
    catch { continue; }
    const samples = seen.get(thread) ?? [];
    samples.push([now, waitedMs]);
    while (samples.length > 2 && now - samples[1][0] > ${windowMs}) samples.shift();
    seen.set(thread, samples);
    const most = Math.ceil(waitedMs - samples[0][1]);
    if (most > Atomics.load(longest, 0)) Atomics.store(longest, 0, most);
  }
  Atomics.wait(never, 0, 0, 10);
}`;

/** The longest that any thread of it has waited within a quarter of a second since now, in whole ms; 0 on other systems. */
export function waited(pid: number): Lateness {
  const memory = new SharedArrayBuffer(4);
  new Worker(sampler, { eval: true, workerData: { pid, memory } }).unref();
  return () => Atomics.load(new Int32Array(memory), 0);
}
