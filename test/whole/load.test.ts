/** `tactus load`: routines onto a board that plays them by itself. In virtual time, on a board in memory. */
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newestRecord, settingsFrom } from '../../hardware/alone/records.ts';
import { routineHashOf } from '../../hardware/alone/routine-bytes.ts';
import { commands } from '../../hardware/lease.ts';
import { fromLibrary } from '../../machines/routine/library.ts';
import { thisMachine } from '../../src/app/surroundings.ts';
import { StoreProgram } from '../firmware/alone/store-program.ts';
import { hasSanitizers } from '../firmware/host/build.ts';
import { AloneBoard } from '../support/alone-board.ts';
import type { Ended } from '../support/cli.ts';
import { InProcess } from '../support/in-process.ts';
import { World } from '../support/world.ts';

const path = '/dev/ttyMega';
let world: World;
let board: AloneBoard;
let state: string;
beforeEach(() => {
  world = new World();
  board = new AloneBoard();
  state = mkdtempSync(join(tmpdir(), 'tactus-state-'));
});
afterEach(() => world.close());

const load = (...words: readonly string[]): Promise<Ended> =>
  world.ran(['load', ...words, path], { state, around: { lineTo: () => board.line(world.clock) } });
const settings = () => {
  const record = newestRecord(board.memory, 'settings');
  return record && settingsFrom(record);
};

describe('what is loaded', () => {
  it('is told in the order in which LESS goes through it, with how one begins', async () => {
    const { out: told } = await load('first-touch', 'evening-legs', '--no-clock');
    const lines = told.split('\n').map(line => line.trim());
    expect(lines.slice(0, 3)).toEqual([
      'On the board, in the order in which LESS goes through them:',
      expect.stringMatching(/^1\. .*, \d/),
      expect.stringMatching(/^2\. .*, \d/),
    ]);
    expect(told).toContain('hold GO and LESS together for 3 seconds');
    expect(told).toContain('tactus calibrate /dev/ttyMega');
  });

  it('is read back, and listed with its names; cleared it is gone, and nothing was written but to the board', async () => {
    await load('evening-legs', '--minutes', '15', '--no-clock');
    const { out } = await load('--list', '--json');
    expect(JSON.parse(out)).toMatchObject({
      path,
      routines: [{ id: 'evening-legs', minutes: 15 }],
      settings: { clockPpm: 0, turned: false },
    });
    const { code, out: cleared } = await load('--clear');
    expect([code, cleared]).toEqual([0, expect.stringContaining('Nothing is loaded')]);
    expect(existsSync(join(state, 'boards.json'))).toBe(false);
    expect(existsSync(join(state, 'preferences.json'))).toBe(false);
    expect(existsSync(join(state, 'history'))).toBe(false);
  });

  it('of a file of one’s own goes by its title', async () => {
    const file = join(state, 'mine.json');
    writeFileSync(file, JSON.stringify({ ...fromLibrary('evening-legs'), id: 'mine', title: 'My own legs' }));
    expect((await load(file, '--no-clock')).out).toContain('1. My own legs');
  });

  it('that another machine has loaded has no name, and says so', async () => {
    await load('evening-legs', '--minutes', '15', '--no-clock');
    state = mkdtempSync(join(tmpdir(), 'tactus-state-'));
    expect((await load('--list')).out).toContain('a routine that is not known here');
  });
});

describe('what does not fit', () => {
  it.each([
    ['an unknown routine', ['sing'], 66],
    ['one that cannot be so long', ['first-touch', '--minutes', '20'], 64],
    ['the same twice', ['evening-legs', 'evening-legs'], 64],
    ['nothing at all', [], 64],
    ['a list beside a routine', ['evening-legs', '--list'], 64],
  ] as const)('is said before the port is opened: %s', async (_, words, wanted) => {
    const { code, err } = await load(...words);
    expect([code, board.heard.length]).toEqual([wanted, 0]);
    expect(err).toMatch(/^tactus: /);
  });

  it('more routines than buttons can count', async () => {
    const files = Array.from({ length: 9 }, (_, index) => {
      const file = join(state, `legs-${index}.json`);
      writeFileSync(file, JSON.stringify({ ...fromLibrary('evening-legs'), id: `legs-${index}` }));
      return file;
    });
    const { code, err } = await load(...files);
    expect([code, err, board.heard.length]).toEqual([65, expect.stringContaining('9 routines are more'), 0]);
  });
});

describe('a board that cannot, or not now', () => {
  it('an Uno, which has no room for it: one sentence, and which board can', async () => {
    board.knowsKeep = false;
    const { code, err } = await load('evening-legs');
    expect(code).toBe(69);
    expect(err).toMatch(/^tactus: \/dev\/ttyMega: .*cannot play by itself: a Mega 2560 .*\n$/);
  });

  it('another firmware', async () => {
    board.isOurs = false;
    const { code, err } = await load('evening-legs');
    expect([code, err]).toEqual([69, expect.stringContaining('no Tactus firmware answers')]);
    expect(board.heard.every(command => command === commands.hello)).toBe(true);
  });

  it('one that plays by itself just now', async () => {
    board.state = 'alone';
    const { code, err } = await load('evening-legs');
    expect([code, board.writes]).toEqual([75, 0]);
    expect(err).toContain('let it finish or press STOP on it');
  });
});

describe('what goes along', () => {
  it('is its calibration as it is known here, and how it is worn', async () => {
    const calibration = {
      left: { startDuty: 60, ratedDuty: 100, kickDuty: 150 },
      right: { startDuty: 61, ratedDuty: 101, kickDuty: 151 },
      lagMs: { left: 0, right: 12 },
      swapped: true,
      glideMs: 99,
    };
    const boards = {
      version: 1,
      boards: { [`port:${path}`]: { at: '', stop: 'normallyClosed', calibration } },
    };
    const text = JSON.stringify(boards);
    writeFileSync(join(state, 'boards.json'), text);
    const { out } = await load('evening-legs', '--worn', 'turned', '--no-clock');
    expect(settings()).toEqual({ calibration, clockPpm: 0, turned: true, steadyLight: false });
    expect(out).toContain('as they were calibrated');
    expect(out).toContain('turned round');
    expect(readFileSync(join(state, 'boards.json'), 'utf8')).toBe(text);
  });

  it('is not written again where the board has it', async () => {
    await load('evening-legs', '--no-clock');
    const before = board.writes;
    await load('evening-legs', '--no-clock');
    expect(board.writes - before).toBeLessThanOrEqual(before - 1);
  });
});

describe('the board’s clock', () => {
  it.each([2021, -350, 0])('%i millionths slow is found to within 40 over a bad line', async ppm => {
    board.slowPpm = () => ppm;
    const { code, out } = await load('evening-legs');
    expect(code).toBe(0);
    expect(out).toContain('Its clock is off by');
    expect(Math.abs((settings()?.clockPpm ?? Number.NaN) - ppm)).toBeLessThan(40);
    // What was measured stays where nobody measures again.
    const kept = settings()?.clockPpm;
    await load('first-touch', '--no-clock');
    expect(settings()?.clockPpm).toBe(kept);
  });

  it.each([
    ['apart', (at: number) => (at < 36_000 ? 0 : 400), 'two halves'],
    ['strange', () => 15_000, 'more than any such board'],
    ['unheard', (at: number) => (at > 34_000 && at < 34_300 ? 5e7 : 0), 'often enough'],
  ] as const)('that is %s is not believed, and taken as exact', async (_, slow, said) => {
    await load('evening-legs', '--no-clock');
    board.slowPpm = slow;
    const { code, out } = await load('evening-legs');
    expect([code, settings()?.clockPpm]).toEqual([0, 0]);
    expect(out).toContain(said);
  });
});

describe('the board’s own code', () => {
  const program = new StoreProgram();
  beforeAll(() => {
    if (hasSanitizers) program.build();
  }, 600_000);

  it.skipIf(!hasSanitizers)('takes what is written, and counts it', async () => {
    world.close();
    const kept = program.start();
    board.keeps = async bytes => {
      const answer = await kept.say(`keep ${Buffer.from(bytes.subarray(1, -1)).toString('hex')}`);
      return Uint8Array.from(Buffer.from(answer, 'hex'));
    };
    const machine = thisMachine();
    try {
      const { code, out } = await new InProcess(
        ['load', 'first-touch', 'evening-legs', path, '--no-clock', '--json'],
        { ...machine, ports: async () => [], lineTo: () => board.line(machine.clock) },
        state,
      ).ended;
      expect(code).toBe(0);
      const { routines } = JSON.parse(out);
      expect(routines.map(({ id }: { id: string }) => id)).toEqual(['first-touch', 'evening-legs']);
      const hashes = ['first-touch', 'evening-legs'].map(id => {
        const routine = fromLibrary(id);
        return routine && routineHashOf(routine);
      });
      expect(await kept.say('state')).toContain(['2', ...hashes].join(','));
    } finally {
      kept.hangUp();
    }
  });
});
