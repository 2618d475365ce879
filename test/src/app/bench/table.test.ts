import { describe, expect, it } from 'vitest';
import {
  rowText,
  shownNumber,
  shownSamples,
  tableMarkdown,
  tableText,
} from '../../../../src/app/bench/table.ts';
import { sampleReport, sampleRows } from '../../../support/bench-report.ts';

describe('the table', () => {
  it('has ours, what one would do instead and the limit in every row', () => {
    const text = tableText(sampleReport);
    expect(text).toMatch(
      /^A <fast> chip & more, 2 cores, Node 20\.19\.0, Linux 6, 2026-01-02, Tactus 0\.1\.0 \(0123abcdef\)/,
    );
    expect(text).toMatch(/^ +0\.4 \/ 0\.9 \/ 0\.9 ms {2}absolute deadlines \(of 4\)$/m);
    expect(text).toMatch(/^ +2 \/ 4 \/ 4 ms {2}setInterval$/m);
    expect(text).toMatch(/^ +limit {2}250 ms: /m);
    for (const { what } of sampleRows) expect(text).toContain(what);
  });

  it('says why something has no figure, and shows no zero for it', () => {
    const text = rowText(sampleRows[4] ?? expect.fail('no such row'));
    expect(text).toBe('memory of start, pacing\n  not measured: no such <file> & "folder"\n');
    expect(tableText(sampleReport)).toMatch(/^ +— {2}Johnny-Five’s animation: not here$/m);
  });

  it('is one line a row as Markdown, whatever stands in it', () => {
    const odd = { ...sampleReport, rows: sampleRows.map(row => ({ ...row, what: 'a|b\nc' })) };
    const lines = tableMarkdown(odd).split('\n');
    expect(lines).toHaveLength(2 + sampleRows.length);
    for (const line of lines.slice(2)) {
      expect(line).toContain('a\\|b c');
      expect(line.split(/(?<!\\)\|/)).toHaveLength(6);
    }
  });

  it.each([
    [0, '0'],
    [0.00021, '2e-4'],
    [0.4, '0.4'],
    [2.71, '2.71'],
    [20, '20'],
    [20.04, '20'],
    [254.1, '254'],
    [34_319.2, '34,319'],
  ])('shows %d with as many figures as count: %s', (value, shown) => {
    expect(shownNumber(value)).toBe(shown);
  });

  it('reads long times in seconds and minutes', () => {
    const ms = { unit: 'ms', better: 'less' } as const;
    expect(shownSamples({ by: '', samples: [25_319] }, ms)).toBe('25.3 s');
    expect(shownSamples({ by: '', samples: [3_900_000] }, ms)).toBe('65 min');
    expect(shownSamples({ by: '', samples: [9000] }, ms)).toBe('9,000 ms');
  });
});
