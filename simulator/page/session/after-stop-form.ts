/** After a stop: what happened? Then what can follow from it. Before anything has run nothing can have hurt. */

import { css, html, LitElement } from 'lit';
import type { Intent } from '../../../machines/intent.ts';
import { afterStops } from '../../../machines/session.lists.ts';
import { catalogue } from '../../../machines/text/text.ts';
import { intendFrom } from '../common/said.ts';
import { shared } from '../common/styles.ts';

const { afterStop: words, forms } = catalogue;

export class AfterStopForm extends LitElement {
  static override properties = { hasBegun: { attribute: false } };
  /** Whether hands have moved in this session. */
  declare hasBegun: boolean;

  static override styles = [
    shared,
    css`
      .answers {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 14rem), 1fr));
        gap: 0.9rem;
      }
      button {
        border-radius: 22px;
        padding: 1rem 1.2rem;
        text-align: start;
        display: grid;
        gap: 0.2rem;
        align-content: start;
      }
      b {
        font-size: 1.3rem;
        font-weight: 600;
      }
    `,
  ];

  constructor() {
    super();
    this.hasBegun = true;
  }

  override render() {
    return html`<div class="answers" role="group" aria-label=${forms.whatHappened}>
      ${
        this.hasBegun
          ? afterStops.map(why => this.#answer(why, words[why], { intent: 'afterStop', why }))
          : [
              this.#answer('slip', words.before.slip, { intent: 'afterStop', why: 'slip' }),
              this.#answer('leave', words.before.leave, { intent: 'end' }),
            ]
      }
    </div>`;
  }

  #answer(name: string, { word, means }: Readonly<{ word: string; means: string }>, intent: Intent) {
    return html`<button
      data-why=${name}
      @click=${() => intendFrom(this, intent)}
    >
      <b>${word}</b><span class="soft">${means}</span>
    </button>`;
  }
}
customElements.define('after-stop-form', AfterStopForm);
