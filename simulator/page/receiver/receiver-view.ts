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
        display: flex;
        flex-direction: column;
        gap: 1rem;
        flex: 1 0 auto;
      }
      .stack {
        gap: 0.7rem;
        align-content: start;
      }
      .now {
        font-size: clamp(1.4rem, 5vw, 2.2rem);
        font-weight: 500;
      }
      .less {
        flex: 1 0 auto;
        display: grid;
      }
      /*
       * Whatever is told above it, it stays whole where the thumb is: the words move behind it. Where letters are so large
       * that it would leave them no room, they come first, and it below them.
       */
      @container (min-height: 16rem) {
        .less {
          position: sticky;
          bottom: 0;
          background: var(--ground);
          box-shadow: 0 0.6rem var(--ground);
        }
        .less::before {
          content: '';
          position: absolute;
          inset: -1rem 0 auto;
          height: 1rem;
          background: linear-gradient(transparent, var(--ground));
          pointer-events: none;
        }
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
          display: grid;
          grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
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
        .less {
          position: sticky;
          top: 0;
          align-self: start;
          /* All of the room that the look has, and no more of it however long the words are. */
          min-height: calc(100cqh - 1.2rem);
        }
        .less::before {
          content: none;
        }
        button {
          min-height: 0;
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
        <p class="soft" role="status">${this.notice ?? words.means}</p>
        ${
          receiver?.means === 'page'
            ? html`<p role="status">${receiver.tried ? words.tried : preparation['receiver.page']}</p>`
            : nothing
        }
      </div>
      <div class="less">
        <button
          class="press"
          data-less
          ${pressed(() => intendFrom(this, { intent: 'less' }))}
        >
          ${words.less} <small>${words.lessMeans}</small>
        </button>
      </div>`;
  }
}
customElements.define('receiver-view', ReceiverView);
