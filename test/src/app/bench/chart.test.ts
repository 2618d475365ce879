import { describe, expect, it } from 'vitest';
import { chartSvg } from '../../../../src/app/bench/chart.ts';
import { type AnyRow, row, rowIds, unmeasured } from '../../../../src/app/bench/rows.ts';
import { sampleReport, sampleRows } from '../../../support/bench-report.ts';

/** Every tag closed in its order, every attribute in quotes, nothing loose: what a reader of XML wants. */
function wrongWithXml(text: string): string | null {
  const open: string[] = [];
  const pattern = /<(\/?)([A-Za-z][\w-]*)((?:\s+[A-Za-z][\w:-]*="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;
  let at = 0;
  for (const [whole, close, name = '', , self, loose] of text.matchAll(pattern)) {
    at += whole.length;
    if (loose !== undefined) {
      if (/&(?!amp;|lt;|gt;|quot;)/.test(loose)) return `a loose & in ${loose}`;
    } else if (close) {
      const last = open.pop();
      if (last !== name) return `${last} is closed as ${name}`;
    } else if (!self) open.push(name);
  }
  if (at !== text.length) return `cannot be read from ${text.slice(at, at + 60)}`;
  return open.length > 0 ? `${open.join(', ')} stay open` : null;
}

const marksOf = (svg: string, id: string): string =>
  new RegExp(`<g id="${id}">(.*)</g>`).exec(svg)?.[1] ?? '';
const svg = chartSvg(sampleReport);

describe('the chart', () => {
  it('is well-formed, whatever names a machine has', () => {
    expect(wrongWithXml(svg)).toBeNull();
    expect(wrongWithXml('<a><b></a>')).not.toBeNull();
    expect(wrongWithXml('<a>&</a>')).not.toBeNull();
    expect(wrongWithXml('<a b=c></a>')).not.toBeNull();
  });

  it('has a mark of ours, what one would do instead and the limit in every row that was measured', () => {
    for (const { id } of sampleRows) expect(marksOf(svg, id)).not.toBe('');
    const drift = marksOf(svg, 'drift-idle');
    expect([drift.match(/<circle/g)?.length, drift.match(/class="instead"/g)?.length]).toEqual([1, 1]);
    expect(drift).toContain('class="limit"');
    expect(marksOf(svg, 'stop-kill')).toContain('never');
    expect(marksOf(svg, 'memory-busy')).not.toContain('<circle');
    expect(marksOf(svg, 'memory-busy')).toContain('no such &lt;file&gt;');
  });

  it('has machine and date, its own colours for light and dark, and no script', () => {
    expect(svg).toContain('A &lt;fast&gt; chip &amp; more, 2 cores');
    expect(svg).toContain('2026-01-02');
    expect(svg).toContain('prefers-color-scheme:dark');
    expect(svg).not.toMatch(/<script|\son\w+=|href|url\(/);
  });

  it('is the same for the same run', () => {
    expect(chartSvg(sampleReport)).toBe(svg);
  });

  it('sets ten times as much always as far to the right, and a zero left of all', () => {
    const at = (value: number): number => {
      const rows = [1, 10, 100, value].map((sample, nth) =>
        row(rowIds[nth] ?? 'size', { unit: 'ms', samples: [sample] }),
      );
      return Number(
        /<circle[^>]* cx="([\d.]+)"/.exec(marksOf(chartSvg({ ...sampleReport, rows }), rowIds[3] ?? ''))?.[1],
      );
    };
    expect(at(10) - at(1)).toBeCloseTo(at(100) - at(10), 0);
    expect(at(0)).toBeLessThan(at(1));
  });

  it('has room for every row there is, in at most 60 kB, whatever was measured', () => {
    const rows: readonly AnyRow[] = rowIds.map((id, nth) =>
      nth % 9 === 8
        ? unmeasured(id, 'MB', 'w'.repeat(4000))
        : row(id, {
            unit: 'ms',
            samples: Array.from({ length: 5000 }, (_, at) => 10 ** ((at % 30) - 12)),
            instead: ['a', 'b', 'c'].map(by => ({ by: by.repeat(200), samples: [1e300, 0] })),
            limit: 1e-300,
            values: {},
          }),
    );
    const large = chartSvg({ ...sampleReport, rows });
    expect(wrongWithXml(large)).toBeNull();
    for (const id of rowIds) expect(marksOf(large, id)).not.toBe('');
    expect(large).not.toMatch(/NaN|Infinity|undefined/);
    expect(large.length).toBeLessThan(60_000);
  });
});
