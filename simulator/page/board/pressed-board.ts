/** The board as it lies before a person, with the one button that is to be pressed on it. Nothing here can be pressed. */
import { css, html, LitElement } from 'lit';
import { setupWords } from '../../../machines/text/setup.ts';
import { catalogue, fill } from '../../../machines/text/text.ts';
import type { Button } from '../../../machines/vocabulary.ts';
import { shared } from '../common/styles.ts';

const { buttons, letters } = catalogue.page.device;
const shown = ['go', 'less', 'stop'] as const;

export class PressedBoard extends LitElement {
  static override properties = { button: { type: String } };
  declare button: Button;

  static override styles = [
    shared,
    css`
      .body {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: 0.7rem;
        justify-items: center;
        width: 14rem;
        padding: 1rem 1.1rem;
        border: 1.5px solid var(--line);
        border-radius: 2.6rem 2.6rem 1.8rem 1.8rem;
        background: var(--raised);
      }
      i {
        display: grid;
        place-items: center;
        width: 2.8rem;
        height: 2.8rem;
        border: 4px solid var(--line);
        border-radius: 50%;
        font-style: normal;
        font-weight: 600;
        color: var(--ink-soft);
      }
      b {
        position: relative;
        display: grid;
        place-items: center;
        width: 100%;
        min-height: 2.7rem;
        border: 2px solid var(--line);
        border-radius: 999px;
        color: var(--ink-soft);
        font-weight: 600;
        letter-spacing: 0.04em;
      }
      .stop {
        grid-column: 1 / -1;
        border-radius: 0.9rem;
      }
      b.wanted {
        border: 4px solid var(--pace);
        color: var(--ink);
        font-weight: 700;
      }
      b.wanted::after {
        content: '';
        position: absolute;
        inset: -0.6rem;
        border: 3px solid var(--pace);
        border-radius: inherit;
        opacity: 0.5;
      }
      @media (prefers-reduced-motion: no-preference) {
        b.wanted::after {
          animation: call 1.4s ease-in-out infinite alternate var(--motion, running);
        }
      }
      @keyframes call {
        from {
          opacity: 0.15;
        }
        to {
          opacity: 0.8;
        }
      }
      @media (forced-colors: active) {
        b.wanted {
          border-color: Highlight;
        }
      }
    `,
  ];

  override render() {
    const name = this.button === 'receiver' ? '' : buttons[this.button];
    return html`<div class="body" role="img" aria-label=${fill(setupWords.talk.drawing, { name })}>
      <i>${letters.left}</i><i>${letters.right}</i>
      ${shown.map(one => html`<b class="${one} ${one === this.button ? 'wanted' : ''}">${buttons[one]}</b>`)}
    </div>`;
  }
}
customElements.define('pressed-board', PressedBoard);
