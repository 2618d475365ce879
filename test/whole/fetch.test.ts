/** `tactus sessions fetch`: what a board has played by itself, in the history. In virtual time, on a board in memory. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { routineHashOf } from '../../hardware/alone/routine-bytes.ts';
import { commands } from '../../hardware/lease.ts';
import { hereBands } from '../../machines/response.ts';
import { fromLibrary } from '../../machines/routine/library.ts';
import { endReasons } from '../../machines/session.lists.ts';
import { outcomes } from '../../machines/vocabulary.ts';
import { thisMachine } from '../../src/app/surroundings.ts';
import type { Listed } from '../../src/history/tables.ts';
import { whenWord } from '../../src/time/calendar.ts';
import { StoreProgram } from '../firmware/alone/store-program.ts';
import { hasSanitizers } from '../firmware/host/build.ts';
import { AloneBoard, endBytes } from '../support/alone-board.ts';
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

const ran = (...words: readonly string[]): Promise<Ended> =>
  world.ran(words, { state, around: { lineTo: () => board.line(world.clock) } });
const fetched = (...words: readonly string[]): Promise<Ended> => ran('sessions', 'fetch', path, ...words);
const listed = async (): Promise<readonly Listed[]> =>
  JSON.parse((await ran('sessions', 'list', '--json')).out);
const report = async (id: string): Promise<string> =>
  (await ran('sessions', 'report', id, '--format', 'json')).out;

const hash = (id: string): number => {
  const routine = fromLibrary(id);
  if (!routine) throw new Error(id);
  return routineHashOf(routine);
};
/** Ten minutes of strokes on each side and a minute of cooldown; one ease, two rises, three answers. */
const anEvening = endBytes({
  moved: [4, 4, 20, 20, 0, 0, 2, 2],
  counts: [1, 2, 3],
  here: [hereBands.indexOf('light') + 2, 1],
  seconds: 1500,
  outcome: outcomes.indexOf('stopped'),
  reason: endReasons.indexOf('pain'),
});
const evening = (sequence: number, epoch = 3) => ({
  sequence,
  epoch,
  hash: hash('evening-legs'),
  end: anEvening,
});

describe('a session that a board has played by itself', () => {
  it('is in the history once, with its minutes, and the span in which it lies', async () => {
    expect((await fetched()).out).toBe('There is no new session on the board.\n');
    const visited = Date.now();
    await world.pass(5 * 3_600_000);
    board.log(evening(0));
    board.log({ ...evening(1), hash: 7, end: null });
    const { code, out } = await fetched('--client', 'B');
    expect([code, out]).toEqual([0, 'New sessions fetched: 2.\n']);
    expect((await fetched()).out).toBe('There is no new session on the board.\n');
    const all = await listed();
    expect(all).toMatchObject([
      { title: 'A routine that is not known here', outcome: 'brokeOff', minutes: 0 },
      { routine: 'evening-legs', client: 'B', outcome: 'stopped', pressureMax: null, reason: null },
    ]);
    const until = Date.parse(String(all[1]?.startedAt));
    // The other one came after it.
    expect(until).toBeLessThanOrEqual(Date.now() - 1_500_000);
    expect(Math.abs(Date.parse(all[1]?.alone?.startedAfter ?? '') - visited)).toBeLessThan(10_000);
    const text = (await ran('sessions', 'list')).out;
    expect(text).toContain(`between ${whenWord(visited)} and ${whenWord(until)}`);
    const shown = (await ran('sessions', 'show', String(all[1]?.id))).out;
    expect(shown).toContain('played by the board alone');
    expect(shown).toContain('Strokes: 10 min on the left side, 10 min on the right side');
    expect((await ran('sessions', 'report', String(all[1]?.id))).out).toContain('Time by stage and side');
    const csv = (await ran('sessions', 'report', String(all[1]?.id), '--format', 'csv')).out;
    expect(csv.match(/"strokes",,"(left|right)",,,,600,/g)).toHaveLength(2);
    const trends = (await ran('sessions', 'trends', '--format', 'csv')).out.split('\r\n');
    expect(trends[0]).toMatch(/"playedBy","startedAfter","practice"$/);
    expect(trends[1]).toContain('"board"');
    expect((await ran('sessions', 'note', String(all[1]?.id))).out).toContain('played by the board alone');
  });

  it('is of the client for whom the routines were loaded that were there when it was played', async () => {
    const load = (...words: readonly string[]): Promise<Ended> => ran('load', ...words, '--no-clock', path);
    await load('first-touch');
    const played = (sequence: number, id: string): void =>
      board.log({ ...evening(sequence), hash: hash(id) });
    played(0, 'first-touch');
    expect((await load('evening-legs', '--client', 'B')).out).toContain('is of client B.');
    played(1, 'evening-legs');
    await load('evening-legs', '--client', 'C');
    played(2, 'leg-and-back');
    await ran('load', '--clear', path);
    played(3, 'lower-back');
    expect((await fetched()).out).toBe('New sessions fetched: 4.\n');
    // In one moment of virtual time they have no order.
    const clients = (await listed()).map(({ routine, client }) => [routine, client] as const);
    expect(Object.fromEntries(clients)).toEqual({
      'first-touch': null,
      'evening-legs': 'B',
      'leg-and-back': 'C',
      'lower-back': null,
    });
    expect(JSON.parse((await ran('load', '--list', '--json', path)).out)).toMatchObject({ client: null });
  });

  it('is of the client who is said when it is fetched, whatever was said before; of no word that is no letter', async () => {
    await ran('load', 'evening-legs', '--client', 'B', '--no-clock', path);
    board.log(evening(0));
    await fetched('--client', 'D');
    expect((await listed()).map(({ client }) => client)).toEqual(['D']);
    const { code, err } = await ran('load', 'evening-legs', '--client', 'Bea', path);
    expect([code, err]).toEqual([64, expect.stringContaining('one letter, A to Z')]);
  });

  it('of a board that nobody has visited before began at any time', async () => {
    board.log(evening(0));
    await fetched();
    expect((await ran('sessions', 'list')).out).toMatch(/ {2}before \d{4}-\d\d-\d\d /);
  });

  it('is another one in another start of the board, and the same again where all that was remembered is gone', async () => {
    board.log(evening(0));
    await fetched();
    board.log(evening(0, 4));
    expect((await fetched()).out).toBe('New sessions fetched: 1.\n');
    rmSync(join(state, 'alone.json'));
    expect((await fetched()).out).toBe('There is no new session on the board.\n');
    expect(await listed()).toHaveLength(2);
  });

  it('erased stays erased', async () => {
    board.log(evening(0));
    await fetched();
    await ran('sessions', 'erase', '--all');
    expect((await fetched()).out).toBe('There is no new session on the board.\n');
    expect(await listed()).toEqual([]);
  });

  it('that was there before routines were loaded lies before that', async () => {
    await fetched();
    board.log(evening(0));
    await world.pass(60_000);
    await ran('load', 'first-touch', path, '--no-clock');
    expect(existsSync(join(state, 'history')) ? readdirSync(join(state, 'history')) : []).toEqual([]);
    const loadedBy = Date.now();
    await world.pass(9 * 3_600_000);
    board.log(evening(1));
    await fetched();
    const [later, earlier] = await listed();
    expect(Date.parse(String(earlier?.startedAt))).toBeLessThanOrEqual(loadedBy);
    expect(Date.parse(later?.alone?.startedAfter ?? '')).toBeLessThanOrEqual(loadedBy);
    expect(Date.parse(String(later?.startedAt))).toBeGreaterThan(loadedBy);
  });
});

describe('what may be kept of it', () => {
  it.each([
    ['plain', false, null],
    ['bands', true, 'pain'],
  ] as const)('with %s', async (keep, hasBands, reason) => {
    await ran('sessions', 'keep', keep);
    board.log(evening(0));
    await fetched();
    const [one] = await listed();
    expect(one?.reason).toBe(reason);
    const { records } = JSON.parse(await report('latest'));
    const totals = records.find(({ type }: { type: string }) => type === 'totals');
    expect('here' in totals).toBe(hasBands);
    expect(totals).toMatchObject({ eases: 1, rises: 2, pauses: 3 });
  });

  it('is nothing at all where somebody keeps nothing: the port is not even opened', async () => {
    await ran('sessions', 'keep', 'off');
    board.log(evening(0));
    const { code, out } = await fetched();
    expect([code, out]).toEqual([0, expect.stringContaining('Nothing is kept of sessions')]);
    expect(board.heard).toEqual([]);
    await ran('load', 'first-touch', path, '--no-clock');
    expect(readFileSync(join(state, 'alone.json'), 'utf8')).toMatch(/"visitedAt":\s*null/);
    expect(await listed()).toEqual([]);
  });

  it('is nothing where it is in doubt', async () => {
    writeFileSync(join(state, 'preferences.json'), '{"v":1,"keep":"everything"}');
    board.log(evening(0));
    expect(await fetched()).toMatchObject({ code: 0, out: '' });
    expect(board.heard).toEqual([]);
  });
});

it('a board that cannot play by itself says so', async () => {
  board.knowsKeep = false;
  const { code, err } = await fetched();
  expect([code, err]).toEqual([69, expect.stringContaining('cannot play by itself')]);
});

describe('start', () => {
  const mega = (port: string) => ({
    path: port,
    vendor: '2341',
    product: '0042',
    maker: 'Arduino',
    serial: '7543',
  });

  /** The emulated board on a wire, which knows of no keeping: what is asked of that the board in memory answers. */
  function started(options: readonly string[] = []) {
    const { path: port } = world.plug();
    const { lineTo } = world.surroundings();
    const running = world.run(
      ['start', '--headless', '--routine', 'first-touch', '--board', port, ...options],
      {
        state,
        ports: [mega(port)],
        around: {
          lineTo: name => {
            const line = lineTo(name);
            const write = line.write.bind(line);
            line.write = (bytes, callback) => {
              if (bytes[0] !== 0xf0 || bytes[1] !== commands.keep) return write(bytes, callback);
              board.heard.push(commands.keep);
              const answer = board.knowsKeep ? board.keeps(bytes) : null;
              if (answer instanceof Uint8Array) world.soon(() => line.emit('data', answer));
              callback?.(null);
            };
            return line;
          },
        },
      },
    );
    return running;
  }
  const history = (): readonly string[] =>
    existsSync(join(state, 'history')) ? readdirSync(join(state, 'history')) : [];

  it('fetches by itself, says nothing of it, and does not wait for it', async () => {
    board.log(evening(0));
    const running = started();
    await running.until('ready');
    expect(history()).toEqual([]);
    expect(await world.until(() => history().length === 1, 20_000)).toBe(true);
    running.interrupt();
    expect(await running.ended()).toBe(130);
    expect(running.shown()).not.toMatch(/fetch/i);
    expect(await listed()).toMatchObject([{ routine: 'evening-legs' }]);
  });

  it('goes on where the board does not answer, and asks nothing where nothing is kept', async () => {
    board.knowsKeep = false;
    const silent = started();
    await silent.until('ready');
    await world.pass(10_000);
    silent.interrupt();
    expect(await silent.ended()).toBe(130);
    expect(board.heard.length).toBeGreaterThan(0);

    await ran('sessions', 'keep', 'off');
    board.heard.length = 0;
    const off = started();
    await off.until('ready');
    await world.pass(10_000);
    off.interrupt();
    expect(await off.ended()).toBe(130);
    expect(board.heard).toEqual([]);
  });
});

describe('the board’s own log', () => {
  const program = new StoreProgram();
  beforeAll(() => {
    if (hasSanitizers) program.build();
  }, 600_000);

  it.skipIf(!hasSanitizers)('is read as it was written', async () => {
    world.close();
    const kept = program.start();
    board.keeps = async bytes => {
      const answer = await kept.say(`keep ${Buffer.from(bytes.subarray(1, -1)).toString('hex')}`);
      return Uint8Array.from(Buffer.from(answer, 'hex'));
    };
    const machine = thisMachine();
    const around = { ...machine, ports: async () => [], lineTo: () => board.line(machine.clock) };
    try {
      await kept.say(`begin 5 ${hash('evening-legs')}`);
      await kept.say('moved 1 0 300000');
      await kept.say(`seal ${outcomes.indexOf('completed')} 0 -1 1200`);
      const { code, out } = await new InProcess(['sessions', 'fetch', path, '--json'], around, state).ended;
      expect([code, JSON.parse(out)]).toEqual([0, { fetched: 1 }]);
      const { out: list } = await new InProcess(['sessions', 'list', '--json'], around, state).ended;
      expect(JSON.parse(list)).toMatchObject([
        { routine: 'evening-legs', outcome: 'completed', reason: 'routineDone', minutes: 5 },
      ]);
      const [file = ''] = readdirSync(join(state, 'history'));
      expect(statSync(join(state, 'history', file)).mode & 0o777).toBe(0o600);
    } finally {
      kept.hangUp();
    }
  });
});
