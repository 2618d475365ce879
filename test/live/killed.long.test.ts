/** A session of another process: under way, killed, and what is left of it; and a command that watches a file. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/installed.ts';
import { scratch } from '../support/cli.ts';
import { tactusHere as tactus } from '../support/in-process.ts';
import { repeatedIfStarved } from '../support/starved.ts';

const { file } = scratch();
let state: string;
let before: string | undefined;
/** Nothing of what was kept before. */
const anew = async (): Promise<void> => {
  state = mkdtempSync(join(tmpdir(), 'tactus-state-'));
  process.env.TACTUS_STATE = state;
};
beforeAll(async () => {
  before = process.env.TACTUS_STATE;
  await anew();
});
afterAll(() => {
  if (before === undefined) delete process.env.TACTUS_STATE;
  else process.env.TACTUS_STATE = before;
  rmSync(state, { recursive: true, force: true });
});

const begin = [
  { at: 0, intent: 'screen', complaint: true, others: 'no' },
  { at: 0, intent: 'confirm', step: 'position' },
  { at: 0, intent: 'baseline', local: 3, leg: 1 },
  { at: 0, intent: 'start' },
];
const script = (...steps: readonly object[]): string => file('script.json', [...begin, ...steps]);
const everything = (folder: string): string =>
  readdirSync(folder, { withFileTypes: true })
    .map(entry =>
      entry.isDirectory()
        ? everything(join(folder, entry.name))
        : readFileSync(join(folder, entry.name), 'latin1'),
    )
    .join('');

describe('tactus sessions', () => {
  it(
    'is not erased while it is under way; a killed one has lost the last record at most, and is erased wholly',
    repeatedIfStarved(async () => {
      const child = spawn(
        process.execPath,
        ['src/tactus.js', 'start', '--headless', '--routine', 'first-touch', '--script', script()],
        { cwd: packageRoot, stdio: ['ignore', 'pipe', 'inherit'], env: process.env },
      );
      const strokes = (): number => everything(join(state, 'history')).split('"type":"stroke"').length - 1;
      await expect.poll(strokes, { timeout: 30_000 }).toBeGreaterThan(0);
      const [{ id }] = JSON.parse((await tactus(['sessions', 'list', '--json'])).out);
      expect((await tactus(['sessions', 'erase', id])).code).toBe(75);
      const seen = strokes();
      child.kill('SIGKILL');
      await once(child, 'exit');
      expect(JSON.parse((await tactus(['sessions', 'list', '--json'])).out)).toMatchObject([
        { id, outcome: 'brokeOff' },
      ]);
      const { summary } = JSON.parse((await tactus(['sessions', 'report', id, '--format', 'json'])).out);
      expect(summary.strokes).toBeGreaterThanOrEqual(seen);
      // Its journal, kept for going on, goes too.
      expect(readdirSync(state).filter(name => name.startsWith('session-'))).toHaveLength(1);
      expect((await tactus(['sessions', 'erase', id])).code).toBe(0);
      expect(readdirSync(state).filter(name => name.startsWith('session-'))).toEqual([]);
      expect(everything(state)).not.toContain(id);
    }, anew),
  );
});

describe('tactus simulate', () => {
  it(
    'watches its file: runs again when it changes, tells every fault, and goes on',
    repeatedIfStarved(async () => {
      const routine = JSON.parse((await tactus(['routines', 'show', 'first-touch', '--json'])).out);
      const watched = file('watched.json', routine);
      const child = spawn(process.execPath, ['src/tactus.js', 'simulate', watched, '--watch'], {
        cwd: packageRoot,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let out = '';
      let err = '';
      child.stdout.on('data', bytes => {
        out += String(bytes);
      });
      child.stderr.on('data', bytes => {
        err += String(bytes);
      });
      const runs = (): number => out.split(': completed').length - 1;
      await expect.poll(runs, { timeout: 30_000 }).toBe(1);
      writeFileSync(watched, '{');
      await expect.poll(() => err, { timeout: 30_000 }).toContain('is not JSON');
      writeFileSync(watched, JSON.stringify(routine, null, 2));
      await expect.poll(runs, { timeout: 30_000 }).toBe(2);
      child.kill('SIGINT');
      expect(await once(child, 'exit')).toEqual([130, null]);
    }, anew),
  );
});
