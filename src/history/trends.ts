/** Several kept sessions side by side, the oldest first: minutes, pressure, answers, lateness. */

import { beganWord } from '../../machines/text/began.ts';
import { historyWords } from '../../machines/text/history.ts';
import { fill } from '../../machines/text/text.ts';
import { shortDay, whenWord } from '../time/calendar.ts';
import { chartColours, chartRules } from './chart.ts';
import { escaped, standalonePage } from './markup.ts';
import { scrolled } from './report.ts';
import { type Listed, timeAsItWas } from './tables.ts';

const words = historyWords;

const width = 860;
const left = 148;
const barMost = 34;

type Row = Readonly<{ name: string; unit: string; of(one: Listed): number | null; most: number }>;

const rows: readonly Row[] = [
  { name: words.trendTable.minutes, unit: words.tiles.moved, of: one => one.minutes, most: 0 },
  { name: words.charts.pressure, unit: words.charts.pressureUnit, of: one => one.pressureMax, most: 4 },
  { name: words.charts.answers, unit: words.charts.here, of: one => one.answersMean, most: 10 },
  { name: words.charts.timing, unit: words.charts.timingUnit, of: one => one.lateP99Ms, most: 0 },
];

function bars(sessions: readonly Listed[]): string {
  const height = 90;
  const step = Math.min(90, (width - left - 12) / Math.max(1, sessions.length));
  const wide = Math.min(barMost, step * 0.66);
  const shown = rows.filter(row => sessions.some(one => row.of(one) !== null));
  const drawn = shown.map(({ name, unit, of, most }, index) => {
    const top = most || Math.max(1, ...sessions.map(one => of(one) ?? 0));
    const bodies = sessions.map((one, place) => {
      const value = of(one);
      if (value === null) return '';
      const tall = Math.max(1.5, (56 * value) / top);
      const x = left + place * step;
      return (
        `<rect class="bar" x="${x.toFixed(1)}" y="${(74 - tall).toFixed(1)}" width="${wide.toFixed(1)}" height="${tall.toFixed(1)}" rx="4"/>` +
        (step >= 26
          ? `<text x="${(x + wide / 2).toFixed(1)}" y="${(68 - tall).toFixed(1)}" text-anchor="middle">${value}</text>`
          : '')
      );
    });
    return `<g transform="translate(0 ${14 + index * height})"><text class="name" x="0" y="40">${escaped(name)}</text><text x="0" y="57">${escaped(unit)}</text><line class="grid" x1="${left}" x2="${width - 12}" y1="74" y2="74"/>${bodies.join('')}</g>`;
  });
  const days = sessions.map((one, place) =>
    step >= 44
      ? `<text x="${(left + place * step + wide / 2).toFixed(1)}" y="${shown.length * height + 26}" text-anchor="middle">${escaped(shortDay(one.startedAt))}</text>`
      : '',
  );
  const tall = 40 + shown.length * height;
  return `<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 ${width} ${tall}" role="img" aria-label="${escaped(words.trends)}">${drawn.join('')}${days.join('')}</svg>`;
}

function table(sessions: readonly Listed[]): string {
  const { trendTable } = words;
  const outcomes: Readonly<Record<Listed['outcome'], string>> = words.outcomes;
  const head = [trendTable.when, trendTable.routine, trendTable.client]
    .map(name => `<th scope="col">${escaped(name)}</th>`)
    .join('');
  const numbers = [trendTable.minutes, trendTable.pressure, trendTable.answer, trendTable.late]
    .map(name => `<th scope="col" class="number">${escaped(name)}</th>`)
    .join('');
  const body = sessions
    .map(
      one =>
        `<tr><th scope="row">${escaped(beganWord(one, whenWord))}</th><td>${escaped(one.title)}</td><td>${escaped(one.client ?? '')}</td>` +
        [one.minutes, one.pressureMax, one.answersMean, one.lateP99Ms]
          .map(value => `<td class="number">${value ?? '–'}</td>`)
          .join('') +
        `<td>${escaped(outcomes[one.outcome])}</td></tr>`,
    )
    .join('');
  return scrolled(
    `<table><caption>${escaped(trendTable.caption)}</caption><thead><tr>${head}${numbers}<th scope="col">${escaped(trendTable.outcome)}</th></tr></thead><tbody>${body}</tbody></table>`,
    trendTable.caption,
    'long',
  );
}

/** A page of its own. `sessions` in any order. */
export function htmlTrends(sessions: readonly Listed[]): string {
  const counted = timeAsItWas(sessions);
  const left = sessions.length - counted.length;
  const all = counted.toSorted((one, other) => one.startedAt.localeCompare(other.startedAt));
  const body = `<header><p class="when">${all.length === 0 ? escaped(words.empty) : escaped(fill(words.count, { count: all.length }))}</p><h1>${escaped(words.trends)}</h1>${left === 0 ? '' : `<p>${escaped(fill(words.practice.notCounted, { count: left }))}</p>`}</header>
<main>${
    all.length === 0
      ? ''
      : `<section><figure><div class="wide" role="region" tabindex="0" aria-label="${escaped(words.charts.scroll)}">${bars(all)}</div></figure></section>${table(all.toReversed())}`
  }</main>
<footer><p>${escaped(words.claim)}</p></footer>`;
  return standalonePage(words.trends, body, {
    colours: chartColours,
    rules: `${chartRules}.chart .bar{fill:var(--chart-pace)}`,
  });
}
