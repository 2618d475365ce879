import { describe, expect, it } from 'vitest';
import { type Family, families, measured } from '../../../../src/app/bench/families.ts';
import { row, rowIds } from '../../../../src/app/bench/rows.ts';
import { beatsLeftS, type World } from '../../../../src/app/bench/world.ts';

const world = { beatsS: () => 7 } as World;
const all = new Set(rowIds);

const made: Family = {
  rows: [['size', 'MB']],
  aboutS: 1,
  measure: async () => [row('size', { unit: 'MB', samples: [3] })],
};
const fails: Family = {
  rows: [
    ['ready', 'ms'],
    ['wire', 'bytes a minute'],
  ],
  aboutS: 'beats',
  measure: async () => {
    throw new Error('the board fell off\n    at somewhere.ts');
  },
};

describe('a run', () => {
  it('measures each row of the table, in one place', () => {
    const ids = families.flatMap(({ rows }) => rows.map(([id]) => id));
    expect(ids.toSorted()).toEqual([...rowIds].toSorted());
  });

  it('goes on where something cannot be measured, and says why in its row', async () => {
    expect(await measured(world, all, undefined, [fails, made])).toMatchObject([
      { id: 'wire', why: 'the board fell off' },
      { id: 'ready', unit: 'ms', why: 'the board fell off' },
      { id: 'size', ours: { samples: [3] } },
    ]);
  });

  it('measures what is wanted alone, and tells what it is about to do', async () => {
    const told: unknown[] = [];
    const rows = await measured(
      world,
      new Set(['wire'] as const),
      (nth, of, { rows: [first] }, aboutS) => told.push([nth, of, first?.[0], aboutS]),
      [made, fails],
    );
    expect(rows.map(({ id }) => id)).toEqual(['wire']);
    expect(told).toEqual([[1, 1, 'wire', 7]]);
  });

  it('compares beats for as long as the rest leaves of ten minutes', () => {
    expect(beatsLeftS(300)).toBe(120);
    expect(beatsLeftS(0)).toBe(240);
    expect(beatsLeftS(1000)).toBe(30);
  });
});
