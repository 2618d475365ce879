/** The page of the person being massaged: two large fields, Less and Stop, and nothing else to press. */
import { css, html, LitElement, nothing } from 'lit';
import { catalogue } from '../../../machines/text/text.ts';
import type { View } from '../../../src/wire/messages.ts';
import { shared } from '../styles.ts';

const { receiver: words, preparation } = catalogue;

export class ReceiverForm extends LitElement {
  static override properties = { receiver: { attribute: false }, sentence: {} };
  declare receiver: View['receiver'];
  declare sentence: string;

  static override styles = [
    shared,
    css`
      .fields {
        display: grid;
        gap: 1.2rem;
      }
      button {
        min-height: 22vh;
        border-radius: 28px;
        font-size: clamp(2rem, 9vw, 4rem);
        font-weight: 700;
      }
      .less {
        border: 4px solid var(--ease);
      }
      .stop {
        background: var(--stop-ground);
        border-color: var(--stop-ground);
        color: var(--on-stop);
      }
    `,
  ];

  constructor() {
    super();
    this.sentence = '';
  }

  override render() {
    const say = (intent: 'less' | 'stop') => (): void => {
      this.dispatchEvent(new CustomEvent('intend', { detail: { intent } }));
    };
    return html`<div class="stack">
      <h2>${words.title}</h2>
      <p>${this.sentence}</p>
      ${this.receiver.means === 'page' ? html`<p role="status">${this.receiver.tried ? words.tried : preparation['receiver.page']}</p>` : nothing}
      <div class="fields">
        <button class="less" data-less @click=${say('less')}>${words.less}</button>
        <button class="stop" data-their-stop @click=${say('stop')}>${words.stop}</button>
      </div>
      <p class="soft">${words.means}</p>
    </div>`;
  }
}
customElements.define('receiver-form', ReceiverForm);
