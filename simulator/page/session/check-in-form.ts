/** How is it? Two numbers, and whether it may be firmer. The strokes go on meanwhile. */

import { css, html, LitElement, nothing } from 'lit';
import { catalogue, fill } from '../../../machines/text/text.ts';
import type { View } from '../../../src/server/view-messages.ts';
import { type Intended, intendFrom } from '../common/said.ts';
import { choices, shared } from '../common/styles.ts';
import { bothScores } from './both-scores.ts';
import './symptom-list.ts';

const { forms } = catalogue;

export class CheckInForm extends LitElement {
  static override properties = {
    checkIn: { attribute: false },
    pressure: { attribute: false },
    local: { state: true },
    leg: { state: true },
  };
  declare checkIn: NonNullable<View['checkIn']>;
  declare pressure: number | null;
  declare local: number | null;
  declare leg: number | null;

  static override styles = [
    shared,
    choices,
    css`
      :host {
        border: 2px solid var(--pace);
        border-radius: 24px;
        padding: 1.2rem;
        background: var(--sheet);
      }
    `,
  ];

  constructor() {
    super();
    this.local = null;
    this.leg = null;
    this.pressure = null;
  }

  #answer(firmer: boolean): void {
    const { local, leg } = this;
    if (local !== null && leg !== null) intendFrom(this, { intent: 'checkIn', local, leg, firmer });
  }

  override render() {
    const complete = this.local !== null && this.leg !== null;
    const { mayRise } = this.checkIn;
    return html`<div class="stack">
      <h2>${forms.howIsIt}</h2>
      ${bothScores(this)}
      <div class="row">
        <button class="main" ?disabled=${!complete} @click=${() => this.#answer(false)}>
          ${this.pressure === null ? forms.stay : fill(forms.stayAt, { pressure: this.pressure })}
        </button>
        ${
          mayRise
            ? html`<button ?disabled=${!complete} @click=${() => this.#answer(true)}>${forms.firmer}</button>`
            : nothing
        }
        <button @click=${() => intendFrom(this, { intent: 'less' })}>
          ${forms.less}
        </button>
      </div>
      <symptom-list
        @intend=${(event: Intended) => intendFrom(this, event.detail)}
      ></symptom-list>
    </div>`;
  }
}
customElements.define('check-in-form', CheckInForm);
