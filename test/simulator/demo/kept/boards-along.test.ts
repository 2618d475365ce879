/** What was found out about boards goes along in the file, and never over what somebody has found out since. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepFound } from '../../../../simulator/demo/kept/boards-along.ts';
import { KeptBoards } from '../../../../simulator/demo/kept/kept-boards.ts';
import { mostBoards, takeBoards } from '../../../../simulator/demo/kept/take-boards.ts';
import type { TakenIn } from '../../../../simulator/page/history/taken-in.ts';
import { type BoardSettings, untried } from '../../../../src/app/known-board.ts';
import { BrowserInMemory, type Tab } from '../../../support/browser-kept.ts';
import { TextInMemory } from '../../../support/text-in-memory.ts';

let memory: BrowserInMemory;
let tab: Tab;
beforeEach(() => {
  memory = new BrowserInMemory(() => Date.parse('2026-03-01T18:30:00Z'));
  tab = memory.tab();
});
afterEach(() => memory.close());

const uno = 'kind:2341:0043';
const clone = 'kind:1a86:7523';
const calibrated = (startDuty: number, at = '2026-02-01T10:00:00.000Z'): BoardSettings => {
  const { calibration } = untried();
  return {
    at,
    stop: 'normallyClosed',
    calibration: { ...calibration, left: { ...calibration.left, startDuty } },
  };
};
const place = (boards: Readonly<Record<string, unknown>> = {}): TextInMemory =>
  new TextInMemory(JSON.stringify({ version: 1, boards }));

/** Adds a file where this is kept, as the page does. */
async function add(file: string, text: TextInMemory): Promise<TakenIn> {
  const boards = new KeptBoards(text);
  const answer = await tab.along('POST', await boards.all(), file);
  return keepFound(JSON.parse(answer.body), answer.boards, boards);
}
const fileOf = (boards: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({ tactus: 'kept', v: 1, savedAt: '', boards });

describe('a calibration', () => {
  it('is in the file, and is there again where it is added, once', async () => {
    const found = { [uno]: calibrated(70), [clone]: calibrated(80) };
    const { body } = await tab.along('GET', found);
    const text = place();
    expect(await add(body, text)).toMatchObject({ took: { boards: 2 }, had: 0, left: [], notes: [] });
    expect(await new KeptBoards(text).all()).toEqual(found);
    expect(await add(body, text)).toMatchObject({ took: { boards: 0 }, had: 2, left: [] });
  });

  it.each(['2026-01-01T00:00:00.000Z', '2026-02-20T00:00:00.000Z'])(
    'that was found out here stays, and the one of the file, of %s, is told with both days',
    async at => {
      const text = place({ [uno]: calibrated(70) });
      const taken = await add(fileOf({ [uno]: calibrated(90, at) }), text);
      expect(taken.took.boards).toBe(0);
      expect(taken.left).toEqual([
        { where: `boards.${uno}`, why: expect.stringMatching(`2026-02-01.*stays.*${at.slice(0, 10)}`) },
      ]);
      expect(await new KeptBoards(text).all()).toEqual({ [uno]: calibrated(70) });
    },
  );

  it('that was found out between the look and the adding stays, too', async () => {
    const text = place();
    const boards = new KeptBoards(text);
    const answer = await tab.along('POST', await boards.all(), fileOf({ [uno]: calibrated(90) }));
    await boards.keep(uno, calibrated(70));
    const taken = await keepFound(JSON.parse(answer.body), answer.boards, boards);
    expect(taken).toMatchObject({ took: { boards: 0 }, left: [{ where: `boards.${uno}` }] });
    expect((await boards.of(uno)).settings).toEqual(calibrated(70));
  });

  it('goes to a board that was tried out here and not calibrated, whose STOP stays as it was seen', async () => {
    const here: BoardSettings = { ...untried(), stop: 'normallyOpen' };
    const text = place({ [uno]: here });
    const taken = await add(fileOf({ [uno]: calibrated(90) }), text);
    expect(taken).toMatchObject({ took: { boards: 1 }, left: [], notes: [{ where: `boards.${uno}` }] });
    expect((await new KeptBoards(text).of(uno)).settings).toEqual({
      ...calibrated(90),
      stop: 'normallyOpen',
    });
  });

  it('is told as not kept where the browser keeps nothing', async () => {
    const text = place();
    text.isFull = true;
    const taken = await add(fileOf({ [uno]: calibrated(90) }), text);
    expect(taken).toMatchObject({ took: { boards: 0 }, left: [{ where: `boards.${uno}` }] });
  });
});

describe('of a file', () => {
  it('a field that is out of bounds has the usual, and is named; what is no board is left out', () => {
    const odd = calibrated(90);
    const strong = {
      ...odd,
      calibration: { ...odd.calibration, right: { startDuty: 1, ratedDuty: 9999, kickDuty: 1 } },
    };
    const { boards, left, notes } = takeBoards(
      { [uno]: strong, [clone]: 7, mine: calibrated(90), 'kind:2341:0001': null },
      {},
    );
    expect(Object.keys(boards)).toEqual([uno]);
    expect(boards[uno]?.calibration.right).toEqual(untried().calibration.right);
    expect(boards[uno]?.calibration.left.startDuty).toBe(90);
    expect(notes.map(({ where }) => where)).toEqual([`boards.${uno}.calibration.right`]);
    expect(left.map(({ where }) => where)).toEqual([
      `boards.${clone}`,
      'boards.mine',
      'boards.kind:2341:0001',
    ]);
  });

  it('no more boards are taken than have room', () => {
    const many = Object.fromEntries(
      Array.from({ length: mostBoards + 9 }, (_, index) => [
        `kind:2341:${index.toString(16).padStart(4, '0')}`,
        calibrated(90),
      ]),
    );
    const { boards, left } = takeBoards(many, {});
    expect([Object.keys(boards).length, left.length]).toEqual([mostBoards, 9]);
  });
});
