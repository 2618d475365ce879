/** The board of the look, kept while another look is shown. Its time goes on only while somebody can see it. */
import type { Button } from '../../../machines/vocabulary.ts';
import type { OwnBoard, Seen, StartOwnBoard } from './own-board.ts';

/** Tells `change` for what is seen of it, and `goesOn` where its time goes on after it has stood. */
export class KeptBoard extends EventTarget {
  /** Null until it has said something. */
  seen: Seen | null = null;
  failure: string | null = null;
  readonly #board: OwnBoard;
  #stands = false;

  constructor(start: StartOwnBoard) {
    super();
    this.#board = start({
      seen: seen => {
        this.seen = seen;
        this.#changed();
      },
      stoodStill: () => this.#goesOn(),
      failed: why => {
        this.failure = why;
        this.#changed();
      },
    });
  }

  button(button: Button, down: boolean): void {
    this.#board.button(button, down);
  }

  /** A short press on its own button. */
  stop(): void {
    this.button('stop', true);
    this.button('stop', false);
  }

  show(isShown: boolean): void {
    if (isShown !== this.#stands) return;
    this.#stands = !isShown;
    this.#board.stand(this.#stands);
    if (isShown) this.#goesOn();
  }

  /** The power goes and comes. */
  replug(): void {
    this.#board.replug();
  }

  #goesOn(): void {
    this.dispatchEvent(new Event('goesOn'));
  }

  #changed(): void {
    this.dispatchEvent(new Event('change'));
  }
}
