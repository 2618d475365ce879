/** A list that grows at its end: journal records, or messages on the line. Only the newest are drawn. */
import { css, html, LitElement } from 'lit';
import { shared } from '../common/styles.ts';
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
        contain: strict;
        content-visibility: auto;
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
        text-align: end;
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
    return html`<ol class="fixed" tabindex="0" aria-label=${this.name}></ol>`;
  }

  /** Only what is new is made, and what is too old taken away: drawing all anew would cost every frame dearly. */
  override updated(): void {
    const list = this.renderRoot.querySelector('ol');
    if (!list) return;
    const known = this.#newest ? this.rows.lastIndexOf(this.#newest) : -1;
    if (known < 0) list.replaceChildren();
    for (const row of this.rows.slice(known + 1)) list.prepend(this.#item(row));
    while (list.childElementCount > this.rows.length) list.lastElementChild?.remove();
    this.#newest = this.rows.at(-1) ?? null;
  }
  #newest: LogRow | null = null;

  #item({ key, mark, word, text, hover }: LogRow): HTMLElement {
    const item = document.createElement('li');
    item.title = hover;
    for (const [name, content] of [
      ['span', key],
      ['span', mark],
      ['b', word],
      ['span', text],
    ] as const) {
      const part = document.createElement(name);
      part.textContent = content;
      // A message is called what the protocol calls it.
      if (name === 'b') part.translate = false;
      item.append(part);
    }
    return item;
  }
}
customElements.define('log-list', LogList);
