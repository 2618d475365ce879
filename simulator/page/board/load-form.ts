/** What a board that plays by itself is to be given: routines in their order, for how long, and how it is to be felt. */
import { css, html, LitElement, nothing } from 'lit';
import { setupWords } from '../../../machines/text/setup.ts';
import type { ListedRoutine } from '../../../src/server/api-messages.ts';
import { formStyles } from '../common/form-styles.ts';
import { choices, shared } from '../common/styles.ts';
import { routineList } from '../link/routine-list.ts';
import type { BoardDeed } from './board-talk.ts';

const words = setupWords.alone.form;

type Load = Extract<BoardDeed, Readonly<{ deed: 'load' }>>;
const minutesBounds = { least: 3, most: 90 };

export class LoadForm extends LitElement {
  static override properties = {
    load: { attribute: false },
    ready: { type: Boolean },
    list: { state: true },
    deed: { state: true },
    failure: { state: true },
  };
  declare load: (deed: Load) => void;
  /** Whether it can be begun now. */
  declare ready: boolean;
  declare list: readonly ListedRoutine[];
  declare deed: Load;
  declare failure: string | null;

  static override styles = [
    shared,
    choices,
    formStyles,
    css`
      fieldset {
        display: grid;
        gap: 0.45rem;
      }
      .routine {
        grid-template-columns: 1.5rem minmax(0, 1fr) auto;
      }
      .place {
        font-variant-numeric: tabular-nums;
        color: var(--ink-soft);
      }
      .fields {
        display: flex;
        flex-wrap: wrap;
        gap: 1.1rem 2rem;
      }
      .minutes {
        max-width: 18rem;
      }
      .choices {
        justify-self: start;
      }
    `,
  ];

  constructor() {
    super();
    this.ready = false;
    this.list = [];
    this.failure = null;
    this.deed = {
      deed: 'load',
      routines: [],
      minutes: null,
      mayDrop: false,
      firstSide: 'left',
      quiet: 'full',
      orientation: 'usual',
      clock: true,
    };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#fetch();
  }

  async #fetch(): Promise<void> {
    const { list, failure } = await routineList();
    this.list = list;
    this.failure = failure;
  }

  #change(change: Partial<Load>): void {
    this.deed = { ...this.deed, ...change };
  }

  #toggle(id: string, isIn: boolean): void {
    const others = this.deed.routines.filter(one => one !== id);
    this.#change({ routines: isIn ? [...others, id] : others });
  }

  #minutes(text: string): void {
    const minutes = Number(text);
    const isFit =
      Number.isInteger(minutes) && minutes >= minutesBounds.least && minutes <= minutesBounds.most;
    this.#change({ minutes: isFit ? minutes : null });
  }

  override render() {
    const { deed, ready } = this;
    const may = ready && deed.routines.length > 0;
    return html`<div class="stack">
      ${this.failure === null ? nothing : html`<p role="alert">${this.failure}</p>`}
      <fieldset>
        <legend>${words.routines}</legend>
        ${this.list.map(one => this.#routine(one))}
      </fieldset>
      <div class="field minutes">
        <label for="minutes">${words.minutes}</label>
        <input
          id="minutes"
          type="number"
          inputmode="numeric"
          min=${minutesBounds.least}
          max=${minutesBounds.most}
          aria-describedby="hint"
          @input=${(event: Event) => this.#minutes((event.target as HTMLInputElement).value)}
        />
        <p class="hint" id="hint">${words.minutesHint}</p>
      </div>
      ${this.#check('mayDrop', words.mayDrop)}
      <div class="fields">
        ${this.#choice('firstSide', words.firstSide, words.sides)} ${this.#choice('quiet', words.quiet, words.quiets)}
        ${this.#choice('orientation', words.worn, words.worns)}
      </div>
      ${this.#check('clock', words.clock)}
      <div class="row">
        <button class="main" data-do="load" ?disabled=${!may} @click=${() => this.load(deed)}>${words.load}</button>
      </div>
    </div>`;
  }

  #routine({ id, title }: ListedRoutine) {
    const place = this.deed.routines.indexOf(id) + 1;
    return html`<label class="check routine" data-routine=${id}
      ><input
        type="checkbox"
        .checked=${place > 0}
        @change=${(event: Event) => this.#toggle(id, (event.target as HTMLInputElement).checked)}
      /><span>${title}</span><span class="place">${place === 0 ? nothing : place}</span></label
    >`;
  }

  #check(name: 'mayDrop' | 'clock', word: string) {
    return html`<label class="check"
      ><input
        type="checkbox"
        data-check=${name}
        .checked=${this.deed[name]}
        @change=${(event: Event) => this.#change({ [name]: (event.target as HTMLInputElement).checked })}
      />${word}</label
    >`;
  }

  #choice<N extends 'firstSide' | 'quiet' | 'orientation'>(
    name: N,
    legend: string,
    values: Readonly<Record<Load[N], string>>,
  ) {
    const names = Object.keys(values) as Load[N][];
    return html`<fieldset>
      <legend>${legend}</legend>
      <div class="choices">
        ${names.map(
          value => html`<label
            ><input
              type="radio"
              name=${name}
              .checked=${this.deed[name] === value}
              @change=${() => this.#change({ [name]: value })}
            />${values[value]}</label
          >`,
        )}
      </div>
    </fieldset>`;
  }
}
customElements.define('load-form', LoadForm);
