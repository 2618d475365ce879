/** A board that plays by itself, loaded and fetched from by the page: in virtual time, on a board in memory. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newestRecord, settingsFrom } from '../../../../hardware/alone/records.ts';
import { routineHashOf } from '../../../../hardware/alone/routine-bytes.ts';
import { fromLibrary, library } from '../../../../machines/routine/library.ts';
import { setupWords } from '../../../../machines/text/setup.ts';
import { terminalWords } from '../../../../machines/text/terminal.ts';
import { AloneTalk } from '../../../../simulator/demo/board/alone-talk.ts';
import type { PageAsk } from '../../../../simulator/demo/board/asked-page.ts';
import type { BoardDeed, TalkOver, TalkView } from '../../../../simulator/page/board/board-talk.ts';
import type { OnBoard } from '../../../../src/app/alone/known-alone.ts';
import { type BoardSettings, untried } from '../../../../src/app/known-board.ts';
import { usualPreferences } from '../../../../src/server/api-messages.ts';
import { AloneBoard, endBytes } from '../../../support/alone-board.ts';
import { relayTo } from '../../../support/web-relay.ts';
import { World } from '../../../support/world.ts';

const words = setupWords.alone;
let world: World;
let board: AloneBoard;
let asked: PageAsk[];
let remembered: OnBoard[];
let settings: BoardSettings | null;
/** What the page answers, asked to take sessions. */
let taken: number | null;
beforeEach(() => {
  world = new World();
  board = new AloneBoard();
  asked = [];
  remembered = [];
  settings = null;
  taken = null;
});
afterEach(() => world.close());

type Deed = Exclude<BoardDeed, { deed: 'bringup' }>;
const load = (...routines: readonly string[]): Extract<Deed, { deed: 'load' }> => ({
  deed: 'load',
  routines,
  minutes: null,
  mayDrop: false,
  firstSide: 'left',
  quiet: 'full',
  orientation: 'usual',
  clock: false,
});

type Talked = Readonly<{ over: TalkOver; said: string; views: readonly TalkView[] }>;

async function talked(
  deed: Deed,
  meanwhile: (talk: AloneTalk, pullOut: () => void) => void = () => {},
): Promise<Talked> {
  const { line, pullOut } = await relayTo(board.line(world.clock));
  const views: TalkView[] = [];
  const ask = async (what: PageAsk): Promise<number | null> => {
    asked.push(what);
    if ('loaded' in what) remembered = [...what.loaded, ...remembered];
    return 'take' in what ? taken : 1;
  };
  const talk = new AloneTalk(
    deed,
    {
      clock: world.clock,
      line,
      id: 'kind:2341:0042',
      settings,
      remembered,
      routines: library(),
      likes: usualPreferences,
      ask,
    },
    view => views.push(view),
  );
  meanwhile(talk, pullOut);
  const over = await world.resolved(talk.over);
  return { over, said: [...(views.at(-1)?.said ?? []), ...over.what].join('\n'), views };
}

const loadedSettings = () => {
  const record = newestRecord(board.memory, 'settings');
  return record && settingsFrom(record);
};

describe('routines', () => {
  it('are scaled, written, read back, and told by their names with how to begin; then listed, and cleared', async () => {
    const first = await talked({ ...load('first-touch', 'evening-legs'), minutes: 15 });
    expect(first.over.how).toBe('wrong');
    const { over, said } = await talked({
      ...load('evening-legs', 'leg-and-back'),
      minutes: 20,
      mayDrop: true,
      orientation: 'turned',
    });
    expect(over.how).toBe('done');
    expect(said).toMatch(/1\. .*\n {2}2\. /);
    expect(said).toContain(terminalWords.load.turned);
    expect(said).toContain('hold GO and LESS together for 3 seconds');
    expect(said).not.toMatch(/tactus |\{\w+\}/);
    expect(loadedSettings()).toMatchObject({ turned: true, clockPpm: 0 });
    expect((await talked({ deed: 'list' })).said).toMatch(/1\. Evening/i);
    expect((await talked({ deed: 'clear' })).said).toContain('Nothing is loaded');
  });

  it('go with what was found out about the board’s motors', async () => {
    const known = untried();
    settings = { ...known, calibration: { ...known.calibration, swapped: true } };
    const { said } = await talked(load('first-touch'));
    expect(loadedSettings()?.calibration.swapped).toBe(true);
    expect(said).toContain(terminalWords.load.calibrated);
  });

  it('come with its clock measured, for a minute that can be watched', async () => {
    board.slowPpm = () => 400;
    const { views, said } = await talked({ ...load('first-touch'), clock: true });
    const seconds = views.flatMap(({ progress }) => (progress ? [progress.done] : []));
    expect(seconds.length).toBeGreaterThan(60);
    expect(said).toMatch(/off by -?\d+ millionths/);
    expect(Math.abs(loadedSettings()?.clockPpm ?? 0)).toBeGreaterThan(300);
  });
});

describe('what cannot be is said, with what to do', () => {
  it('on an Uno, by the sentence that there is', async () => {
    board.knowsKeep = false;
    const { over } = await talked(load('first-touch'));
    expect(over).toMatchObject({ how: 'wrong', what: [terminalWords.alone.cannot] });
  });

  it('where no firmware of ours answers', async () => {
    board.isOurs = false;
    const { over } = await talked({ deed: 'list' });
    expect(over).toMatchObject({ how: 'wrong', todo: 'put the firmware on it first.' });
  });

  it('where nothing is chosen, or too much, before the board is written to', async () => {
    expect((await talked(load())).over.how).toBe('wrong');
    const all = library().map(({ id }) => id);
    expect((await talked(load(...all, ...all))).over.what[0]).toContain('named twice');
    expect(board.writes).toBe(0);
  });

  it('while it plays by itself', async () => {
    board.state = 'alone';
    expect((await talked(load('first-touch'))).over.what[0]).toBe('the board plays a session by itself');
  });
});

describe('left while it goes on', () => {
  it.each([
    ['the page leaves', words.ended.left, (talk: AloneTalk) => talk.end('left')],
    ['STOP', words.ended.stopped, (talk: AloneTalk) => talk.end('stopped')],
    ['the cable is pulled', words.ended.gone, (_: AloneTalk, pullOut: () => void) => pullOut()],
  ] as const)('%s: told, and the board keeps what it had', async (_, says, deed) => {
    await talked(load('first-touch'));
    const before = board.memory.slice();
    const { over } = await talked(load('evening-legs'), (talk, pullOut) => {
      // In the middle of what is written.
      const { keeps } = board;
      let count = 0;
      board.keeps = message => {
        count += 1;
        if (count === 40) deed(talk, pullOut);
        return keeps(message);
      };
    });
    expect(over).toMatchObject({ how: 'ended', what: [says] });
    expect(newestRecord(board.memory, 'routines')).toEqual(newestRecord(before, 'routines'));
  });
});

describe('sessions that it has played by itself', () => {
  const entry = (sequence: number) => {
    const routine = fromLibrary('evening-legs');
    return {
      sequence,
      epoch: 3,
      hash: routine ? routineHashOf(routine) : 0,
      end: endBytes({ seconds: 1500 }),
    };
  };

  it('go into the history of this browser', async () => {
    board.log(entry(0));
    board.log(entry(1));
    taken = 2;
    expect((await talked({ deed: 'fetch' })).said).toContain('2 sessions are in the history');
    expect(asked).toMatchObject([{ take: [{ sequence: 0 }, { sequence: 1 }] }]);
    taken = 0;
    expect((await talked({ deed: 'fetch' })).said).toContain(words.fetched.noneNew);
  });

  it('come as a file where no history is kept, and stay on the board', async () => {
    board.log(entry(0));
    const { over } = await talked({ deed: 'fetch' });
    expect(JSON.parse(over.file?.text ?? '')).toMatchObject({ sessions: [{ sequence: 0, epoch: 3 }] });
    expect(board.writes).toBe(0);
  });

  it('are none where there are none', async () => {
    expect((await talked({ deed: 'fetch' })).over).toMatchObject({ how: 'done', what: [words.fetched.none] });
    expect(asked).toEqual([]);
  });
});
