/**
 * A session as one drawing: phases, pace, pressure, answers and timing error over the same minutes. Plain SVG text with
 * classes; the colours come from whoever shows it, or from `chartStyle` where it stands alone.
 */

import type { Zone } from '../../machines/routine/names.ts';
import { historyWords } from '../../machines/text/history.ts';
import { shownMinutes } from '../../machines/text/minutes.ts';
import { sentenceIn } from '../../machines/text/sentence.ts';
import { catalogue, fill } from '../../machines/text/text.ts';
import type { Ms, Side } from '../../machines/vocabulary.ts';
import { escaped } from './markup.ts';
import { type KeptSession, recordsOf } from './records.ts';
import { type Summary, summaryOf } from './summary.ts';

const words = historyWords.charts;

const width = 860;
const left = 148;
const right = 18;
const plot = width - left - right;

/** Colours for screen and paper, dark and light, as custom properties. */
export const chartColours = {
  dark: `--chart-ground:#221a16;--chart-ink:#f6ebdf;--chart-soft:#d6c4b4;--chart-grid:#43352c;--chart-left:#8fd0c8;--chart-right:#ffb08a;--chart-pace:#c3d694;--chart-late:#d6c4b4;--chart-warmUp:#5b4630;--chart-strokes:#5a3a2c;--chart-pressureRamp:#7a3a2a;--chart-cooldown:#33493f;`,
  light: `--chart-ground:#fffaf3;--chart-ink:#2a1f18;--chart-soft:#54443a;--chart-grid:#e0d2c3;--chart-left:#0f6b66;--chart-right:#a4441a;--chart-pace:#4c6420;--chart-late:#54443a;--chart-warmUp:#f3dfc0;--chart-strokes:#f0cfb9;--chart-pressureRamp:#e9af94;--chart-cooldown:#cfe0d4;`,
};

const rules = `
.chart text{fill:var(--chart-soft);font-size:13px;font-family:inherit}
.chart .name{fill:var(--chart-ink);font-size:14px;font-weight:600}
.chart .heading{fill:var(--chart-ink);font-size:19px;font-weight:600}
.chart .on{fill:var(--chart-ink);font-size:12.5px}
.chart .grid{stroke:var(--chart-grid);stroke-width:1}
.chart .warmUp{fill:var(--chart-warmUp)}.chart .strokes{fill:var(--chart-strokes)}
.chart .pressureRamp{fill:var(--chart-pressureRamp)}.chart .cooldown{fill:var(--chart-cooldown)}
.chart .pace{stroke:var(--chart-pace);stroke-width:2.5;fill:none}
.chart .left{stroke:var(--chart-left);stroke-width:3;fill:none}
.chart .right{stroke:var(--chart-right);stroke-width:3;fill:none;stroke-dasharray:7 4}
.chart .here{fill:var(--chart-left);stroke:none}
.chart .down{fill:none;stroke:var(--chart-right);stroke-width:2.5}
.chart .late{stroke:var(--chart-late);stroke-width:1.5}
.chart .rest{fill:none;stroke:var(--chart-soft);stroke-width:1;stroke-dasharray:2 3}`;

/** For a drawing that stands alone: its ground and its colours in either scheme. */
const chartStyle = `svg{${chartColours.light}color-scheme:light dark;background:var(--chart-ground);font-family:"DejaVu Sans",system-ui,sans-serif}
@media (prefers-color-scheme:dark){svg{${chartColours.dark}}}${rules}`;

export const chartRules = rules;

const round = (value: number): number => Math.round(value * 10) / 10;

type Axis = Readonly<{ x(at: Ms): number; endMs: Ms }>;
type Panel = Readonly<{ height: number; body: string }>;

/** A step of the minutes' axis such that there are about ten. */
function minuteStep(endMs: Ms): number {
  const minutes = endMs / 60_000;
  return [0.5, 1, 2, 5, 10, 15].find(step => minutes / step <= 10) ?? 30;
}

function gridLines({ x, endMs }: Axis, height: number): string {
  const step = minuteStep(endMs);
  const lines: string[] = [];
  for (let minute = 0; minute * 60_000 <= endMs; minute += step)
    lines.push(
      `<line class="grid" x1="${round(x(minute * 60_000))}" x2="${round(x(minute * 60_000))}" y1="0" y2="${height}"/>`,
    );
  return lines.join('');
}

const panelName = (name: string, unit: string): string =>
  `<text class="name" x="0" y="16">${escaped(name)}</text><text x="0" y="33">${escaped(unit)}</text>`;

const level = (y: number, label: string): string =>
  `<line class="grid" x1="${left}" x2="${width - right}" y1="${round(y)}" y2="${round(y)}"/>` +
  `<text x="${left - 8}" y="${round(y + 4)}" text-anchor="end">${escaped(label)}</text>`;

const zoneWord = (zone: string): string => sentenceIn<Zone>(catalogue.zones, zone, zone);
const sideWord = (side: string): string => sentenceIn<Side>(catalogue.sides, side, side);

/** Width of a letter at the size of the labels, on average. */
const letter = 6.6;
function phasePanel(axis: Axis, { stretches }: Summary): Panel {
  const body = stretches
    .map(({ stage, from, until, zone, side }, index) => {
      const x = axis.x(from);
      const wide = Math.max(1, axis.x(until) - x);
      const number = String(index + 1);
      const name = zoneWord(zone);
      // Where the name does not fit, its number leads to the table.
      const label = (name.length + 4) * letter <= wide ? `${number} ${name}` : number;
      const sideName = sideWord(side);
      const under = (sideName.length + 1) * letter <= wide ? sideName : '';
      return (
        `<rect class="${stage}" x="${round(x)}" y="2" width="${round(Math.max(1, wide - 1.5))}" height="44" rx="5"/>` +
        (wide >= (label.length + 0.5) * letter
          ? `<text class="on" x="${round(x + 5)}" y="${under ? 20 : 29}">${escaped(label)}</text>`
          : '') +
        (under ? `<text class="on" x="${round(x + 5)}" y="37">${escaped(under)}</text>` : '')
      );
    })
    .join('');
  return { height: 50, body: `${panelName(words.phases, '')}${body}` };
}

function pacePanel(axis: Axis, kept: KeptSession): Panel {
  const strokes = recordsOf(kept, 'stroke');
  const height = 84;
  const perMinute = strokes.map(({ at, period }) => ({ at, period, pace: 60_000 / Math.max(1, period) }));
  const top = Math.max(4, ...perMinute.map(({ pace }) => Math.ceil(pace / 2) * 2));
  const y = (pace: number): number => height - 4 - ((height - 12) * pace) / top;
  let path = '';
  let last: (typeof perMinute)[number] | undefined;
  for (const stroke of perMinute) {
    // A gap of more than one stroke is a pause, a turn, or another phase.
    const goesOn = last && stroke.at - last.at <= last.period * 1.05 && last.pace === stroke.pace;
    const end = axis.x(Math.min(axis.endMs, stroke.at + stroke.period));
    path += goesOn ? `H${round(end)}` : `M${round(axis.x(stroke.at))} ${round(y(stroke.pace))}H${round(end)}`;
    last = stroke;
  }
  const levels = level(y(top), String(top)) + level(y(top / 2), String(top / 2)) + level(y(0), '0');
  return {
    height,
    body: `${panelName(words.pace, words.paceUnit)}${levels}${path ? `<path class="pace" d="${path}"/>` : ''}`,
  };
}

function pressurePanel(axis: Axis, kept: KeptSession): Panel {
  const height = 92;
  // Half a line's width apart, so that both are seen where they are equal.
  const y = (pressure: number, side: 'left' | 'right'): number =>
    height - 10 - ((height - 22) * (pressure - 1)) / 3 + (side === 'left' ? -1.5 : 1.5);
  const levels = [1, 2, 3, 4].map(pressure => level(y(pressure, 'left') + 1.5, String(pressure))).join('');
  const lines = (['left', 'right'] as const)
    .map(side => {
      const steps = recordsOf(kept, 'pressure').filter(one => one.side === side);
      const path = steps
        .map(({ at, pressure }, index) => {
          const x = round(axis.x(at));
          const to = round(y(pressure, side));
          const until = round(axis.x(steps[index + 1]?.at ?? axis.endMs));
          return `${index === 0 ? 'M' : 'L'}${x} ${to}H${until}`;
        })
        .join('');
      return path ? `<path class="${side}" d="${path}"/>` : '';
    })
    .join('');
  return { height, body: `${panelName(words.pressure, words.pressureUnit)}${levels}${lines}` };
}

/** The numbers that a band stands for. */
const spans: Readonly<Record<string, readonly [number, number]>> = {
  light: [0, 2],
  fine: [3, 3],
  easy: [0, 3],
  strong: [4, 5],
  tooMuch: [6, 10],
};

function answerPanel(axis: Axis, kept: KeptSession): Panel | null {
  const answers = recordsOf(kept, 'answer').filter(({ here, local }) => here || local !== undefined);
  if (answers.length === 0) return null;
  const height = 96;
  const y = (score: number): number => height - 8 - ((height - 18) * score) / 10;
  const levels = [0, 5, 10].map(score => level(y(score), String(score))).join('');
  const marks = answers
    .map(({ at, here, local, down }) => {
      const x = round(axis.x(at));
      const [low, high] = spans[here ?? ''] ?? [0, 0];
      const span =
        local === undefined
          ? `<rect class="here" x="${x - 4}" y="${round(y(high) - 3)}" width="8" height="${round(y(low) - y(high) + 6)}" rx="4" opacity="0.75"/>`
          : `<circle class="here" cx="${x}" cy="${round(y(local))}" r="5"/>`;
      const leg =
        down === undefined
          ? ''
          : `<rect class="down" x="${x - 4.5}" y="${round(y(down) - 4.5)}" width="9" height="9" transform="rotate(45 ${x} ${round(y(down))})"/>`;
      return span + leg;
    })
    .join('');
  return { height, body: `${panelName(words.answers, words.answersUnit)}${levels}${marks}` };
}

/** Null where nothing was late at all, as in virtual time: a row of zeros tells nobody anything. */
function timingPanel(axis: Axis, kept: KeptSession): Panel | null {
  const strokes = recordsOf(kept, 'stroke');
  const height = 66;
  const worst = strokes.reduce((most, { lateMs }) => Math.max(most, lateMs), 0);
  if (worst === 0) return null;
  const top = [2, 5, 10, 20, 50, 100, 250, 1000, 10_000].find(value => value >= worst) ?? worst;
  const y = (late: number): number => height - 6 - ((height - 14) * late) / top;
  const path = strokes
    .map(({ at, lateMs }) => `M${round(axis.x(at))} ${round(y(0))}V${round(Math.min(y(lateMs), y(0) - 0.8))}`)
    .join('');
  return {
    height,
    body: `${panelName(words.timing, words.timingUnit)}${level(y(top), String(top))}${level(y(0), '0')}${path ? `<path class="late" d="${path}"/>` : ''}`,
  };
}

const legend = (hasAnswers: boolean, hasScores: boolean): string => {
  const items = [
    `<path class="left" d="M0 -4H26"/><text x="34" y="0">${escaped(`${words.pressure}, ${words.left}`)}</text>`,
    `<path class="right" d="M0 -4H26"/><text x="34" y="0">${escaped(`${words.pressure}, ${words.right}`)}</text>`,
    ...(hasAnswers
      ? [`<circle class="here" cx="13" cy="-4" r="5"/><text x="34" y="0">${escaped(words.here)}</text>`]
      : []),
    ...(hasScores
      ? [
          `<rect class="down" x="8.5" y="-8.5" width="9" height="9" transform="rotate(45 13 -4)"/><text x="34" y="0">${escaped(words.down)}</text>`,
        ]
      : []),
  ];
  return items.map((item, index) => `<g transform="translate(${left + index * 178} 0)">${item}</g>`).join('');
};

export const describedBy = (summary: Summary): string =>
  fill(words.describe, {
    phases: summary.stretches.length,
    minutes: shownMinutes(summary.lastedMs),
    pressure: Math.max(summary.pressureMax.left ?? 1, summary.pressureMax.right ?? 1),
    pauses: summary.pauses,
  });

/** Where it stands alone: what each number stands for, in two columns that are read downwards. */
function phaseNames({ stretches }: Summary, top: number): Panel {
  const rows = Math.ceil(stretches.length / 2);
  const body = stretches
    .map(({ title, zone, side }, index) => {
      const place = fill(words.phaseName, {
        number: index + 1,
        title,
        zone: zoneWord(zone),
        side: sideWord(side),
      });
      return `<text x="${index < rows ? 0 : width / 2}" y="${top + (index % rows) * 20}">${escaped(place)}</text>`;
    })
    .join('');
  return { height: rows * 20 + 14, body };
}

/** The drawing. `alone`: with its own ground and colours, as a file by itself. */
export function chartOf(kept: KeptSession, { alone = false } = {}): string {
  const summary = summaryOf(kept);
  const endMs = Math.max(summary.lastedMs, 60_000);
  const axis: Axis = { endMs, x: at => left + (plot * at) / endMs };
  const answers = answerPanel(axis, kept);
  const timing = timingPanel(axis, kept);
  const panels = [
    phasePanel(axis, summary),
    pacePanel(axis, kept),
    pressurePanel(axis, kept),
    ...(answers ? [answers] : []),
    ...(timing ? [timing] : []),
  ];
  const heading = `${kept.header.routine.title}, ${words.heading}`;
  let y = alone ? 50 : 14;
  const drawn = panels
    .map(({ height, body }) => {
      const group = `<g transform="translate(0 ${y})">${gridLines(axis, height)}${body}</g>`;
      y += height + 24;
      return group;
    })
    .join('');
  const step = minuteStep(endMs);
  const ticks: string[] = [];
  for (let minute = 0; minute * 60_000 <= endMs; minute += step)
    ticks.push(
      `<text x="${round(axis.x(minute * 60_000))}" y="${y - 6}" text-anchor="middle">${minute}</text>`,
    );
  const hasScores = recordsOf(kept, 'answer').some(({ down }) => down !== undefined);
  const named = alone ? phaseNames(summary, y + 58) : { body: '', height: 0 };
  const height = y + 42 + named.height;
  const margin = alone ? 20 : 0;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="${-margin} ${-margin} ${width + 2 * margin} ${height + 2 * margin}" role="img" aria-labelledby="chart-title chart-description">` +
    `<title id="chart-title">${escaped(heading)}</title>` +
    `<desc id="chart-description">${escaped(describedBy(summary))}</desc>` +
    `${alone ? `<style>${chartStyle}</style>` : ''}` +
    (alone ? `<text class="heading" x="0" y="16">${escaped(heading)}</text>` : '') +
    `${drawn}${ticks.join('')}` +
    `<text x="0" y="${y - 6}">${escaped(words.minutes)}</text>` +
    `<g transform="translate(0 ${y + 26})">${legend(answers !== null, hasScores)}</g>` +
    named.body +
    '</svg>\n'
  );
}
