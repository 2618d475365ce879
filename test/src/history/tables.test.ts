import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import {
  csvCell,
  csvOf,
  csvReport,
  csvTrends,
  jsonReport,
  listedSession,
} from '../../../src/history/tables.ts';
import { keptOf } from '../../support/kept.ts';
import { isLong } from '../../support/length.ts';

// Whole sessions and many cases: a busy machine takes its time over them.
vi.setConfig({ testTimeout: 60_000 });

/** As a spreadsheet reads it: rows of cells. */
function read(csv: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]];
  let cell = '';
  let isQuoted = false;
  for (let index = 0; index < csv.length; index++) {
    const character = csv[index] ?? '';
    if (isQuoted) {
      if (character === '"' && csv[index + 1] === '"') {
        cell += '"';
        index += 1;
      } else if (character === '"') isQuoted = false;
      else cell += character;
    } else if (character === '"') isQuoted = true;
    else if (character === ',') {
      rows.at(-1)?.push(cell);
      cell = '';
    } else if (character === '\n') {
      rows.at(-1)?.push(cell);
      cell = '';
      rows.push([]);
    } else if (character !== '\r') cell += character;
  }
  rows.pop();
  return rows;
}

/** What spreadsheets run: the beginning of a cell, spaces aside. */
const runs = /^\s*[=+\-@\t\r|%]/;

describe('a cell', () => {
  it.each([
    '=1+1',
    '=HYPERLINK("http://x","y")',
    '+1',
    '-1+cmd|x',
    '@SUM(A1)',
    '\t=1',
    ' =1',
    '\r\n=1',
    '"=1',
    "'=1",
    '|calc',
    '%0A=1',
    '＝1+1',
    '－1',
    '\u200b=1+1',
  ])('%j runs nothing in a spreadsheet', text => {
    const [[cell = '']] = read(
      csvOf(['x'], [[text]])
        .split('\n')
        .slice(1)
        .join('\n'),
    ) as [[string]];
    expect(cell).not.toMatch(runs);
  });

  it.each(['x;=1+1', 'x; =HYPERLINK("http://x","y")', 'a;b;"=1+1', 'x;\u200b@SUM(A1)'])(
    '%j runs nothing where cells are parted by semicolons',
    text => {
      const [, row = ''] = csvOf(['x', 'y'], [['first', text]]).split('\r\n');
      // Quotes in mid-line may count for nothing there.
      for (const cell of row.split(';')) expect(cell.replace(/^[\s"\p{Cf}]+/u, '')).not.toMatch(runs);
      expect(row.split(';').at(-1)).toMatch(/^'/);
    },
  );

  it('never leaves its place, whatever it holds', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 5 }), texts => {
        const [head, row, ...more] = read(csvOf(texts.map(String), [texts]));
        expect(more).toEqual([]);
        expect(head).toHaveLength(texts.length);
        expect(row).toHaveLength(texts.length);
        for (const cell of row ?? []) expect(cell).not.toMatch(runs);
      }),
      { numRuns: isLong ? 100 : 25 },
    );
  });

  it('is a number where it is one, and empty where there is nothing', () => {
    expect([csvCell(1.5), csvCell(-2), csvCell(null)]).toEqual(['1.5', '-2', '']);
  });
});

describe('a session as a table', () => {
  it('has a row a phase and side, with the same cells in each', async () => {
    const rows = read(csvReport(await keptOf()));
    expect(rows).toHaveLength(10);
    expect(new Set(rows.map(row => row.length)).size).toBe(1);
    expect(rows[1]).toContain('left');
  });

  it('runs nothing, whatever a note or a title says', async () => {
    const kept = await keptOf();
    const hostile = {
      ...kept,
      header: { ...kept.header, routine: { ...kept.header.routine, id: '=cmd', title: '@x' } },
      records: [
        ...kept.records,
        { type: 'note' as const, writtenAt: '2026-03-01T19:00:00.000Z', text: '=cmd|"/c calc"!A0\n+1' },
      ],
    };
    for (const csv of [csvReport(hostile), csvTrends([listedSession(hostile)])])
      for (const cell of read(csv).flat()) expect(cell).not.toMatch(/^\s*[=+@|]/);
  });

  it('played in steered time says so in each row and in its row of many', async () => {
    const kept = await keptOf();
    const practice = { ...kept, records: [...kept.records, { type: 'steered' as const, at: 5000 }] };
    const lastCells = (csv: string) => read(csv).map(row => row.at(-1));
    expect(new Set(lastCells(csvReport(practice)).slice(1))).toEqual(new Set(['steered']));
    expect(lastCells(csvTrends([listedSession(practice), listedSession(kept)]))).toEqual([
      'practice',
      'steered',
      '',
    ]);
  });

  it('as JSON is all there is, and what it comes to', async () => {
    const kept = await keptOf();
    const all = JSON.parse(jsonReport(kept));
    expect(all.records).toHaveLength(kept.records.length);
    expect(all.summary.strokes).toBeGreaterThan(50);
  });
});
