/** What a worker asks its page to keep: only a page has all of the browser's storage. */
import type { Ms } from '../../machines/vocabulary.ts';
import type { BoardSettings } from '../../src/app/known-board.ts';
import type { Clock } from '../../src/time/clock.ts';

/** A page that is still there answers within this. */
const answerWithinMs: Ms = 5000;

export class AskedPage {
  readonly #clock: Clock;
  readonly #ask: (ask: number, settings: BoardSettings) => void;
  readonly #waiting = new Map<number, (isKept: boolean) => void>();
  #asks = 0;

  constructor(clock: Clock, ask: (ask: number, settings: BoardSettings) => void) {
    this.#clock = clock;
    this.#ask = ask;
  }

  /** Whether it was kept; false too where the page does not answer. */
  keep(settings: BoardSettings): Promise<boolean> {
    const ask = this.#asks++;
    return new Promise(resolve => {
      const late = this.#clock.at(this.#clock.now() + answerWithinMs, () => this.answered(ask, false));
      this.#waiting.set(ask, isKept => {
        late();
        resolve(isKept);
      });
      this.#ask(ask, settings);
    });
  }

  answered(ask: number, isKept: boolean): void {
    this.#waiting.get(ask)?.(isKept);
    this.#waiting.delete(ask);
  }
}
