/** After the end: rest, how it is now, and the next morning. What is answered here is compared, told, and kept nowhere. */
import { html, LitElement, nothing } from 'lit';
import { catalogue } from '../../../machines/text/text.ts';
import type { View } from '../../../src/server/view-messages.ts';
import { intendFrom } from '../common/said.ts';
import { shared } from '../common/styles.ts';
import { bothScores } from './both-scores.ts';

const { endings: words, forms } = catalogue;

export class EndingForm extends LitElement {
  static override properties = {
    ending: { attribute: false },
    local: { state: true },
    leg: { state: true },
  };
  declare ending: NonNullable<View['ending']>;
  declare local: number | null;
  declare leg: number | null;

  static override styles = [shared];

  constructor() {
    super();
    this.local = null;
    this.leg = null;
  }

  override render() {
    const { answer, rest, nextMorning } = this.ending;
    return html`<div class="stack">
      ${rest ? html`<p>${rest}</p>` : nothing}
      ${answer === null ? this.#question() : html`<p role="status">${answer}</p>`}
      <p class="soft">${nextMorning}</p>
    </div>`;
  }

  #answer(): void {
    const { local, leg } = this;
    if (local !== null && leg !== null) intendFrom(this, { intent: 'after', local, leg });
  }

  #question() {
    return html`<h2>${words.question}</h2>
      ${bothScores(this)}
      <div class="row">
        <button
          ?disabled=${this.local === null || this.leg === null}
          @click=${() => this.#answer()}
        >
          ${forms.answer}
        </button>
      </div>`;
  }
}
customElements.define('ending-form', EndingForm);
