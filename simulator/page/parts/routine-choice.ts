/** Which routine: before anything has begun, and again after the end. */
import { css, html, LitElement } from 'lit';
import type { View } from '../../../src/wire/messages.ts';
import { shared } from '../styles.ts';

export class RoutineChoice extends LitElement {
  static override properties = { library: { attribute: false } };
  declare library: View['library'];

  static override styles = [
    shared,
    css`
      .routines {
        display: grid;
        gap: 0.7rem;
      }
      button {
        display: grid;
        grid-template-columns: 1fr auto;
        gap: 0.1rem 1rem;
        width: 100%;
        text-align: left;
        border-radius: 18px;
        padding: 0.8rem 1.1rem;
        background: transparent;
      }
      button[aria-pressed='true'] {
        border-color: var(--pace);
        border-width: 2.5px;
        background: var(--sheet);
      }
      b {
        font-weight: 600;
      }
      .summary {
        grid-column: 1 / -1;
        font-size: 0.92rem;
      }
      .minutes {
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  override render() {
    const { routines, chosen } = this.library;
    return html`<div class="routines" role="group" aria-label="Routine">
      ${routines.map(
        routine => html`<button
          data-routine=${routine.id}
          aria-pressed=${routine.id === chosen ? 'true' : 'false'}
          @click=${() => this.dispatchEvent(new CustomEvent('chosen', { detail: routine.id }))}
        >
          <b>${routine.title}</b><span class="minutes">${Math.round(routine.minutes)} min</span>
          <span class="summary soft">${routine.summary}</span>
        </button>`,
      )}
    </div>`;
  }
}
customElements.define('routine-choice', RoutineChoice);
