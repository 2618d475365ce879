/** What a board that plays by itself can be given and asked: routines, what is on it, what it has played. */
import { css, html, LitElement, nothing } from 'lit';
import { setupWords } from '../../../machines/text/setup.ts';
import type { PageEvent } from '../common/events.ts';
import { shared } from '../common/styles.ts';
import type { BoardDeed } from './board-talk.ts';
import '../common/erase-step.ts';
import './load-form.ts';

const { talk: words, alone } = setupWords;

export class ByItself extends LitElement {
  static override properties = {
    begin: { attribute: false },
    ready: { type: Boolean },
    isOpen: { state: true },
  };
  declare begin: (deed: BoardDeed) => void;
  /** Whether it can be begun now. */
  declare ready: boolean;
  declare isOpen: boolean;

  static override styles = [
    shared,
    css`
      summary {
        min-height: 44px;
        display: grid;
        align-items: center;
        width: fit-content;
        cursor: pointer;
        font-weight: 600;
      }
      details > .stack {
        padding-top: 0.6rem;
      }
    `,
  ];

  constructor() {
    super();
    this.ready = false;
    this.isOpen = false;
  }

  override render() {
    const toggled = ({ target }: Event): void => {
      this.isOpen = target instanceof HTMLDetailsElement && target.open;
    };
    return html`<details @toggle=${toggled}>
      <summary>${alone.title}</summary>
      <div class="stack">
        <p>${words.loadWhy}</p>
        <div class="row">${this.#button('list')} ${this.#button('fetch')}</div>
        ${
          // What can be chosen is asked for when it is wanted: it may be another by then.
          this.isOpen ? html`<load-form .load=${this.begin} ?ready=${this.ready}></load-form>` : nothing
        }
        <erase-step
          action=${words.clear}
          question=${alone.form.clearSure}
          yes=${alone.form.clearYes}
          no=${alone.form.clearNo}
          ?inert=${!this.ready}
          @sure=${(_: PageEvent<'sure'>) => this.begin({ deed: 'clear' })}
        ></erase-step>
      </div>
    </details>`;
  }

  #button(deed: 'list' | 'fetch') {
    return html`<button data-do=${deed} ?disabled=${!this.ready} @click=${() => this.begin({ deed })}>
      ${words[deed]}
    </button>`;
  }
}
customElements.define('by-itself', ByItself);
