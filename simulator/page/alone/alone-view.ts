/**
 * A board that plays by itself, with the printed card beside it. `device-view` is there from the page's first view on;
 * fetched from here as well it would cut that view into more files than it has room for.
 */
import { css, html, LitElement, nothing } from 'lit';
import { aloneWords as words } from '../../../machines/text/alone.ts';
import { fill } from '../../../machines/text/text.ts';
import type { PageEvent } from '../common/events.ts';
import { shared } from '../common/styles.ts';
import type { Feed } from '../link/feed.ts';
import './printed-card.ts';
import { KeptBoard } from './kept-board.ts';
import { offeredOwnBoard } from './own-board.ts';

let kept: KeptBoard | null = null;

/** The board of this page, from the first time that it is asked for. */
function keptBoard(): KeptBoard | null {
  const start = offeredOwnBoard();
  if (start) kept ??= new KeptBoard(start);
  return kept;
}

const isSeen = (): boolean => document.visibilityState === 'visible';

export class AloneView extends LitElement {
  static override properties = { feed: { attribute: false } };
  declare feed: Feed;
  readonly #board = keptBoard();

  static override styles = [
    shared,
    css`
      :host {
        max-width: 84rem;
        margin-inline: auto;
      }
      /* The board stays at hand while the card is read: beside it, or below it where there is no room. */
      .beside {
        display: flex;
        flex-wrap: wrap;
        gap: clamp(1rem, 3vw, 2.4rem);
        align-items: flex-start;
      }
      printed-card {
        flex: 1 1 22rem;
        min-width: 0;
      }
      .device {
        position: sticky;
        top: 0;
        flex: 1 1 18rem;
        max-width: 20rem;
        margin-inline: auto;
        display: grid;
        gap: 1rem;
        justify-items: center;
      }
      device-view {
        width: 100%;
        --led: 1.7rem;
      }
      .lead {
        max-width: 60ch;
      }
      @media (max-width: 749px) {
        device-view {
          --led: 1.3rem;
          /* Between the motors, not above them. */
          --led-below: -3.5rem;
          --motor: 3.6rem;
        }
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    const board = this.#board;
    if (!board) return;
    board.addEventListener('change', this.#changed);
    board.addEventListener('goesOn', this.#goesOn);
    document.addEventListener('visibilitychange', this.#turned);
    this.#turned();
    this.feed.setAlsoStops(() => board.stop());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    const board = this.#board;
    if (!board) return;
    this.feed.setAlsoStops(null);
    document.removeEventListener('visibilitychange', this.#turned);
    board.show(false);
    board.removeEventListener('change', this.#changed);
    board.removeEventListener('goesOn', this.#goesOn);
  }

  readonly #changed = (): void => this.requestUpdate();
  readonly #goesOn = (): void => this.feed.tell(words.stoodStill);
  readonly #turned = (): void => this.#board?.show(isSeen());

  override render() {
    const board = this.#board;
    if (!board)
      return html`<div class="stack">
        <h2>${words.title}</h2>
        <p>${words.elsewhere}</p>
        <p><a class="button" data-demo href="/demo/#alone">${words.open}</a></p>
      </div>`;
    return html`<div class="stack">
      <h2>${words.title}</h2>
      <p class="soft lead">${words.lead}</p>
      ${board.failure === null ? nothing : html`<p role="alert">${fill(words.failed, { why: board.failure })}</p>`}
      <div class="beside">
        <printed-card></printed-card>
        <div class="device">${this.#drawn(board)}</div>
      </div>
    </div>`;
  }

  #drawn(board: KeptBoard) {
    const { seen } = board;
    return html`<device-view
        .device=${{
          duty: seen?.duty ?? null,
          lit: seen?.lit ?? false,
          pressed: [],
          emulated: true,
          link: 'live',
          state: null,
        }}
        .both=${{ word: words.both, means: words.bothMeans }}
        ?live=${seen !== null && board.failure === null}
        @pressed=${({ detail: { button, down } }: PageEvent<'pressed'>) => board.button(button, down)}
      ></device-view>
      <button data-replug @click=${() => board.replug()}>${words.again}</button>`;
  }
}
customElements.define('alone-view', AloneView);
