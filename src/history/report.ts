/** A kept session as a page of its own: figures, drawing, tables, the note to paste. */

import { beganWord } from '../../machines/text/began.ts';
import { historyWords } from '../../machines/text/history.ts';
import { clockFace, minutesWord } from '../../machines/text/minutes.ts';
import { catalogue, fill } from '../../machines/text/text.ts';
import { whenWord } from '../time/calendar.ts';
import { chartColours, chartOf, chartRules } from './chart.ts';
import { escaped, standalonePage } from './markup.ts';
import type { KeptSession } from './records.ts';
import { type KeptStretch, type StageTime, type Summary, summaryOf } from './summary.ts';
import { noteToPaste, outcomeWord } from './words.ts';

const words = historyWords;

const tile = (value: string, name: string): string =>
  `<div><dt>${escaped(name)}</dt><dd>${escaped(value)}</dd></div>`;

function tiles(summary: Summary): string {
  const pressure = Math.max(0, summary.pressureMax.left ?? 0, summary.pressureMax.right ?? 0);
  const { tiles: names } = words;
  return `<dl>${[
    tile(minutesWord(summary.movedMs), fill(names.movedOf, { lasted: minutesWord(summary.lastedMs) })),
    ...(summary.stages === null ? [tile(String(summary.strokes), names.strokes)] : []),
    tile(pressure === 0 ? '–' : String(pressure), names.pressure),
    tile(String(summary.rises), names.rises),
    tile(String(summary.eased), names.eased),
    tile(String(summary.extended), names.extended),
    tile(String(summary.pauses), names.pauses),
    ...(summary.late ? [tile(`${summary.late.p99Ms} ms`, names.late)] : []),
  ].join('')}</dl>`;
}

const cell = (text: string, kind = ''): string => `<td${kind && ` class="${kind}"`}>${escaped(text)}</td>`;

const remarks = ({ eased, extended }: KeptStretch): string =>
  [
    ...(eased > 0 ? [fill(words.note.eased, { count: eased })] : []),
    ...(extended > 0 ? [fill(words.note.extended, { count: extended })] : []),
  ].join(', ');

function phaseTable({ stretches }: Summary): string {
  const { table } = words;
  const rows = stretches
    .map(
      (stretch, index) =>
        `<tr><th scope="row">${index + 1} · ${escaped(stretch.title)}</th>${cell(catalogue.zones[stretch.zone])}${cell(catalogue.sides[stretch.side])}` +
        `${cell(catalogue.techniques[stretch.technique])}${cell(clockFace(stretch.plannedMs, 'nearest'), 'number')}${cell(clockFace(stretch.movedMs, 'nearest'), 'number')}` +
        `${cell(String(stretch.strokes), 'number')}${cell(stretch.pressureMax === null ? '–' : String(stretch.pressureMax), 'number')}${cell(remarks(stretch))}</tr>`,
    )
    .join('');
  const head = [table.phase, table.place, table.side, table.technique]
    .map(name => `<th scope="col">${escaped(name)}</th>`)
    .join('');
  const numbers = [table.planned, table.actual, table.strokes, table.pressure]
    .map(name => `<th scope="col" class="number">${escaped(name)}</th>`)
    .join('');
  return scrolled(
    `<table><caption>${escaped(table.caption)}</caption><thead><tr>${head}${numbers}<th scope="col">${escaped(table.remarks)}</th></tr></thead><tbody>${rows}</tbody></table>`,
    table.caption,
    'long',
  );
}

function balanceTable({ zones }: Summary): string {
  const { balance, table } = words;
  const rows = zones
    .map(
      ({ zone, leftMs, rightMs }) =>
        `<tr><th scope="row">${escaped(catalogue.zones[zone])}</th>${cell(clockFace(leftMs, 'nearest'), 'number')}${cell(clockFace(rightMs, 'nearest'), 'number')}</tr>`,
    )
    .join('');
  return scrolled(
    `<table><caption>${escaped(balance.caption)}</caption><thead><tr><th scope="col">${escaped(table.place)}</th><th scope="col" class="number">${escaped(balance.left)}</th><th scope="col" class="number">${escaped(balance.right)}</th></tr></thead><tbody>${rows}</tbody></table>`,
    balance.caption,
  );
}

/** How it went, phase by phase, as the controller has seen it. */
const course = (kept: KeptSession, summary: Summary): string =>
  `<h2 id="way">${escaped(words.charts.heading)}</h2>
<figure aria-labelledby="way"><div class="wide" role="region" tabindex="0" aria-label="${escaped(words.charts.scroll)}">${chartOf(kept)}</div></figure>
${phaseTable(summary)}
${balanceTable(summary)}`;

/** All that a board which played it by itself has told of it. */
function stageTable(stages: readonly StageTime[]): string {
  const { balance, alone } = words;
  const rows = stages
    .map(
      ({ stage, leftMs, rightMs }) =>
        `<tr><th scope="row">${escaped(catalogue.stages[stage])}</th>${cell(clockFace(leftMs, 'nearest'), 'number')}${cell(clockFace(rightMs, 'nearest'), 'number')}</tr>`,
    )
    .join('');
  return scrolled(
    `<table><caption>${escaped(alone.caption)}</caption><thead><tr><th scope="col">${escaped(alone.stageName)}</th><th scope="col" class="number">${escaped(balance.left)}</th><th scope="col" class="number">${escaped(balance.right)}</th></tr></thead><tbody>${rows}</tbody></table>`,
    alone.caption,
  );
}

/** Wide content scrolls by itself, with the keyboard too. */
export const scrolled = (inner: string, name: string, kind = ''): string =>
  `<section${kind && ` class="${kind}"`}><div class="wide" role="region" tabindex="0" aria-label="${escaped(name)}">${inner}</div></section>`;

export function htmlReport(kept: KeptSession): string {
  const { header } = kept;
  const summary = summaryOf(kept);
  const client =
    header.client === null ? '' : ` · ${escaped(words.note.client.replace('{client}', header.client))}`;
  const body = `<header>
<p class="when">${escaped(words.report)} · <time datetime="${escaped(header.startedAt)}">${escaped(beganWord(header, whenWord))}</time>${client}${header.alone ? ` · ${escaped(words.alone.by)}` : ''}${summary.practice ? ` · ${escaped(words.practice.by)}` : ''}</p>
<h1>${escaped(header.routine.title)}</h1>
<p class="end">${escaped(outcomeWord(summary))}</p>
</header>
<main>
${tiles(summary)}
${summary.stages === null ? course(kept, summary) : stageTable(summary.stages)}
<section><h2 id="note">${escaped(words.note.heading)}</h2>
<pre aria-labelledby="note" role="group">${escapedLines(noteToPaste(kept))}</pre></section>
</main>
<footer><p>${escaped(words.claim)}</p><p>${escaped(words.keeping[header.keeps])}</p></footer>`;
  return standalonePage(`${words.report}: ${header.routine.title}, ${beganWord(header, whenWord)}`, body, {
    colours: chartColours,
    rules: chartRules,
  });
}

const escapedLines = (text: string): string => text.split('\n').map(escaped).join('\n');
