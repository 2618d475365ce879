/** A list that grows at its end: journal records, or messages on the line. Only the newest are drawn. */
import { css, html, LitElement } from 'lit';
import { shared } from '../styles.ts';
import { panel } from './panel-styles.ts';

export type LogRow = Readonly<{ key: string; mark: string; word: string; text: string; hover: string }>;

export class LogList extends LitElement {
  static override properties = { rows: { attribute: false }, name: {} };
  declare rows: readonly LogRow[];
  declare name: string;

  static override styles = [
    shared,
    panel,
    css`
      ol {
        height: 15rem;
        overflow: auto;
        display: flex;
        flex-direction: column-reverse;
        line-height: 1.5;
      }
      li {
        display: grid;
        grid-template-columns: 5.2rem 1rem 7.4rem minmax(0, 1fr);
        gap: 0.5rem;
        white-space: nowrap;
      }
      li:hover {
        background: var(--raised);
      }
      li > * {
        overflow: hidden;
        text-overflow: ellipsis;
      }
      li > :first-child {
        text-align: right;
        color: var(--ink-soft);
      }
      b {
        font-weight: 600;
      }
      ol:focus-visible {
        outline: 3px solid var(--ink);
      }
    `,
  ];

  constructor() {
    super();
    this.rows = [];
    this.name = '';
  }

  override render() {
    return html`<ol class="fixed" tabindex="0" aria-label=${this.name}>
      ${this.rows
        .toReversed()
        .map(
          ({ key, mark, word, text, hover }) =>
            html`<li title=${hover}><span>${key}</span><span>${mark}</span><b>${word}</b><span>${text}</span></li>`,
        )}
    </ol>`;
  }
}
customElements.define('log-list', LogList);
