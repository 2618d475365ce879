/** Getting ready: each step confirmed by a person, never measured. */
import { css, html, LitElement, nothing } from 'lit';
import { catalogue } from '../../../machines/text/text.ts';
import type { View } from '../../../src/wire/messages.ts';
import { shared } from '../styles.ts';
import { careWord } from '../words.ts';
import './score-scale.ts';

export class PreparationForm extends LitElement {
  static override properties = {
    preparation: { attribute: false },
    cautions: { attribute: false },
    linkIsLive: { attribute: false },
    local: { state: true },
    leg: { state: true },
  };
  declare preparation: View['preparation'];
  declare cautions: readonly string[];
  declare linkIsLive: boolean;
  declare local: number | null;
  declare leg: number | null;

  static override styles = [
    shared,
    css`
      li {
        display: grid;
        grid-template-columns: 2rem 1fr;
        gap: 0.2rem 0.9rem;
        padding: 1rem 0;
        border-top: 1px solid var(--line);
      }
      .mark {
        width: 1.7rem;
        height: 1.7rem;
        border-radius: 50%;
        border: 2px solid var(--line);
        display: grid;
        place-items: center;
      }
      li.done .mark {
        background: var(--pace);
        border-color: var(--pace);
        color: var(--on-pace);
      }
      li.done p {
        color: var(--ink-soft);
      }
      .body {
        display: grid;
        gap: 0.8rem;
        justify-items: start;
      }
      score-scale {
        width: 100%;
        max-width: 34rem;
      }
      .care {
        border-left: 4px solid var(--ease);
        padding: 0.2rem 0 0.2rem 0.9rem;
      }
    `,
  ];

  constructor() {
    super();
    this.cautions = [];
    this.linkIsLive = false;
    this.local = null;
    this.leg = null;
  }

  #intend(intent: object): void {
    this.dispatchEvent(new CustomEvent('intend', { detail: intent }));
  }

  override render() {
    const { steps, ready } = this.preparation;
    const firstOpen = steps.find(({ open }) => open)?.step;
    return html`<div class="stack">
      <h2>Getting ready</h2>
      ${this.cautions.map(question => html`<p class="care">${careWord(question)}</p>`)}
      <ol>
        ${steps.map(
          ({ step, sentence, open }) => html`<li class=${open ? '' : 'done'} data-step=${step}>
            <span class="mark" role="img" aria-label=${open ? 'open' : 'done'}>${open ? '' : '✓'}</span>
            <div class="body">
              <p>${sentence}</p>
              ${open && step === firstOpen ? this.#action(step) : nothing}
            </div>
          </li>`,
        )}
      </ol>
      <div class="row">
        <button class="main" ?disabled=${!ready} @click=${() => this.#intend({ intent: 'start' })}>Start</button>
        <p class="soft">
          ${
            ready
              ? catalogue.preparation.start
              : firstOpen
                ? 'Confirm what is open first.'
                : this.linkIsLive
                  ? ''
                  : 'Waiting for the device.'
          }
        </p>
      </div>
    </div>`;
  }

  #action(step: string) {
    if (step !== 'baseline')
      return html`<button @click=${() => this.#intend({ intent: 'confirm', step })}>Done</button>`;
    return html`<score-scale
        question="Where the hands will be"
        .value=${this.local}
        @scored=${(event: CustomEvent<number>) => {
          this.local = event.detail;
        }}
      ></score-scale>
      <score-scale
        question="Down the leg"
        .value=${this.leg}
        @scored=${(event: CustomEvent<number>) => {
          this.leg = event.detail;
        }}
      ></score-scale>
      <button
        ?disabled=${this.local === null || this.leg === null}
        @click=${() => this.#intend({ intent: 'baseline', local: this.local, leg: this.leg })}
      >
        That is how it is
      </button>`;
  }
}
customElements.define('preparation-form', PreparationForm);
