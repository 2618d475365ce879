/**
 * The chart: every row with its marks on a scale of powers of ten, one scale for each unit. A pure function of a report,
 * so that the same run draws the same bytes. It has no script, and its colours are those of the reader's own theme.
 */
import { figureWords } from '../../../machines/text/figures.ts';
import { machineLine } from './machine.ts';
import type { Report } from './report.ts';
import {
  type AnyRow,
  hasSamples,
  isMeasured,
  type Row,
  type SampleSet,
  type Unit,
  units,
  type Without,
} from './rows.ts';
import { spread } from './samples.ts';
import { shownNumber, shownSamples, shownValue } from './table.ts';

const { table: words } = figureWords;
const names: Readonly<Record<string, string>> = figureWords.by;
const shortNames: Readonly<Record<string, string>> = figureWords.short;

const width = 960;
const labelX = 12;
const plotX = 470;
const plotEnd = width - 24;
/** Room at the left of a scale for what is zero: no power of ten reaches it. */
const zeroRoom = 26;
const rowHeight = 40;
const headHeight = 64;
const axisHeight = 34;

const style = `
text{font:12px system-ui,sans-serif;fill:#1f2328}
.title{font-size:15px;font-weight:600}
.quiet{fill:#59636e;font-size:11px}
.grid{stroke:#d1d9e0}
.ours{fill:#0969da;stroke:#0969da}
.instead{fill:none;stroke:#bc4c00;stroke-width:1.8}
.limit{stroke:#1a7f37;stroke-width:2.5}
.back{fill:#fff}
@media (prefers-color-scheme:dark){
text{fill:#f0f6fc}.quiet{fill:#9198a1}.grid{stroke:#3d444d}.back{fill:#0d1117}
.ours{fill:#4493f8;stroke:#4493f8}.instead{stroke:#f0883e}.limit{stroke:#3fb950}}`;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const tenth = (value: number): string => String(Math.round(value * 10) / 10);

type Scale = Readonly<{ x(value: number): number; decades: readonly number[] }>;

/** Every value of a row that has a mark. */
const valuesOf = (row: Row): readonly number[] => {
  const own = spread(row.ours.samples, row.better);
  const others = row.instead.filter(hasSamples).map(one => spread(one.samples, row.better).p50);
  return [own.p50, own.worst, ...others, ...(row.limit ? [row.limit.value] : [])];
};

/** From the power of ten below the least to that above the most; at most twelve of them, whatever was measured. */
function scaleOf(rows: readonly Row[]): Scale {
  const positive = rows.flatMap(valuesOf).filter(value => value > 0 && Number.isFinite(value));
  const most = Math.ceil(Math.log10(Math.max(1, ...positive)));
  const least = Math.max(most - 12, Math.floor(Math.log10(Math.min(1, ...positive))));
  const span = Math.max(1, most - least);
  const from = plotX + zeroRoom;
  return {
    x: value =>
      value <= 0
        ? plotX
        : Math.max(from, Math.min(plotEnd, from + ((Math.log10(value) - least) / span) * (plotEnd - from))),
    decades: Array.from({ length: span + 1 }, (_, nth) => least + nth),
  };
}

const text = (x: number, y: number, said: string, kind = '', anchor = ''): string =>
  `<text x="${tenth(x)}" y="${tenth(y)}"${kind && ` class="${kind}"`}${anchor && ` text-anchor="${anchor}"`}>${escaped(said)}</text>`;

const diamond = (x: number, y: number): string =>
  `<path class="instead" d="M${tenth(x)} ${tenth(y - 6)}l6 6l-6 6l-6-6z"/>`;

/** What fits into the room of a label, and into what is shown of a mark; the page beside the chart has all of it. */
const mostChars = { label: 78, title: 200 };
const short = (said: string, most = mostChars.label): string =>
  said.length <= most ? said : `${said.slice(0, most - 1)}…`;
const titled = (said: string): string => `<title>${escaped(short(said, mostChars.title))}</title>`;

/** Spaces that an SVG keeps. */
const gap = '\u00a0\u00a0\u00a0';

/** By its short name, where it has one: a label has room for no more. */
const shortOf = (by: string): string =>
  shortNames[Object.keys(names).find(key => names[key] === by) ?? ''] ?? by;

function besideText(one: SampleSet | Without, { unit, better }: Row): string {
  if (hasSamples(one)) return `${shortOf(one.by)} ${shownValue(spread(one.samples, better).p50, unit)}`;
  return `${shortOf(one.by)} ${one.why === figureWords.why.never ? words.never : words.none}`;
}

/** A row's numbers in words, so that no mark needs a label of its own. */
function numbers(row: Row): string {
  const { unit, better, ours, instead, limit } = row;
  const { p50, worst } = spread(ours.samples, better);
  const own =
    ours.samples.length === 1 ? shownValue(p50, unit) : `${shownValue(p50, unit)}…${shownValue(worst, unit)}`;
  return [
    `● ${own}`,
    ...(instead.length > 0 ? [`◇ ${instead.map(one => besideText(one, row)).join(', ')}`] : []),
    ...(limit ? [`| ${shownValue(limit.value, unit)}`] : []),
  ].join(gap);
}

function marks(row: Row, y: number, scale: Scale): string {
  const { p50, worst } = spread(row.ours.samples, row.better);
  const own = scale.x(p50);
  const others = row.instead.filter(hasSamples).map(one => {
    const title = `${one.by}: ${shownSamples(one, row)}`;
    return `<g>${titled(title)}${diamond(scale.x(spread(one.samples, row.better).p50), y)}</g>`;
  });
  const limit = row.limit && scale.x(row.limit.value);
  return [
    ...(limit === null ? [] : [`<path class="limit" d="M${tenth(limit)} ${tenth(y - 9)}v18"/>`]),
    ...others,
    `<path class="ours" stroke-width="2" d="M${tenth(own)} ${tenth(y)}H${tenth(scale.x(worst))}"/>`,
    `<circle class="ours" cx="${tenth(own)}" cy="${tenth(y)}" r="4.5"/>`,
  ].join('');
}

function drawn(row: AnyRow, top: number, scale: Scale): string {
  const isDrawn = isMeasured(row);
  const said = isDrawn ? short(numbers(row)) : words.none;
  const title = isDrawn
    ? `${row.what}. ${row.ours.by}: ${shownSamples(row.ours, row)}`
    : `${row.what}: ${row.why}`;
  return [
    `<g id="${row.id}">${titled(title)}`,
    text(labelX, top + 16, short(row.what)),
    text(labelX, top + 31, said, 'quiet'),
    isDrawn ? marks(row, top + 20, scale) : text(plotX, top + 24, short(row.why), 'quiet'),
    '</g>',
  ].join('');
}

const decadeName = (decade: number, unit: Unit): string => {
  const value = 10 ** decade;
  if (unit === 'ms' && decade >= 3) return `${shownNumber(value / 1000)} s`;
  if (decade >= 6) return `${shownNumber(value / 1e6)} M`;
  return decade >= 4 ? `${shownNumber(value / 1000)} k` : shownNumber(value);
};

function grid(unit: Unit, scale: Scale, top: number, bottom: number): string {
  // Names of many decades would touch each other.
  const each = Math.ceil(scale.decades.length / 8);
  return [
    text(labelX, top - 8, unit, 'title'),
    ...scale.decades.map((decade, nth) => {
      const x = scale.x(10 ** decade);
      const name =
        nth % each === 0
          ? text(
              x,
              top - 8,
              decadeName(decade, unit),
              'quiet',
              nth === scale.decades.length - 1 ? 'end' : 'middle',
            )
          : '';
      return `${name}<path class="grid" d="M${tenth(x)} ${top}V${bottom}"/>`;
    }),
    text(plotX, top - 8, '0', 'quiet', 'middle'),
    `<path class="grid" stroke-dasharray="2 3" d="M${plotX} ${top}V${bottom}"/>`,
  ].join('');
}

/** The whole chart as an SVG of its own. */
export function chartSvg(report: Report): string {
  const groups = units.flatMap(unit => {
    const rows = report.rows.filter(row => row.unit === unit);
    return rows.length > 0 ? [{ unit, rows }] : [];
  });
  let y = headHeight;
  const parts: string[] = [];
  for (const { unit, rows } of groups) {
    const top = y + axisHeight;
    const scale = scaleOf(rows.filter(isMeasured));
    parts.push(grid(unit, scale, top, top + rows.length * rowHeight));
    for (const [nth, row] of rows.entries()) parts.push(drawn(row, top + nth * rowHeight, scale));
    y = top + rows.length * rowHeight + 6;
  }
  const height = y + 10;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escaped(words.chartTitle)}</title>`,
    `<style>${style}</style>`,
    `<rect class="back" width="${width}" height="${height}"/>`,
    text(labelX, 22, words.chartTitle, 'title'),
    text(labelX, 40, machineLine(report.machine), 'quiet'),
    text(labelX, 57, words.legend.replaceAll('   ', gap), 'quiet'),
    ...parts,
    '</svg>\n',
  ].join('\n');
}
