/** Sessions over time, as two small drawings with the same figures in a table. */
import { css, html, LitElement, nothing, svg } from 'lit';
import { beganWord } from '../../../machines/text/began.ts';
import { historyWords } from '../../../machines/text/history.ts';
import { facts, fill, named } from '../../../machines/text/text.ts';
import type { ListedSession } from '../../../src/server/history-messages.ts';
import { dayOf, isoDay, mondayOf, shortDay, whenWord } from '../../../src/time/calendar.ts';
import { shared } from '../common/styles.ts';
import { endWord, minutesAnswer } from './asks.ts';

const words = historyWords.page;
const { trendTable, practice } = historyWords;

/** As many as are still told apart on a phone. */
const mostWeeks = 12;
const mostSessions = 24;
const width = 520;
const height = 168;
const left = 42;
const floor = 132;
const roof = 22;

export type TrendBar = Readonly<{ name: string; value: number | null }>;

/** Minutes of each week from the first to the last, weeks without any session included; the newest at the end. */
export function weeksOf(
  sessions: readonly Pick<ListedSession, 'startedAt' | 'minutes'>[],
): readonly TrendBar[] {
  const mondays = sessions.map(({ startedAt }) => mondayOf(dayOf(startedAt)));
  const first = Math.min(...mondays);
  const last = Math.max(...mondays);
  const bars: TrendBar[] = [];
  for (let monday = last; monday >= first && bars.length < mostWeeks; monday -= 7) {
    const minutes = sessions
      .filter((_, index) => mondays[index] === monday)
      .reduce((sum, one) => sum + one.minutes, 0);
    bars.push({ name: isoDay(monday).slice(5), value: Math.round(minutes * 10) / 10 });
  }
  return bars.toReversed();
}

/** A round number at the top of the scale. */
const topOf = (values: readonly number[]): number => {
  const most = Math.max(1, ...values);
  return (
    [10, 20, 30, 60, 90, 120, 180, 240, 360, 600].find(top => top >= most) ?? Math.ceil(most / 600) * 600
  );
};

export class TrendCharts extends LitElement {
  static override properties = { sessions: { attribute: false } };
  /** The newest first. */
  declare sessions: readonly ListedSession[];

  static override styles = [
    shared,
    css`
      .charts {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr));
        gap: 1.2rem;
      }
      figure {
        margin: 0;
        padding: 0.9rem 1rem 0.6rem;
        background: var(--sheet);
        border: 1.5px solid var(--line);
        border-radius: 18px;
      }
      figcaption {
        font-size: 0.95rem;
        padding-bottom: 0.4rem;
      }
      svg {
        display: block;
        width: 100%;
        height: auto;
      }
      .grid {
        stroke: var(--line);
        stroke-width: 1;
      }
      .bar {
        fill: var(--pace);
      }
      .dot {
        fill: var(--sheet);
        stroke: var(--modelled);
        stroke-width: 4;
      }
      .line {
        fill: none;
        stroke: var(--modelled);
        stroke-width: 2.5;
      }
      text {
        fill: var(--ink-soft);
        font: 15px var(--type);
      }
      .value {
        fill: var(--ink);
      }
      summary {
        min-height: 44px;
        padding-top: 0.6rem;
        cursor: pointer;
        width: fit-content;
      }
      .wide {
        overflow-x: auto;
      }
      table {
        border-collapse: collapse;
        font-variant-numeric: tabular-nums;
        font-size: 0.95rem;
        margin-bottom: 1rem;
      }
      caption {
        text-align: start;
        font-weight: 600;
        padding: 0.5rem 0 0.3rem;
      }
      th,
      td {
        text-align: start;
        font-weight: 400;
        padding: 0.35rem 1.2rem 0.35rem 0;
        border-top: 1px solid var(--line);
        white-space: nowrap;
      }
      thead th {
        border: 0;
        color: var(--ink-soft);
      }
      @media (forced-colors: active) {
        .bar {
          fill: CanvasText;
        }
        .dot {
          fill: Canvas;
        }
        .dot,
        .line {
          stroke: CanvasText;
        }
        text,
        .value {
          fill: CanvasText;
        }
        .grid {
          stroke: GrayText;
        }
      }
    `,
  ];

  override render() {
    const sessions = this.sessions.filter(({ practice }) => !practice);
    const left = this.sessions.length - sessions.length;
    const notCounted =
      left === 0 ? nothing : html`<p class="soft">${fill(practice.notCounted, { count: left })}</p>`;
    if (sessions.length < 2) return html`<p class="soft">${words.trendsFew}</p>${notCounted}`;
    const weeks = weeksOf(sessions);
    const scored = sessions
      .filter(({ answersMean }) => answersMean !== null)
      .slice(0, mostSessions)
      .toReversed()
      .map(({ startedAt, answersMean }): TrendBar => ({ name: shortDay(startedAt), value: answersMean }));
    return html`<div class="charts">
        <figure>
          <figcaption>${words.trendWeeks}</figcaption>
          ${this.#bars(weeks)}
        </figure>
        ${
          scored.length > 0
            ? html`<figure>
                <figcaption>${words.trendScores}</figcaption>
                ${this.#dots(scored)}
              </figure>`
            : nothing
        }
      </div>
      ${scored.length === 0 ? html`<p class="soft">${words.trendNoScores}</p>` : nothing} ${notCounted}
      <details>
        <summary>${words.trendTable}</summary>
        ${this.#table(weeks)}
      </details>`;
  }

  /** Lines of the scale, and the names below as far as they have room. */
  #frame(top: number, bars: readonly TrendBar[], step: number) {
    const y = (value: number): number => floor - ((floor - roof) * value) / top;
    const each = Math.ceil(62 / step);
    return svg`${[0, top / 2, top].map(
      value =>
        svg`<line class="grid" x1=${left} x2=${width} y1=${y(value)} y2=${y(value)} /><text x=${left - 6} y=${y(value) + 5} text-anchor="end">${value}</text>`,
    )}${bars.map((bar, index) =>
      (bars.length - 1 - index) % each === 0
        ? svg`<text x=${left + (index + 0.5) * step} y=${floor + 24} text-anchor="middle">${bar.name}</text>`
        : nothing,
    )}`;
  }

  #bars(bars: readonly TrendBar[]) {
    const top = topOf(bars.map(({ value }) => value ?? 0));
    const step = (width - left) / Math.max(bars.length, 4);
    const wide = Math.min(46, step * 0.62);
    const said = facts(
      bars.map(({ name, value }) => named(fill(words.weekOf, { day: name }), minutesAnswer(value ?? 0))),
    );
    return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label=${named(words.trendWeeks, said)}>
      ${this.#frame(top, bars, step)}
      ${bars.map((bar, index) => {
        const tall = ((floor - roof) * (bar.value ?? 0)) / top;
        const middle = left + (index + 0.5) * step;
        return svg`<rect class="bar" x=${middle - wide / 2} y=${floor - tall} width=${wide} height=${tall} rx="4" />
          ${step >= 34 ? svg`<text class="value" x=${middle} y=${floor - tall - 6} text-anchor="middle">${Math.round(bar.value ?? 0)}</text>` : nothing}`;
      })}
    </svg>`;
  }

  #dots(bars: readonly TrendBar[]) {
    const step = (width - left) / Math.max(bars.length, 4);
    const y = (value: number): number => floor - ((floor - roof) * value) / 10;
    const at = bars.map(({ value }, index) => ({ x: left + (index + 0.5) * step, y: y(value ?? 0) }));
    const said = facts(bars.map(({ name, value }) => named(name, String(value))));
    return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label=${named(words.trendScores, said)}>
      ${this.#frame(10, bars, step)}
      <polyline class="line" points=${at.map(point => `${point.x},${point.y}`).join(' ')} />
      ${at.map(point => svg`<circle class="dot" cx=${point.x} cy=${point.y} r="6" />`)}
      ${
        step >= 40
          ? at.map(
              (point, index) =>
                svg`<text class="value" x=${point.x} y=${point.y - 12} text-anchor="middle">${bars[index]?.value}</text>`,
            )
          : nothing
      }
    </svg>`;
  }

  #table(weeks: readonly TrendBar[]) {
    return html`<div class="wide" role="region" tabindex="0" aria-label=${words.trendTable}>
      <table>
        <caption>${words.trendWeeks}</caption>
        <thead><tr><th scope="col">${words.week}</th><th scope="col">${trendTable.minutes}</th></tr></thead>
        <tbody>
          ${weeks.map(({ name, value }) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`)}
        </tbody>
      </table>
      <table>
        <caption>${trendTable.caption}</caption>
        <thead>
          <tr>
            <th scope="col">${trendTable.when}</th><th scope="col">${trendTable.routine}</th>
            <th scope="col">${trendTable.minutes}</th><th scope="col">${trendTable.pressure}</th>
            <th scope="col">${trendTable.answer}</th><th scope="col">${trendTable.outcome}</th>
          </tr>
        </thead>
        <tbody>
          ${this.sessions.map(
            one => html`<tr>
              <th scope="row">${beganWord(one, whenWord)}</th><td>${one.title}</td><td>${one.minutes}</td>
              <td>${one.pressureMax ?? words.noPressure}</td><td>${one.answersMean ?? words.noPressure}</td>
              <td>${one.underWay ? words.goingOn : endWord(one)}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }
}
customElements.define('trend-charts', TrendCharts);
