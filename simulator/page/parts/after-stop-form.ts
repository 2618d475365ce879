/** After a stop: what happened? Then what can follow from it. */
import { css, html, LitElement } from 'lit';
import { afterStops } from '../../../machines/session.types.ts';
import { catalogue } from '../../../machines/text/text.ts';
import { shared } from '../styles.ts';

const { afterStop: words, forms } = catalogue;

export class AfterStopForm extends LitElement {
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

  override render() {
    return html`<div class="answers" role="group" aria-label=${forms.whatHappened}>
      ${afterStops.map(
        why => html`<button
          data-why=${why}
          @click=${() =>
            this.dispatchEvent(new CustomEvent('intend', { detail: { intent: 'afterStop', why } }))}
        >
          <b>${words[why].word}</b><span class="soft">${words[why].means}</span>
        </button>`,
      )}
    </div>`;
  }
}
customElements.define('after-stop-form', AfterStopForm);
