/**
 * What brings the complaint on, and what makes it worse: two plain questions of which several choices may hold. Nothing
 * is chosen beforehand, nothing waits for it, and once it is said the page forgets it.
 */
import { css, html, LitElement, nothing } from 'lit';
import { type Cause, type CausesSaid, causes } from '../../../machines/causes.ts';
import { catalogue } from '../../../machines/text/text.ts';
import { emit } from '../common/events.ts';
import { intendFrom } from '../common/said.ts';
import { shared } from '../common/styles.ts';

const words = catalogue.causes;

type Question = keyof CausesSaid;
const questions = ['bringsOn', 'worsens'] as const satisfies readonly Question[];

export class CausesForm extends LitElement {
  static override properties = { bringsOn: { state: true }, worsens: { state: true } };
  /** Null while nothing has been chosen; none: none of these, or not sure. */
  declare bringsOn: readonly Cause[] | null;
  declare worsens: readonly Cause[] | null;

  static override styles = [
    shared,
    css`
      :host {
        border-top: 1px solid var(--line);
        padding-top: 1rem;
      }
      fieldset {
        display: grid;
        gap: 0.6rem;
      }
      /* By its shape as well as by its colour. */
      button[aria-pressed='true'] {
        border-color: var(--pace);
        border-width: 3px;
      }
      button[aria-pressed='true']::before {
        content: '✓ ';
      }
      legend {
        padding: 0;
        margin-bottom: 0.5rem;
        font-weight: 600;
      }
    `,
  ];

  constructor() {
    super();
    this.bringsOn = null;
    this.worsens = null;
  }

  get #said(): CausesSaid | null {
    const { bringsOn, worsens } = this;
    return bringsOn && worsens ? { bringsOn, worsens } : null;
  }

  #choose(question: Question, chosen: readonly Cause[] | null): void {
    this[question] = chosen;
    emit(this, 'causes', this.#said);
  }

  /** Pressed again it does not hold any more. */
  #press(question: Question, cause: Cause): void {
    const before = this[question] ?? [];
    const chosen = before.includes(cause) ? before.filter(one => one !== cause) : [...before, cause];
    this.#choose(question, chosen.length === 0 ? null : chosen);
  }

  #say(): void {
    const said = this.#said;
    if (said)
      intendFrom(this, { intent: 'causes', bringsOn: [...said.bringsOn], worsens: [...said.worsens] });
  }

  override render() {
    const isCold = [this.bringsOn, this.worsens].some(chosen => chosen?.includes('beingCold'));
    return html`<div class="stack">
      <p class="soft">${words.why}</p>
      ${questions.map(question => this.#question(question))}
      ${isCold ? html`<p role="status">${words.keepWarm}</p>` : nothing}
      <div class="row">
        <button data-causes ?disabled=${this.#said === null} @click=${() => this.#say()}>${words.say}</button>
        <p class="soft">${words.skip}</p>
      </div>
    </div>`;
  }

  #question(question: Question) {
    const chosen = this[question];
    const none = chosen !== null && chosen.length === 0;
    return html`<fieldset data-question=${question}>
      <legend>${words[question]}</legend>
      <div class="row">
        ${causes.map(
          cause =>
            html`<button
              data-cause=${cause}
              aria-pressed=${chosen?.includes(cause) ? 'true' : 'false'}
              @click=${() => this.#press(question, cause)}
            >
              ${words.choices[cause]}
            </button>`,
        )}
        <button
          data-cause="none"
          aria-pressed=${none ? 'true' : 'false'}
          @click=${() => this.#choose(question, none ? null : [])}
        >
          ${words.none}
        </button>
      </div>
    </fieldset>`;
  }
}
customElements.define('causes-form', CausesForm);
