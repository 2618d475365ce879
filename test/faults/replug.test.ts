/** A board plugged in and out again and again, under one process; and two controllers that want the same port. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { PseudoTerminal } from '../../simulator/avr/pseudo-terminal.ts';
import { packageRoot } from '../../src/installed.ts';
import { deviceName, type PluggedBoard, plugBoard } from '../support/serial-board.ts';
import { note, sized } from './figures.ts';

const detectedWithinMs = 300;
const readyWithinMs = 3000;
const mostGrowthMb = 5;

type Said = Readonly<Record<string, unknown>>;

/** A script of test/faults/support in a process of its own, a JSON line for each thing it says. */
class Helper {
  readonly child: ChildProcessWithoutNullStreams;
  #said: Said[] = [];
  #stirred = (): void => {};
  /** The last it has said, for whoever has to find out why it said no more. */
  #history: readonly string[] = [];
  errors = '';

  constructor(script: string, words: readonly string[], state: string) {
    this.child = spawn(
      process.execPath,
      ['--expose-gc', '--import', 'tsx', join(packageRoot, 'test', 'faults', 'support', script), ...words],
      { cwd: packageRoot, env: { ...process.env, TACTUS_STATE: state } },
    );
    this.child.stderr.on('data', bytes => {
      this.errors += String(bytes);
    });
    createInterface({ input: this.child.stdout }).on('line', line => {
      this.#said.push(JSON.parse(line) as Said);
      this.#history = [...this.#history, line].slice(-12);
      this.#stirred();
    });
  }

  say(line: string): void {
    this.child.stdin.write(`${line}\n`);
  }

  /** The next thing it says that is wanted; what it said before that is forgotten. */
  async next(wanted: (said: Said) => boolean, withinMs = 15_000): Promise<Said> {
    const end = performance.now() + withinMs;
    for (;;) {
      const index = this.#said.findIndex(wanted);
      const found = this.#said[index];
      if (found) {
        this.#said = this.#said.slice(index + 1);
        return found;
      }
      if (performance.now() > end)
        throw new Error(`it said nothing of that kind, only ${this.#history.join(' ')}; ${this.errors}`);
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, 50);
        this.#stirred = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }
}

const driven = (board: PluggedBoard): boolean =>
  board.events.some(event => event.type === 'scope' && event.event.type === 'duty' && event.event.duty > 0);

test('a board that is unplugged and plugged in again: noticed, ready, not driven, nothing left over', async () => {
  const cycles = sized(100, 12);
  const name = deviceName();
  const helper = new Helper('replugged.ts', [name.path], mkdtempSync(join(tmpdir(), 'tactus-state-')));
  let board = await plugBoard();
  name.pointTo(board.path);
  const detected: number[] = [];
  const ready: number[] = [];
  const counts: Said[] = [];
  try {
    // Armed once, by a person: this board runs.
    await expect.poll(() => driven(board), { timeout: 15_000 }).toBe(true);
    for (let cycle = 1; cycle <= cycles; cycle++) {
      const unpluggedAt = performance.now();
      name.take();
      board.unplug();
      await helper.next(({ type }) => type === 'lost');
      detected.push(performance.now() - unpluggedAt);
      board = await plugBoard();
      const pluggedAt = performance.now();
      name.pointTo(board.path);
      await helper.next(({ type }) => type === 'ready');
      ready.push(performance.now() - pluggedAt);
      await new Promise(resolve => setTimeout(resolve, 250));
      expect(driven(board)).toBe(false);
      helper.say('count');
      counts.push(await helper.next(({ type }) => type === 'count'));
    }
  } finally {
    helper.child.kill('SIGKILL');
    board.unplug();
  }
  const tenth = counts[9] ?? {};
  const last = counts.at(-1) ?? {};
  const grownMb = (Number(last.rss) - Number(tenth.rss)) / 1024 / 1024;
  const of = `worst of ${cycles} cycles`;
  note({
    id: 'replug-noticed',
    what: 'an unplug noticed after',
    value: Math.max(...detected),
    unit: 'ms',
    bound: detectedWithinMs,
    of,
  });
  note({
    id: 'replug-ready',
    what: 'ready again after',
    value: Math.max(...ready),
    unit: 'ms',
    bound: readyWithinMs,
    of,
  });
  note({
    id: 'replug-memory',
    what: 'resident memory above that of the tenth cycle',
    value: Math.max(0, grownMb),
    unit: 'MB',
    bound: mostGrowthMb,
    of: `after ${cycles} cycles`,
  });
  expect(Math.max(...detected)).toBeLessThanOrEqual(detectedWithinMs);
  expect(Math.max(...ready)).toBeLessThanOrEqual(readyWithinMs);
  expect(grownMb).toBeLessThanOrEqual(mostGrowthMb);
  expect([last.listeners, last.handles]).toEqual([tenth.listeners, tenth.handles]);
});

test('two controllers on one port: exactly one has it, and the other says who', async () => {
  const tries = sized(1000, 60);
  const state = mkdtempSync(join(tmpdir(), 'tactus-state-'));
  const terminal = await PseudoTerminal.open();
  const both = [new Helper('contender.ts', [], state), new Helper('contender.ts', [], state)] as const;
  const wins = [0, 0];
  try {
    for (const one of both) await one.next(said => said.ready === true);
    for (let round = 0; round < tries; round++) {
      for (const one of round % 2 ? both.toReversed() : both) one.say(`try ${terminal.path}`);
      const said = await Promise.all(
        both.map(one => one.next(({ held, broken }) => held !== undefined || broken !== undefined)),
      );
      const holder = said.findIndex(({ held }) => held === true);
      const other = said[1 - holder];
      expect(said.filter(({ held }) => held === true)).toHaveLength(1);
      expect([other?.held, other?.code]).toEqual([false, 75]);
      // By its note, which tells since when, or before that is written by the system's own word.
      expect(String(other?.message)).toMatch(
        new RegExp(`\\(process ${both[holder as 0 | 1].child.pid}(, since .+)?\\) holds it`),
      );
      wins[holder] = (wins[holder] ?? 0) + 1;
      both[holder as 0 | 1].say(`release ${terminal.path}`);
      await both[holder as 0 | 1].next(({ released }) => released === true);
    }
  } finally {
    for (const { child } of both) child.kill('SIGKILL');
    terminal.close();
  }
  note({
    id: 'two-controllers',
    what: 'two controllers on one port at once: tries in which not exactly one had it',
    value: tries - (wins[0] ?? 0) - (wins[1] ?? 0),
    unit: '',
    bound: 0,
    of: `of ${tries}, won ${wins.join(' and ')} times`,
  });
});
