/** A bench that is ended, in whichever way, leaves no process behind. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { usedBy } from '../../src/app/bench/proc.ts';
import { busyProcesses } from '../../src/app/bench/rows/drift.ts';
import { parsedStat } from '../../src/app/gone-parent.ts';
import { packageRoot } from '../../src/installed.ts';

const cpuMs = (pid: number): number => usedBy(pid)?.cpuMs ?? 0;
/** Longer than it takes to load what a child needs and wait. */
const busyMs = 500;

/** Every process that is there now, with its parent. */
const processes = (): readonly Readonly<{ pid: number; parent: number }>[] =>
  readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(name => {
      try {
        const found = parsedStat(readFileSync(join('/proc', name, 'stat'), 'utf8'));
        return found ? [{ pid: Number(name), parent: found.parent }] : [];
      } catch {
        // It has gone meanwhile.
        return [];
      }
    });

const childrenOf = (pid: number): readonly number[] =>
  processes()
    .filter(({ parent }) => parent === pid)
    .map(one => one.pid);

const areThere = (pids: readonly number[]): readonly number[] => {
  const all = new Set(processes().map(({ pid }) => pid));
  return pids.filter(pid => all.has(pid));
};

/** Beats in four ways and four busy processes: eight children, none of which would end for an hour. */
async function busyBench(): Promise<Readonly<{ bench: ChildProcess; children: readonly number[] }>> {
  const words = ['bench', '--only', 'drift-busy', '--seconds', '3600'];
  const bench = spawn(process.execPath, [join(packageRoot, 'src', 'tactus.js'), ...words], {
    stdio: 'ignore',
  });
  onTestFinished(() => void bench.kill('SIGKILL'));
  await expect.poll(() => childrenOf(bench.pid ?? -1).length, { timeout: 60_000, interval: 100 }).toBe(8);
  const children = childrenOf(bench.pid ?? -1);
  const before = new Map(children.map(pid => [pid, cpuMs(pid)]));
  // They wait for a word before they turn: only then is there something that would not end by itself.
  const areBusy = (): number => children.filter(pid => cpuMs(pid) > (before.get(pid) ?? 0) + busyMs).length;
  await expect.poll(areBusy, { timeout: 60_000, interval: 100 }).toBeGreaterThanOrEqual(busyProcesses);
  return { bench, children };
}

const isLinux = process.platform === 'linux';

it.runIf(isLinux)('a bench that is told to end ends at once, and its busy processes with it', async () => {
  const { bench, children } = await busyBench();
  const gone = once(bench, 'exit');
  bench.kill('SIGTERM');
  expect(await gone).toEqual([143, null]);
  await expect.poll(() => areThere(children), { timeout: 20_000 }).toEqual([]);
});

it.runIf(isLinux)('a bench that is killed leaves none that stays, busy or waiting', async () => {
  const { bench, children } = await busyBench();
  bench.kill('SIGKILL');
  await once(bench, 'exit');
  await expect.poll(() => areThere(children), { timeout: 20_000 }).toEqual([]);
});
