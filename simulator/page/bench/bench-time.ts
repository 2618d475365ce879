/** Time at hand, where nothing is real: how fast it goes, event by event, and on to a phase. Every control has a key. */
import { css, html, LitElement, nothing } from 'lit';
import { benchWords } from '../../../machines/text/bench.ts';
import { catalogue, fill } from '../../../machines/text/text.ts';
import type { View } from '../../../src/server/view-messages.ts';
import { emit } from '../common/events.ts';
import { shared } from '../common/styles.ts';
import { isTyping } from '../common/typing.ts';
import type { Said } from '../link/said-message.ts';
import { panel } from './panel-styles.ts';

const words = benchWords.time;

export const rates = [0.1, 0.5, 1, 10, 100, 1000] as const;

export class BenchTime extends LitElement {
  static override properties = {
    view: { attribute: false },
    reached: { attribute: false },
    keys: { attribute: false },
  };
  declare view: View;
  /** How fast time really goes. */
  declare reached: number;
  /** Whether letters act. */
  declare keys: boolean;

  static override styles = [
    shared,
    panel,
    css`
      select {
        max-width: 12rem;
      }
      .rate {
        font-variant-numeric: tabular-nums;
      }
      /* On a phone one line, to be drawn to the side: it stays in sight and must not hide what it steers. */
      @media (max-width: 900px) {
        .panel {
          padding-block: 0.4rem;
        }
        .hint {
          display: none;
        }
      }
      @media (max-width: 620px), (max-height: 520px) {
        .tools {
          flex-wrap: nowrap;
          overflow-x: auto;
        }
        .tools > * {
          flex-shrink: 0;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.reached = 1;
    this.keys = true;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('keydown', this.#keyed);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('keydown', this.#keyed);
  }

  readonly #keyed = (event: KeyboardEvent): void => {
    const [target] = event.composedPath();
    const typing = isTyping(target) || event.isComposing;
    if (!this.keys || typing || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    if (!this.view.time.steerable) return;
    const letter = event.key.toLowerCase();
    if (letter === 'p') this.#pause();
    if (letter === 'n') this.#say({ type: 'step' });
    const index = rates.findIndex(rate => rate >= this.view.time.rate);
    if (event.key === ',') this.#say({ type: 'rate', rate: rates[Math.max(0, index - 1)] ?? 1 });
    if (event.key === '.')
      this.#say({ type: 'rate', rate: rates[Math.min(rates.length - 1, index + 1)] ?? 1 });
  };

  #say(message: Said): void {
    emit(this, 'say', message);
  }

  #pause(): void {
    this.#say({ type: 'rate', rate: this.view.time.rate === 0 ? 1 : 0 });
  }

  override render() {
    const { time, session } = this.view;
    if (!time.steerable)
      return html`<section class="panel" aria-label=${words.title}>
        <h2>${words.title}</h2>
        <p class="soft">
          ${words.real}
        </p>
        ${
          // Only a controller of this project's serves it; a board on this browser's own port has no such neighbour.
          this.view.device.emulated
            ? html`<a class="button" data-demo href="/demo/#bench">${words.open}</a>`
            : nothing
        }
      </section>`;
    return html`<section class="panel" aria-label=${words.title}>
      <header>
        <h2>${words.title}</h2>
        <span class="soft hint">${words.slower} <kbd>,</kbd> ${words.faster} <kbd>.</kbd></span>
        <span class="soft rate" data-reached
          >${time.rate === 0 ? words.stands : fill(words.goes, { rate: this.reached.toFixed(this.reached < 10 ? 1 : 0) })}</span
        >
      </header>
      <div class="tools">
        <button data-time="pause" aria-pressed=${time.rate === 0 ? 'true' : 'false'} @click=${() => this.#pause()}>
          ${time.rate === 0 ? words.run : words.stand} <kbd aria-hidden="true">p</kbd>
        </button>
        <button data-time="step" @click=${() => this.#say({ type: 'step' })}>${words.step} <kbd aria-hidden="true">n</kbd></button>
        ${rates.map(
          rate =>
            html`<button
              data-rate=${rate}
              aria-pressed=${time.rate === rate ? 'true' : 'false'}
              @click=${() => this.#say({ type: 'rate', rate })}
            >
              ${fill(words.rate, { rate })}
            </button>`,
        )}
        <select
          aria-label=${words.jump}
          @change=${(event: Event) => {
            if (event.target instanceof HTMLSelectElement && event.target.value)
              this.#say({ type: 'jump', phase: event.target.value });
          }}
        >
          <option value="">${words.jumpTo}</option>
          ${session.phases.map(
            ({ phase, title }) =>
              html`<option value=${phase} ?disabled=${phase === session.now?.phase}>${title}</option>`,
          )}
        </select>
      </div>
      ${time.resumesRate === null ? nothing : html`<p class="soft">${fill(catalogue.page.notices.timeSlowed, { rate: time.resumesRate })}</p>`}
    </section>`;
  }
}
customElements.define('bench-time', BenchTime);
