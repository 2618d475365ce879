import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { leaseLimits } from '../../machines/limits.ts';
import { type Report, reportSchema } from '../../src/app/bench/report.ts';
import { hasSamples, isMeasured } from '../../src/app/bench/rows.ts';
import { scratch, tactus } from '../support/cli.ts';
import { tactusHere } from '../support/in-process.ts';

const files = scratch();

type Told = Readonly<{
  id: string;
  what: string;
  ours: number;
  instead: number | null;
  ratio: number | null;
  warm?: number;
  warmRatio?: number;
}>;

/** What takes little, and is of every kind. */
const someRows = 'drift-idle,session-machines,instructions,stop-lapse,size';

it('tells what it is doing, each figure in words, and keeps all of it in its report, which is shown again', async () => {
  const report = files.path('report.json');
  const { code, out, err } = await tactus(['bench', '--seconds', '1', '--only', someRows, '--json', report]);
  expect(code).toBe(0);
  const order = ['session-machines', 'instructions', 'stop-lapse', 'drift-idle', 'size'];
  const lines = err.trimEnd().split('\n');
  expect(lines.slice(0, -1)).toEqual(
    order.map((id, index) => expect.stringMatching(`^${index + 1} of 5: ${id} … about \\d+ s$`)),
  );
  expect(lines[3]).toMatch(/ about 1 s$/);
  expect(lines.at(-1)).toMatch(/^measured in \d+ s$/);
  expect(out).toMatch(/^a beat of 250 ms, away from its place, over 1 s\n.* absolute deadlines \(of \d+\)$/m);
  expect(out).toContain('stock Firmata: never');
  const again = await tactusHere(['bench', '--from', report, '--svg', files.path('chart.svg')]);
  expect(again).toMatchObject({ code: 0, out });
  expect(readFileSync(files.path('chart.svg'), 'utf8')).toContain('<g id="drift-idle">');
  expect((await tactusHere(['bench', '--from', report, '--markdown'])).out).toMatch(/^\| figure \|/);
  expectFigures((await tactusHere(['bench', '--from', report, '--json'])).out);
});

/** Each figure beside what one would do instead, measured in the same run. */
function expectFigures(out: string): void {
  const figures = JSON.parse(out) as Told[];
  expect(figures.map(({ id }) => id).toSorted()).toEqual(someRows.split(',').toSorted());
  for (const { ours, instead, ratio } of figures) {
    expect(ours).toBeGreaterThanOrEqual(0);
    expect(ratio).toBe(instead !== null && ours > 0 ? instead / ours : null);
  }
  // The machines alone are told warm as well, by how many times they outrun real time.
  const warmed = figures.filter(({ warm }) => warm !== undefined);
  expect(warmed.map(({ what }) => what.replace(/ of .*/, ''))).toEqual(['a whole leg-and-back']);
  for (const { ours, instead, warm = Number.NaN, warmRatio } of warmed) {
    expect(warm).toBeLessThanOrEqual(ours);
    expect(warmRatio).toBe((instead ?? Number.NaN) / warm);
  }
  // In virtual time, so that no busy machine can change it: the firmware lets go within its lease.
  const silence = figures.find(({ id }) => id === 'stop-lapse');
  expect(silence?.ours).toBeGreaterThan(0);
  expect(silence?.ours).toBeLessThanOrEqual(leaseLimits.leaseMs);
}

it('says nothing but the figures where they alone are asked for', async () => {
  const { code, out, err } = await tactus(['bench', '--seconds', '1', '--json', '--only', 'size']);
  expect([code, err]).toEqual([0, '']);
  expect((JSON.parse(out) as Told[]).map(({ id }) => id)).toEqual(['size']);
});

describe('with a board, a controller and a page, each in its place,', () => {
  const rows =
    'press-pin,press-page,stop-page,stop-sigterm,stop-kill,cpu-idle,memory-busy,viewers,sessions,ready';

  it('every row is measured, or says why it could not be', async () => {
    const { code, out } = await tactus(['bench', '--seconds', '1', '--only', rows, '--json', '-']);
    expect(code).toBe(0);
    const report: Report = v.parse(reportSchema, JSON.parse(out));
    expect(report.rows.map(({ id }) => id).toSorted()).toEqual(rows.split(',').toSorted());
    for (const row of report.rows)
      if (isMeasured(row))
        for (const { samples } of [row.ours, ...row.instead].filter(hasSamples))
          for (const sample of samples) expect(sample).toBeGreaterThanOrEqual(0);
      // A machine that is held up too long for a session to go on can measure none.
      else expect(row.why).not.toBe('');
  });
});

describe('wrong words are refused with 64:', () => {
  it.each([
    ['no second at all', ['--seconds', '0']],
    ['a row that there is not', ['--only', 'drift-idel']],
    ['no row', ['--only', ',']],
  ])('%s', async (_what, words) => {
    expect((await tactusHere(['bench', ...words])).code).toBe(64);
  });

  it('and a row that was meant is named', async () => {
    expect((await tactusHere(['bench', '--only', 'drift-idel'])).err).toContain('drift-idle');
  });
});
