/** What a browser keeps of boards: read as far as it can be understood, and what cannot be is never written over unseen. */
import { describe, expect, it } from 'vitest';
import { boardKindId } from '../../../../simulator/demo/board/board-id.ts';
import { tuningHere } from '../../../../simulator/demo/board/tuning-here.ts';
import { KeptBoards } from '../../../../simulator/demo/kept/kept-boards.ts';
import { type BoardSettings, untried } from '../../../../src/app/known-board.ts';
import { TextInMemory } from '../../../support/text-in-memory.ts';

const uno = 'kind:2341:0043';
const swapped = (): BoardSettings => {
  const usual = untried();
  return { ...usual, calibration: { ...usual.calibration, swapped: true } };
};

describe('what was found out about a board', () => {
  it('is there again, under its id alone', async () => {
    const place = new TextInMemory();
    expect(await new KeptBoards(place).keep(uno, swapped())).toBe(true);
    expect((await new KeptBoards(place).of(uno)).settings?.calibration.swapped).toBe(true);
    expect(await new KeptBoards(place).of('kind:1a86:7523')).toEqual({ settings: null, said: null });
  });

  it('is kept beside what is known of others, understood or not', async () => {
    const place = new TextInMemory(JSON.stringify({ version: 1, boards: { other: { odd: 1 } } }));
    await new KeptBoards(place).keep(uno, swapped());
    expect(JSON.parse(place.text ?? '').boards.other).toEqual({ odd: 1 });
    expect(place.aside).toEqual([]);
  });

  it.each([
    ['no JSON', '{"version":1,"bo'],
    ['of another version', JSON.stringify({ version: 2, boards: {} })],
    ['another thing', '[]'],
  ])('is set aside and said where it is %s; then it can be kept anew', async (_, text) => {
    const place = new TextInMemory(text);
    const boards = new KeptBoards(place);
    const { settings, said } = await boards.of(uno);
    expect(settings).toBeNull();
    expect(said).toContain('aside-1');
    expect(place.text).toBe(text);
    await boards.keep(uno, swapped());
    expect(place.aside).toContain(text);
    expect((await boards.of(uno)).settings?.calibration.swapped).toBe(true);
  });

  it('is read field by field: what is odd is named, the usual stands there, and it is set aside before it goes', async () => {
    const odd = { ...swapped(), stop: 'sideways' };
    const text = JSON.stringify({ version: 1, boards: { [uno]: odd } });
    const place = new TextInMemory(text);
    const { settings, said } = await new KeptBoards(place).of(uno);
    expect(settings).toMatchObject({ stop: 'normallyClosed', calibration: { swapped: true } });
    expect(said).toContain('stop');
    await new KeptBoards(place).keep(uno, swapped());
    expect(place.aside).toEqual([text]);
  });

  it('is not written over what nobody understands where that cannot be set aside', async () => {
    const place = new TextInMemory('?');
    place.isFull = true;
    expect(await new KeptBoards(place).keep(uno, swapped())).toBe(false);
    expect(place.text).toBe('?');
  });
});

describe('a board behind a browser’s port', () => {
  it('is known by its maker and product, for more a browser does not tell', () => {
    expect(boardKindId({ usbVendorId: 0x2341, usbProductId: 0x43 })).toBe(uno);
    expect(boardKindId({})).toBe('kind:none');
  });

  it('drives the next session by what is known, and keeps what a calibration finds', async () => {
    const kept: BoardSettings[] = [];
    const keep = async (settings: BoardSettings): Promise<boolean> => {
      kept.push(settings);
      return true;
    };
    const known = { ...swapped(), stop: 'normallyOpen' as const };
    const tuning = tuningHere({ id: uno, settings: known }, keep);
    expect(tuning.known()?.calibration.swapped).toBe(true);
    await tuning.keep(null);
    expect(tuning.known()).toBeNull();
    expect(kept).toMatchObject([{ stop: 'normallyOpen', calibration: { swapped: false } }]);
  });

  it('holds it for this visit where the browser keeps nothing, and says so', async () => {
    const tuning = tuningHere({ id: uno, settings: null }, async () => false);
    await expect(tuning.keep(swapped().calibration)).rejects.toThrow('This browser saves nothing.');
    expect(tuning.known()?.calibration.swapped).toBe(true);
  });
});
