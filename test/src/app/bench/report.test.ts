import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { figuresPage, readmeIn, withBlock } from '../../../../src/app/bench/pages.ts';
import { figuresOf, reportSchema } from '../../../../src/app/bench/report.ts';
import { row } from '../../../../src/app/bench/rows.ts';
import { reportFrom } from '../../../../src/app/bench/run.ts';
import { Exit } from '../../../../src/app/exit.ts';
import { packageRoot } from '../../../../src/installed.ts';
import { sampleReport, sampleRows } from '../../../support/bench-report.ts';
import { scratch } from '../../../support/cli.ts';

const files = scratch();

describe('a report', () => {
  it('has every sample, machine, date and version, and is read again as it was written', () => {
    const path = files.file('report.json', sampleReport);
    expect(reportFrom(path)).toEqual(sampleReport);
    expect(v.parse(reportSchema, sampleReport).rows[0]).toMatchObject({
      ours: { samples: [0.4, 0.5, 0.9, 0.2] },
    });
  });

  it.each([
    ['no JSON', '{', 'is no JSON'],
    ['something else', { rows: [] }, 'is no report'],
    [
      'a row of an unknown name',
      { ...sampleReport, rows: [{ ...sampleRows[0], id: 'sing' }] },
      'is no report',
    ],
  ])('is refused where it is %s, with 65', (_what, content, said) => {
    let error: unknown;
    try {
      reportFrom(files.file('wrong.json', content));
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(Exit);
    expect(error).toMatchObject({ code: 65, message: expect.stringContaining(said) });
  });

  it('is no row where nothing was measured: that would be told as something', () => {
    expect(() => row('size', { unit: 'MB', samples: [] })).toThrow('no sample');
  });
});

describe('the figures as scripts know them', () => {
  const [drift, stop, session, , ...rest] = figuresOf(sampleRows);

  it('are numbers, with what is done instead and their ratio', () => {
    expect(drift).toMatchObject({
      unit: 'ms',
      ours: 0.2,
      oursBy: 'absolute deadlines',
      instead: 4,
      insteadBy: 'setInterval',
      ratio: 20,
    });
    expect(rest).toEqual([]);
  });

  it('have none where nothing is done instead that ends', () => {
    expect(stop).toMatchObject({ ours: 212.5, instead: null, insteadBy: null, ratio: null });
  });

  it('have a session cold and warm, beside waiting for it', () => {
    expect(session).toMatchObject({
      ours: 400,
      instead: 3_900_000,
      ratio: 9750,
      warm: 100,
      warmRatio: 39_000,
    });
  });
});

describe('the front page', () => {
  const marks = '<!-- bench: written by npm run -s tactus -- bench --readme -->';

  it('has its block written anew, and nothing else', () => {
    const text = `before\n${marks}\nold\n<!-- bench end -->\nafter\n`;
    const once = withBlock(text, sampleReport);
    expect(once).toMatch(/^before\n/);
    expect(once).toMatch(/<!-- bench end -->\nafter\n$/);
    expect(once).toContain('A <fast> chip & more, 2 cores');
    expect(once).not.toContain('old');
    expect(withBlock(once, sampleReport)).toBe(once);
  });

  it('is left as it is where its marks are gone', () => {
    expect(() => withBlock('no marks', sampleReport)).toThrow(Exit);
    expect(() => withBlock(`<!-- bench end -->${marks}`, sampleReport)).toThrow(Exit);
  });

  it('is found in a checkout, and nowhere else', () => {
    expect(readmeIn(packageRoot)).toMatch(/README\.md$/);
    expect(() => readmeIn(files.path('.'))).toThrow('installed package');
  });

  it('leads to a page with every row, and how long beats were compared', () => {
    const page = figuresPage(sampleReport);
    for (const { what } of sampleRows) expect(page).toContain(what);
    expect(page).toContain('Beats are compared over 2 min');
  });
});
