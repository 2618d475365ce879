/** Faults at hand: what can be done to a board that is not real. Every control has a key. */
import { html, LitElement } from 'lit';
import { aloneWords } from '../../../machines/text/alone.ts';
import { benchWords } from '../../../machines/text/bench.ts';
import { catalogue, fill } from '../../../machines/text/text.ts';
import type { View } from '../../../src/server/view-messages.ts';
import { emit } from '../common/events.ts';
import { shared } from '../common/styles.ts';
import { isTyping } from '../common/typing.ts';
import type { Said } from '../link/said-message.ts';
import { panel } from './panel-styles.ts';

type Fault = View['device']['faults'][number];
type Control = Readonly<{ fault: Fault; word: string; key: string }>;
const words = benchWords;
const buttonWords = catalogue.page.device.buttons;
const lostBytes = 3;
/** Buttons that can get stuck; the key of the one that is frees it. */
const sticking = [
  { button: 'stop', key: 't' },
  { button: 'go', key: 'g' },
  { button: 'less', key: 's' },
] as const;

const controls: readonly Control[] = [
  { fault: 'loseBytes', word: fill(words.faults.loseBytes, { count: lostBytes }), key: 'l' },
  { fault: 'stall', word: words.faults.stall, key: 'k' },
  { fault: 'boardReset', word: words.faults.boardReset, key: 'e' },
  { fault: 'brownOut', word: words.faults.brownOut, key: 'o' },
];

/** The way to another board, which has nobody to ask. */
const alone = html`<a class="button" data-alone href="#alone">${aloneWords.title}</a>`;

export class BenchControls extends LitElement {
  static override properties = {
    view: { attribute: false },
    keys: { attribute: false },
    stuck: { state: true },
  };
  declare view: View;
  /** Whether letters act. */
  declare keys: boolean;
  declare stuck: 'go' | 'less' | 'stop' | null;

  static override styles = [shared, panel];

  constructor() {
    super();
    this.stuck = null;
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
    const stuck = sticking.find(({ key }) => key === letter);
    if (stuck && this.#may('stuckButton')) this.#stick(stuck.button);
  };

  #may(fault: Fault): boolean {
    return this.view.device.faults.includes(fault);
  }

  #say(message: Said): void {
    emit(this, 'say', message);
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

  override render() {
    if (this.view.device.faults.length === 0)
      return html`<section class="panel" aria-label=${words.faults.title}>
        <h2>${words.faults.title}</h2>
        <p class="soft">${words.faults.real}</p>
        ${alone}
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
                ${fill(words.faults.free, { button: buttonWords[this.stuck] })} <kbd aria-hidden="true">${sticking.find(({ button }) => button === this.stuck)?.key}</kbd>
              </button>`
            : sticking.map(
                ({ button, key }) =>
                  html`<button data-fault="stuck-${button}" @click=${() => this.#stick(button)}>
                    ${fill(words.faults.sticks, { button: buttonWords[button] })} <kbd aria-hidden="true">${key}</kbd>
                  </button>`,
              )
        }
        ${alone}
      </div>
    </section>`;
  }
}
customElements.define('bench-controls', BenchControls);
