/** Interruptions: a cramp, the toilet, a call while hands move; "anything new?" once they have rested for long. */

import { html, LitElement, nothing } from 'lit';
import type { Intent } from '../../../machines/intent.ts';
import { pauseReasons } from '../../../machines/session.lists.ts';
import { catalogue } from '../../../machines/text/text.ts';
import type { View } from '../../../src/server/view-messages.ts';
import { type Intended, intendFrom } from '../common/said.ts';
import { shared } from '../common/styles.ts';
import './symptom-list.ts';

const { interruptions: words } = catalogue;

export class InterruptionForm extends LitElement {
  static override properties = { interruption: { attribute: false } };
  /** Null while hands move. */
  declare interruption: View['interruption'];

  static override styles = [shared];

  constructor() {
    super();
    this.interruption = null;
  }

  #intend(detail: Intent): void {
    intendFrom(this, detail);
  }

  override render() {
    const { interruption } = this;
    const reason = (why: (typeof pauseReasons)[number]) =>
      html`<button data-why=${why} @click=${() => this.#intend({ intent: 'pause', why })}>${words[why]}</button>`;
    const asks = interruption?.asksAnythingNew === true && !interruption.askThem;
    return html`<div class="stack">
      ${asks ? html`<h2>${words.question}</h2>` : nothing}
      <div class="row">
        ${asks ? html`<button class="main" @click=${() => this.#intend({ intent: 'go' })}>${words.nothing}</button>` : nothing}
        ${interruption?.why ? nothing : pauseReasons.map(reason)}
        <symptom-list @intend=${(event: Intended) => this.#intend(event.detail)}></symptom-list>
      </div>
    </div>`;
  }
}
customElements.define('interruption-form', InterruptionForm);
