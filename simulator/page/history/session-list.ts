/** Past sessions, the newest first: when, what, how long, and how it ended in words. */
import { css, html, LitElement, svg } from 'lit';
import { beganWord } from '../../../machines/text/began.ts';
import { historyWords } from '../../../machines/text/history.ts';
import { facts, fill } from '../../../machines/text/text.ts';
import type { ListedSession } from '../../../src/server/history-messages.ts';
import { whenWord } from '../../../src/time/calendar.ts';
import { emit } from '../common/events.ts';
import { shared } from '../common/styles.ts';
import { endWord, minutesAnswer } from './asks.ts';

const words = historyWords.page;

/** A mark beside the words: whole, broken, barred, or struck out. */
const marks: Readonly<Record<string, ReturnType<typeof svg>>> = {
  completed: svg`<path d="M5 12.5l4.5 4.5L19 7.5" />`,
  stopped: svg`<rect x="6.5" y="6.5" width="11" height="11" rx="2" />`,
  faulted: svg`<path d="M12 5v9M12 18.2v.3" />`,
};
const otherMark = svg`<path d="M6 12h4M14 12h4" />`;

export class SessionList extends LitElement {
  static override properties = { sessions: { attribute: false } };
  declare sessions: readonly ListedSession[];

  static override styles = [
    shared,
    css`
      ol {
        display: grid;
        gap: 0.6rem;
      }
      button {
        display: grid;
        grid-template-columns: 2.1rem minmax(0, 1fr) auto;
        gap: 0.1rem 0.8rem;
        align-items: center;
        width: 100%;
        text-align: start;
        border-radius: 18px;
        padding: 0.75rem 1.1rem 0.75rem 0.9rem;
        background: var(--sheet);
      }
      svg {
        grid-row: 1 / span 2;
        width: 2.1rem;
        height: 2.1rem;
        padding: 0.35rem;
        border-radius: 50%;
        border: 1.5px solid var(--line);
        fill: none;
        stroke: currentColor;
        stroke-width: 2.4;
        stroke-linecap: round;
        stroke-linejoin: round;
      }
      .completed {
        color: var(--pace);
      }
      .stopped,
      .faulted {
        color: var(--stop);
      }
      b {
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      .minutes {
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
      }
      .more {
        grid-column: 2 / -1;
        font-size: 0.92rem;
        overflow-wrap: anywhere;
      }
      @media (forced-colors: active) {
        svg {
          color: ButtonText !important;
        }
      }
    `,
  ];

  override render() {
    return html`<ol aria-label=${words.sessions}>
      ${this.sessions.map(
        one => html`<li>
          <button
            data-session=${one.id}
            @click=${() => emit(this, 'opened', one.id)}
          >
            <svg viewBox="0 0 24 24" aria-hidden="true" class=${one.outcome}>${marks[one.outcome] ?? otherMark}</svg>
            <b>${one.title}</b> <span class="minutes">${minutesAnswer(one.minutes)}</span>
            <span class="more soft"
              >${facts([
                beganWord(one, whenWord),
                ...(one.alone ? [historyWords.alone.by] : []),
                ...(one.practice ? [historyWords.practice.by] : []),
                one.underWay ? words.goingOn : endWord(one),
                ...(one.client === null ? [] : [fill(words.client, { client: one.client })]),
                ...(one.notes > 0 ? [words.noted] : []),
              ])}</span
            >
          </button>
        </li>`,
      )}
    </ol>`;
  }
}
customElements.define('session-list', SessionList);
