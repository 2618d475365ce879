/** Any moment of a journal, folded anew: where the hands were, how firm, what had just happened. */

import { css, html, LitElement, nothing } from 'lit';
import { benchWords } from '../../../machines/text/bench.ts';
import { fill } from '../../../machines/text/text.ts';
import { emit } from '../common/events.ts';
import '../body/body-guide.ts';
import { shared } from '../common/styles.ts';
import { clockFace, placeWord, wayWord } from '../common/words.ts';
import { wordOf } from './chart-layout.ts';
import { type Fold, readingOf } from './fold.ts';
import { panel } from './panel-styles.ts';

const words = benchWords.journal;

export class JournalScrub extends LitElement {
  static override properties = { fold: { attribute: false }, at: { attribute: false } };
  declare fold: Fold;
  /** The moment looked at. */
  declare at: number;

  static override styles = [
    shared,
    panel,
    css`
      .scrub {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 11rem;
        gap: 0.6rem 1.4rem;
      }
      input {
        width: 100%;
        min-height: 44px;
        accent-color: var(--pace);
      }
      input:focus-visible {
        outline: 3px solid var(--ink);
      }
      body-guide {
        height: 15rem;
        grid-row: 1 / 4;
        grid-column: 2;
      }
      .state {
        font-size: 1.3rem;
        font-weight: 600;
      }
    `,
  ];

  #goTo(at: number): void {
    this.at = at;
    emit(this, 'moved', at);
  }

  override render() {
    const { fold, at } = this;
    const end = fold.events.at(-1)?.at ?? 0;
    const moment = fold.after(fold.countAt(at));
    const { state, pass, pressure, left, stroke } = readingOf({ ...moment, at });
    const last = fold.events[moment.index - 1];
    return html`<div class="scrub">
      <div>
        <p class="state" data-scrub-state=${state}>${wordOf(state.replace('.', ', '))}</p>
        <p>${pass ? fill(words.place, { title: pass.title, place: placeWord(pass), way: wayWord(pass) }) : words.notBegun}</p>
        <p class="soft">
          ${[
            ...(pressure === null ? [] : [fill(words.pressure, { pressure })]),
            ...(pass ? [fill(words.left, { time: clockFace(left.passMs) })] : []),
          ].map(part => html`<span>${part}</span>`)}
        </p>
      </div>
      <label
        ><span class="out">${words.moment}</span>
        <input
          type="range"
          min="0"
          max=${end}
          step="100"
          .value=${String(at)}
          aria-valuetext=${fill(words.of, { time: clockFace(at), end: clockFace(end) })}
          @input=${(event: Event) => {
            if (event.target instanceof HTMLInputElement) this.#goTo(Number(event.target.value));
          }}
      /></label>
      <p class="fixed">
        <span>${fill(words.of, { time: clockFace(at), end: clockFace(end) })}</span>
        <span>${fill(words.record, { record: moment.index, count: fold.events.length, type: last?.type ?? words.beginning })}</span>
      </p>
      ${
        pass
          ? html`<body-guide .place=${pass} .stroke=${stroke} .clock=${() => this.at} .rate=${1} live></body-guide>`
          : nothing
      }
    </div>`;
  }
}
customElements.define('journal-scrub', JournalScrub);
