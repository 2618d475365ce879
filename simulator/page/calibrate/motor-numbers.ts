/** What is known of a board's motors: drawn, in figures, and back to the usual ones in two steps. */
import { css, html, LitElement, nothing, svg } from 'lit';
import { setupWords } from '../../../machines/text/setup.ts';
import { catalogue, fill, named } from '../../../machines/text/text.ts';
import type { View } from '../../../src/server/view-messages.ts';
import { whenWord } from '../../../src/time/calendar.ts';
import { emit } from '../common/events.ts';
import '../common/erase-step.ts';
import { shared } from '../common/styles.ts';

const words = catalogue.calibration.known;

type Calibration = NonNullable<View['calibration']>;
type Known = Pick<Calibration['usual'], 'left' | 'right' | 'lagMs' | 'swapped' | 'glideMs'>;

/** Duty 255 is the supply itself; motors here get 184 at most, for a moment. */
const fullDuty = 255;
const mostDuty = 200;
const width = 520;
const left = 34;

const percent = (duty: number): string => fill(words.duty, { percent: Math.round((100 * duty) / fullDuty) });
const ms = (value: number): string => fill(words.ms, { ms: value });
const x = (duty: number): number => left + ((width - left - 6) * duty) / mostDuty;

export class MotorNumbers extends LitElement {
  static override properties = { calibration: { attribute: false }, yours: { type: Boolean } };
  declare calibration: Calibration;
  /** Whether this page may undo it now. */
  declare yours: boolean;

  static override styles = [
    shared,
    css`
      section {
        display: grid;
        gap: 0.9rem;
        justify-items: start;
        padding: 1.1rem 1.2rem;
        border: 1.5px solid var(--line);
        border-radius: 20px;
        background: var(--sheet);
      }
      h3 {
        font-size: 1.15rem;
        font-weight: 600;
      }
      svg {
        width: 100%;
        max-width: 34rem;
        height: auto;
      }
      .rail {
        stroke: var(--line);
        stroke-width: 16;
        stroke-linecap: round;
      }
      .runs {
        stroke: var(--pace);
        stroke-width: 16;
        stroke-linecap: round;
      }
      .usual {
        stroke: var(--ink);
        stroke-width: 2.5;
        stroke-dasharray: 3 3;
      }
      text {
        fill: var(--ink);
        font: 600 19px var(--type);
      }
      .wide {
        overflow-x: auto;
        width: 100%;
      }
      table {
        border-collapse: collapse;
        font-variant-numeric: tabular-nums;
      }
      th,
      td {
        text-align: start;
        font-weight: 400;
        padding: 0.45rem 1.3rem 0.45rem 0;
        border-top: 1px solid var(--line);
      }
      thead :is(th, td) {
        border: 0;
        color: var(--ink-soft);
      }
      th[scope='row'],
      td {
        white-space: nowrap;
      }
      @media (max-width: 480px) {
        th,
        td {
          padding-inline-end: 0.8rem;
        }
      }
      td small {
        display: block;
        color: var(--ink-soft);
        font-size: 0.85rem;
      }
      .legend {
        font-size: 0.9rem;
      }
      .wide p {
        padding-top: 0.7rem;
      }
      .place {
        overflow-wrap: anywhere;
      }
      @media (forced-colors: active) {
        .rail {
          stroke: GrayText;
        }
        .runs {
          stroke: Highlight;
        }
        .usual {
          stroke: CanvasText;
        }
        text {
          fill: CanvasText;
        }
      }
    `,
  ];

  override render() {
    const { known, usual, keptFor, id } = this.calibration;
    const now = known ?? usual;
    const where = keptFor === 'kind' ? setupWords.kept.ofKind : fill(words.where[keptFor], { id: id ?? '' });
    return html`<section aria-labelledby="known">
      <h3 id="known">${words.title}</h3>
      <p class="soft place">${known ? `${fill(words.when, { when: whenWord(known.at) })} ${where}` : words.nothing}</p>
      ${this.#drawn(now, usual)} ${this.#table(now, usual, known !== null)}
      ${now.swapped ? html`<p>${words.swapped}</p>` : nothing}
      ${
        known
          ? html`<erase-step
              action=${words.undo}
              question=${words.undoSure}
              yes=${words.undoYes}
              no=${words.undoNo}
              ?inert=${!this.yours}
              @sure=${() => emit(this, 'undo')}
            ></erase-step>`
          : nothing
      }
      <p class="soft">${words.terminal}</p>
    </section>`;
  }

  /** From where each motor begins to turn to its full strength; a broken line where that usually is. */
  #drawn(now: Known, usual: Known) {
    const row = (motor: 'left' | 'right', y: number) => {
      const { startDuty, ratedDuty } = now[motor];
      return svg`<text x="0" y=${y + 7}>${motor === 'left' ? 'A' : 'B'}</text>
        <line class="rail" x1=${x(0) + 8} x2=${x(mostDuty) - 8} y1=${y} y2=${y} />
        <line class="runs" x1=${x(startDuty)} x2=${x(Math.max(startDuty + 1, ratedDuty))} y1=${y} y2=${y} />
        ${[usual[motor].startDuty, usual[motor].ratedDuty].map(
          duty => svg`<line class="usual" x1=${x(duty)} x2=${x(duty)} y1=${y - 17} y2=${y + 17} />`,
        )}`;
    };
    return html`<svg viewBox="0 0 ${width} 100" role="img" aria-label=${words.drawing}>
      ${row('left', 26)}${row('right', 74)}
      </svg>
      <p class="soft legend" aria-hidden="true">${words.drawing}</p>`;
  }

  #table(now: Known, usual: Known, differs: boolean) {
    const usually = (value: string, other: string) =>
      differs && value !== other ? html`<small>${fill(words.usual, { value: other })}</small>` : nothing;
    const cell = (value: string, other: string) => html`<td>${value}${usually(value, other)}</td>`;
    return html`<div class="wide" role="region" tabindex="0" aria-label=${words.figures}>
      <table>
        <thead>
          <tr><td></td><th scope="col">${words.start}</th><th scope="col">${words.rated}</th><th scope="col">${words.lag}</th></tr>
        </thead>
        <tbody>
          ${(['left', 'right'] as const).map(
            motor => html`<tr data-known=${motor}>
              <th scope="row">${fill(words.motor, { name: motor === 'left' ? 'A' : 'B' })}</th>
              ${cell(percent(now[motor].startDuty), percent(usual[motor].startDuty))}
              ${cell(percent(now[motor].ratedDuty), percent(usual[motor].ratedDuty))}
              ${cell(ms(now.lagMs[motor]), ms(usual.lagMs[motor]))}
            </tr>`,
          )}
        </tbody>
      </table>
      <p>${named(words.glide, ms(now.glideMs))} ${differs && now.glideMs !== usual.glideMs ? html`<span class="soft">(${fill(words.usual, { value: ms(usual.glideMs) })})</span>` : nothing}</p>
    </div>`;
  }
}
customElements.define('motor-numbers', MotorNumbers);
