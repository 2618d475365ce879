/** The hazard page says what the table and the last figures say. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/installed.ts';
import { pagesWithFigures, withFigures } from '../faults/figure-table.ts';
import { hazardPage, type KeptFigures, notGreen } from '../faults/hazard-page.ts';
import { hazards } from '../faults/hazards.ts';

const read = (name: string): string => readFileSync(join(packageRoot, 'test', 'faults', name), 'utf8');

test('the hazard page is written from the table and the figures that stand beside it', () => {
  expect(read('HAZARDS.md')).toBe(hazardPage(JSON.parse(read('figures.json')) as KeptFigures));
});

test.each(pagesWithFigures)('%s gives the same figures', page => {
  const text = readFileSync(join(packageRoot, page), 'utf8');
  expect(text).toBe(withFigures(page, text, JSON.parse(read('figures.json')) as KeptFigures));
});

test('every figure that a hazard names has been measured', () => {
  const figures = JSON.parse(read('figures.json')) as KeptFigures;
  const named = hazards.flatMap(hazard => ('because' in hazard ? [] : (hazard.figures ?? [])));
  expect(named.filter(id => figures[id] === undefined)).toEqual([]);
});

test('no figure that was kept is beyond its bound', () => {
  const figures = Object.values(JSON.parse(read('figures.json')) as KeptFigures);
  expect(figures.length).toBeGreaterThan(5);
  expect(figures.filter(({ value, bound }) => bound !== undefined && value > bound)).toEqual([]);
});

test('a hazard whose test is missing or not green is told', () => {
  expect(notGreen(new Map())).toContain(
    'H1: no test "faults/kill.test.ts > both motor pins are low within 300 ms"',
  );
  const told = { failed: 'is not green', skipped: 'was not run' } as const;
  for (const state of ['failed', 'skipped'] as const) {
    const seen = new Map([
      ['faults/kill.test.ts > after kill -9 > both motor pins are low within 300 ms', state],
    ]);
    expect(notGreen(seen)).toContain(
      `H1: "faults/kill.test.ts > both motor pins are low within 300 ms" ${told[state]}`,
    );
  }
});
