/** The page of the person being massaged: less, and stop. Nothing else, and never under anything. */

import { css, html, LitElement, nothing } from 'lit';
import { catalogue } from '../../../machines/text/text.ts';
import type { View } from '../../../src/server/view-messages.ts';
import { pressed } from '../common/pressed.ts';
import { intendFrom } from '../common/said.ts';
import { shared } from '../common/styles.ts';
import { sentenceNow } from '../common/words.ts';

const { receiver: words, preparation } = catalogue;

export class ReceiverView extends LitElement {
  static override properties = {
    view: { attribute: false },
    notice: { attribute: false },
    live: { type: Boolean, reflect: true },
  };
  declare view: View | null;
  /** What was answered to the last press here, where a press alone does not show it. */
  declare notice: string | null;
  declare live: boolean;

  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        gap: 1rem;
        flex: 1 0 auto;
        grid-template-rows: auto minmax(0, 1fr);
      }
      .stack {
        gap: 0.7rem;
        align-content: start;
      }
      .now {
        font-size: clamp(1.4rem, 5vw, 2.2rem);
        font-weight: 500;
      }
      button {
        width: 100%;
        min-height: 24dvh;
        border-radius: 2rem;
        font-size: clamp(2.6rem, 14vw, 5rem);
        font-weight: 700;
        background: var(--raised);
        border: 3px solid var(--ink-soft);
      }
      /* A phone on its side: Less stands beside what it means, never below the edge. */
      @media (max-height: 520px) and (min-width: 560px) {
        :host {
          grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
          grid-template-rows: minmax(0, 1fr);
        }
        .stack {
          gap: 0.2rem;
        }
        h2 {
          font-size: 1.15rem;
        }
        p {
          font-size: 0.95rem;
          line-height: 1.3;
        }
        .now {
          font-size: 1.2rem;
        }
        button {
          min-height: 9rem;
          font-size: 3.4rem;
        }
      }
      small {
        display: block;
        font-size: 1.1rem;
        font-weight: 400;
      }
    `,
  ];

  constructor() {
    super();
    this.view = null;
    this.notice = null;
    this.live = false;
  }

  override render() {
    const receiver = this.view?.receiver;
    return html`<div class="stack">
        <h2>${words.title}</h2>
        <p class="now" data-state=${this.view?.session.state ?? ''}>
          ${this.live ? (this.view ? sentenceNow(this.view) : '') : words.noNews}
        </p>
        ${
          receiver?.means === 'page'
            ? html`<p role="status">${receiver.tried ? words.tried : preparation['receiver.page']}</p>`
            : nothing
        }
        <p class="soft" role="status">${this.notice ?? words.means}</p>
      </div>
      <button
        class="press"
        data-less
        ${pressed(() => intendFrom(this, { intent: 'less' }))}
      >
        ${words.less} <small>${words.lessMeans}</small>
      </button>`;
  }
}
customElements.define('receiver-view', ReceiverView);
