/** The desk of the look that leads a new board through: one thing at a time, nothing overwritten unasked. */
import { expect, it } from 'vitest';
import { boardWords } from '../../../machines/text/board.ts';
import { BoardDesk } from '../../../simulator/page/board/board-desk.ts';
import {
  BoardTrouble,
  type ChosenBoard,
  type FoundOnBoard,
} from '../../../simulator/page/board/board-tools.ts';

type Next = { found: FoundOnBoard } & { -readonly [What in keyof ChosenBoard]?: ChosenBoard[What] };
type Fake = Readonly<{ desk: BoardDesk; did: string[]; next: Next }>;

/** A desk with a board that does whatever `next` says. */
function fake(found: FoundOnBoard, kind: ChosenBoard['kind'] = 'uno'): Fake {
  const did: string[] = [];
  const next: Next = { found };
  const does = (what: string): void => void did.push(what);
  const board: ChosenBoard = {
    doubt: async () => null,
    talk: () => Promise.reject(new Error('nobody talks here')),
    kind,
    isThere: () => next.isThere?.() ?? true,
    isInSessions: () => false,
    look: async () => {
      does('look');
      return (await next.look?.()) ?? next.found;
    },
    flash: async (stop, listener) => {
      does(`flash ${stop}`);
      await next.flash?.(stop, listener);
    },
    useForSessions: async () => does('use'),
    letGo: async () => does('letGo'),
  };
  const choose = async (): Promise<ChosenBoard> => {
    does('choose');
    return board;
  };
  return { desk: new BoardDesk({ cannot: null, choose }), did, next };
}

it('looks what is on a board as soon as its port is chosen, and puts nothing on it unasked', async () => {
  for (const found of [
    { is: 'silent' },
    { is: 'unknown' },
    { is: 'otherFirmware', name: 'StandardFirmata' },
  ] as const) {
    const { desk, did } = fake(found);
    await desk.choose();
    expect(did).toEqual(['choose', 'look']);
    expect([desk.step, desk.found]).toEqual(['firmware', found]);
  }
});

it.each([{ is: 'ours', stop: 'normallyOpen' }, { is: 'otherBuild' }] as const)(
  'leads on at once where a Tactus firmware is on it: $is',
  async found => {
    const { desk, did } = fake(found);
    await desk.choose();
    expect([desk.step, did]).toEqual(['first', ['choose', 'look']]);
  },
);

it('an Arduino on which it cannot run is not even asked', async () => {
  const { desk, did } = fake({ is: 'silent' }, 'otherBoard');
  await desk.choose();
  expect([did, desk.step]).toEqual([['choose'], 'port']);
  expect(desk.trouble?.message).toBe(boardWords.port.kinds.otherBoard);
});

it('a second press while something is done does nothing', async () => {
  const { desk, did } = fake({ is: 'silent' });
  await desk.choose();
  await Promise.all([desk.flash(), desk.flash(), desk.look(), desk.use()]);
  expect(did).toEqual(['choose', 'look', 'flash normallyClosed']);
});

it('a half-written board stays at its step, says so, and is completed by the next press', async () => {
  const { desk, did, next } = fake({ is: 'silent' });
  await desk.choose();
  next.flash = async () => {
    throw new BoardTrouble('half', 'again', true);
  };
  await desk.flash();
  expect([desk.step, desk.isHalf, desk.trouble?.message]).toEqual(['firmware', true, 'half']);
  next.flash = async () => {};
  did.length = 0;
  await desk.flash();
  expect(did).toEqual(['flash normallyClosed']);
  expect([desk.step, desk.isHalf, desk.isFlashed, desk.trouble]).toEqual(['first', false, true, null]);
});

it.each([
  ['silent as half a firmware is', { is: 'silent' }, true],
  ['of another board', { is: 'otherFirmware', name: 'Blink' }, false],
] as const)(
  'where the port of a half-written board is gone, one that is chosen anew is looked at first: %s',
  async (_, found, isHalf) => {
    const { desk, did, next } = fake({ is: 'silent' });
    await desk.choose();
    next.flash = async () => {
      throw new BoardTrouble('half', 'again', true);
    };
    await desk.flash();
    next.isThere = () => false;
    next.found = found;
    did.length = 0;
    await desk.flash();
    expect(did).toEqual(['choose', 'look']);
    expect([desk.step, desk.isHalf]).toEqual(['firmware', isHalf]);
  },
);

it('a board that is gone is chosen anew, and what is no sentence yet becomes one', async () => {
  const { desk, next } = fake({ is: 'silent' });
  await desk.choose();
  next.flash = async () => {
    throw new BoardTrouble('gone', 'choose');
  };
  await desk.flash();
  expect([desk.step, desk.board]).toEqual(['port', null]);
  next.look = async () => {
    throw new TypeError('x is undefined');
  };
  await desk.choose();
  expect(desk.trouble?.message).toBe('That did not work: x is undefined. Try again.');
  expect(desk.doing).toBeNull();
});

it('putting it on another time is asked for first, for the kind of STOP that the board has now', async () => {
  const { desk, did } = fake({ is: 'ours', stop: 'normallyOpen' });
  await desk.choose();
  desk.wantAgain();
  expect([desk.step, did]).toEqual(['firmware', ['choose', 'look']]);
  await desk.flash();
  expect(did.at(-1)).toBe('flash normallyOpen');
  expect(desk.step).toBe('first');
});
