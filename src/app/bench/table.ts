/** The table, in a terminal and as Markdown. */
import { figureWords } from '../../../machines/text/figures.ts';
import { fill } from '../../../machines/text/text.ts';
import { machineLine } from './machine.ts';
import type { Report } from './report.ts';
import {
  type AnyRow,
  hasSamples,
  isMeasured,
  type Limit,
  type Row,
  type SampleSet,
  type Unit,
  type Without,
} from './rows.ts';
import { spread } from './samples.ts';

const { table: words } = figureWords;

/** Three figures that count, thousands apart; what is small keeps two behind the point. */
export function shownNumber(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e9) return value.toExponential(0);
  if (size >= 1000) return Math.round(value).toLocaleString('en-US');
  if (size >= 100) return value.toFixed(0);
  if (size >= 10) return value.toFixed(1).replace(/\.0$/, '');
  return size < 0.005 ? value.toExponential(0) : value.toFixed(2).replace(/\.?0+$/, '');
}

/** Long times are read in seconds and minutes. */
export function shownValue(value: number, unit: Unit): string {
  if (unit !== 'ms') return shownNumber(value);
  if (value >= 120_000) return `${shownNumber(value / 60_000)} min`;
  return value >= 10_000 ? `${shownNumber(value / 1000)} s` : shownNumber(value);
}

const unitOf = (unit: Unit): string => (unit === '% of a core' ? ' %' : ` ${unit}`);

/** "3.1 / 4 / 4.2 ms", or the one there is. */
export function shownSamples({ samples }: SampleSet, { unit, better }: Pick<Row, 'unit' | 'better'>): string {
  const { p50, p99, worst } = spread(samples, better);
  const all = samples.length === 1 ? [p50] : [p50, p99, worst];
  const text = all.map(value => shownValue(value, unit)).join(' / ');
  return / (s|min)$/.test(text) ? text : `${text}${unitOf(unit)}`;
}

const insteadText = (one: SampleSet | Without, row: Row): string =>
  `${one.by}: ${hasSamples(one) ? shownSamples(one, row) : one.why}`;

const limitText = ({ value, why }: Limit, { unit }: Row): string => {
  const text = shownValue(value, unit);
  return `${text}${/ (s|min)$/.test(text) ? '' : unitOf(unit)}: ${why}`;
};

/** A row as lines for a terminal: what, ours, what one would do instead, the limit. */
export function rowText(row: AnyRow): string {
  if (!isMeasured(row)) return `${row.what}\n  ${fill(words.notMeasured, { why: row.why })}\n`;
  const width = Math.max(
    words.limit.length,
    ...[row.ours, ...row.instead].map(one => (hasSamples(one) ? shownSamples(one, row).length : 0)),
  );
  const line = (value: string, by: string): string => `  ${value.padStart(width)}  ${by}\n`;
  return [
    `${row.what}\n`,
    line(
      shownSamples(row.ours, row),
      `${row.ours.by} (${fill(words.samples, { count: row.ours.samples.length })})`,
    ),
    ...row.instead.map(one =>
      line(
        hasSamples(one) ? shownSamples(one, row) : words.none,
        hasSamples(one) ? one.by : `${one.by}: ${one.why}`,
      ),
    ),
    ...(row.limit ? [line(words.limit, limitText(row.limit, row))] : []),
  ].join('');
}

export const tableText = (report: Report): string =>
  [`${machineLine(report.machine)}; ${words.spread}\n`, ...report.rows.map(rowText)].join('\n');

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** One line of a Markdown table. */
function markdownRow(row: AnyRow): string {
  const cells = isMeasured(row)
    ? [
        row.what,
        `${shownSamples(row.ours, row)}<br>${row.ours.by}`,
        row.instead.map(one => insteadText(one, row)).join('<br>') || words.none,
        row.limit ? limitText(row.limit, row) : words.none,
      ]
    : [row.what, fill(words.notMeasured, { why: row.why }), words.none, words.none];
  return `| ${cells.map(cell).join(' | ')} |`;
}

export const tableMarkdown = ({ rows }: Report): string =>
  [
    `| ${words.figure} | ${words.ours}, ${words.spread} | ${words.instead} | ${words.limit} |`,
    '|---|---|---|---|',
    ...rows.map(markdownRow),
  ].join('\n');
