/** Faults and time at hand: what can be done to a board that is not real, and to its time. Every control has a key. */
import { css, html, LitElement, nothing } from 'lit';
import { benchWords } from '../../../machines/text/bench.ts';
import { catalogue, fill } from '../../../machines/text/text.ts';
import type { View } from '../../../src/wire/messages.ts';
import type { Said } from '../feed.ts';
import { shared } from '../styles.ts';
import { isTyping } from '../typing.ts';
import { panel } from './panel-styles.ts';

export const rates = [0.1, 0.5, 1, 10, 100, 1000] as const;

type Fault = View['device']['faults'][number];
type Control = Readonly<{ fault: Fault; word: string; key: string }>;
const words = benchWords;
const buttonWords = catalogue.page.device.buttons;
const lostBytes = 3;

const controls: readonly Control[] = [
  { fault: 'loseBytes', word: fill(words.faults.loseBytes, { count: lostBytes }), key: 'l' },
  { fault: 'stall', word: words.faults.stall, key: 'k' },
  { fault: 'boardReset', word: words.faults.boardReset, key: 'e' },
  { fault: 'brownOut', word: words.faults.brownOut, key: 'o' },
];

export class BenchControls extends LitElement {
  static override properties = {
    view: { attribute: false },
    reached: { attribute: false },
    keys: { attribute: false },
    stuck: { state: true },
  };
  declare view: View;
  /** How fast time really goes. */
  declare reached: number;
  /** Whether letters act. */
  declare keys: boolean;
  declare stuck: 'go' | 'less' | 'stop' | null;

  static override styles = [
    shared,
    panel,
    css`
      .groups {
        display: grid;
        gap: 0.9rem;
      }
      .rate {
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  constructor() {
    super();
    this.stuck = null;
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
    const letter = event.key.toLowerCase();
    const control = controls.find(({ key }) => key === letter);
    if (control && this.#may(control.fault)) this.#fault(control.fault);
    if (letter === 'u' && this.#may('unplug')) this.#plug();
    if (letter === 't' && this.#may('stuckButton')) this.#stick('stop');
    if (!this.view.time.steerable) return;
    if (letter === 'p') this.#pause();
    if (letter === 'n') this.#say({ type: 'step' });
    const index = rates.findIndex(rate => rate >= this.view.time.rate);
    if (event.key === ',') this.#say({ type: 'rate', rate: rates[Math.max(0, index - 1)] ?? 1 });
    if (event.key === '.')
      this.#say({ type: 'rate', rate: rates[Math.min(rates.length - 1, index + 1)] ?? 1 });
  };

  #may(fault: Fault): boolean {
    return this.view.device.faults.includes(fault);
  }

  #say(message: Said): void {
    this.dispatchEvent(new CustomEvent<Said>('say', { detail: message }));
  }

  #fault(fault: Fault): void {
    this.#say({
      type: 'fault',
      fault,
      ...(fault === 'loseBytes' && { bytes: lostBytes, toward: 'board' as const }),
      ...(fault === 'stall' && { forMs: 2000 }),
    });
  }

  get #unplugged(): boolean {
    return this.view.device.link === 'lost' || this.view.device.link === 'absent';
  }

  #plug(): void {
    this.#fault(this.#unplugged ? 'replug' : 'unplug');
  }

  #stick(button: 'go' | 'less' | 'stop'): void {
    if (this.stuck) {
      this.#say({ type: 'button', button: this.stuck, down: false });
      this.stuck = null;
      return;
    }
    this.stuck = button;
    this.#say({ type: 'fault', fault: 'stuckButton', button });
  }

  #pause(): void {
    this.#say({ type: 'rate', rate: this.view.time.rate === 0 ? 1 : 0 });
  }

  override render() {
    return html`<div class="groups">${this.#faults()}${this.#time()}</div>`;
  }

  #faults() {
    if (this.view.device.faults.length === 0)
      return html`<section class="panel" aria-label=${words.faults.title}>
        <h2>${words.faults.title}</h2>
        <p class="soft">${words.faults.real}</p>
      </section>`;
    return html`<section class="panel" aria-label=${words.faults.title}>
      <h2>${words.faults.title}</h2>
      <div class="tools">
        <button data-fault=${this.#unplugged ? 'replug' : 'unplug'} @click=${() => this.#plug()}>
          ${this.#unplugged ? words.faults.replug : words.faults.unplug} <kbd aria-hidden="true">u</kbd>
        </button>
        ${controls.map(
          ({ fault, word, key }) =>
            html`<button data-fault=${fault} @click=${() => this.#fault(fault)}>${word} <kbd aria-hidden="true">${key}</kbd></button>`,
        )}
        ${
          this.stuck
            ? html`<button data-fault="unstick" aria-pressed="true" @click=${() => this.#stick('stop')}>
                ${fill(words.faults.free, { button: buttonWords[this.stuck] })} <kbd aria-hidden="true">t</kbd>
              </button>`
            : (['stop', 'go', 'less'] as const).map(
                button =>
                  html`<button data-fault="stuck-${button}" @click=${() => this.#stick(button)}>
                    ${fill(words.faults.sticks, { button: buttonWords[button] })}${button === 'stop' ? html` <kbd aria-hidden="true">t</kbd>` : nothing}
                  </button>`,
              )
        }
      </div>
    </section>`;
  }

  #time() {
    const { time, session } = this.view;
    if (!time.steerable)
      return html`<section class="panel" aria-label=${words.time.title}>
        <h2>${words.time.title}</h2>
        <p class="soft">
          ${words.time.real}
        </p>
        ${
          // Only a controller of this project's serves it; a board on this browser's own port has no such neighbour.
          this.view.device.emulated
            ? html`<a class="button" data-demo href="/demo/#bench">${words.time.open}</a>`
            : nothing
        }
      </section>`;
    return html`<section class="panel" aria-label=${words.time.title}>
      <header>
        <h2>${words.time.title}</h2>
        <span class="soft rate" data-reached
          >${time.rate === 0 ? words.time.stands : fill(words.time.goes, { rate: this.reached.toFixed(this.reached < 10 ? 1 : 0) })}</span
        >
      </header>
      <div class="tools">
        <button data-time="pause" aria-pressed=${time.rate === 0 ? 'true' : 'false'} @click=${() => this.#pause()}>
          ${time.rate === 0 ? words.time.run : words.time.stand} <kbd aria-hidden="true">p</kbd>
        </button>
        <button data-time="step" @click=${() => this.#say({ type: 'step' })}>${words.time.step} <kbd aria-hidden="true">n</kbd></button>
        ${rates.map(
          rate =>
            html`<button
              data-rate=${rate}
              aria-pressed=${time.rate === rate ? 'true' : 'false'}
              @click=${() => this.#say({ type: 'rate', rate })}
            >
              ${fill(words.time.rate, { rate })}
            </button>`,
        )}
        <select
          aria-label=${words.time.jump}
          @change=${(event: Event) => {
            if (event.target instanceof HTMLSelectElement && event.target.value)
              this.#say({ type: 'jump', phase: event.target.value });
          }}
        >
          <option value="">${words.time.jumpTo}</option>
          ${session.phases.map(
            ({ phase, title }) =>
              html`<option value=${phase} ?disabled=${phase === session.now?.phase}>${title}</option>`,
          )}
        </select>
      </div>
      <p class="soft">${words.time.slower} <kbd>,</kbd> ${words.time.faster} <kbd>.</kbd></p>
    </section>`;
  }
}
customElements.define('bench-controls', BenchControls);
