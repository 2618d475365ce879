/** What a worker asks its page to keep: only a page has all of the browser's storage. */
import type { LoggedSession } from '../../../hardware/alone/logged.ts';
import type { Ms } from '../../../machines/vocabulary.ts';
import type { OnBoard } from '../../../src/app/alone/known-alone.ts';
import type { BoardSettings } from '../../../src/app/known-board.ts';
import type { Clock } from '../../../src/time/clock.ts';

/** Of the board on the serial port. */
export type PageAsk =
  /** Keep what is known of it: answered by 1, null where nothing is kept. */
  | Readonly<{ keep: BoardSettings }>
  /** Remember what was put on it, beside what it has played by itself so far: answered as that. */
  | Readonly<{ loaded: readonly OnBoard[]; sessions: readonly LoggedSession[] }>
  /** Take what it has played by itself into the history: how many were new; null where no history is kept here. */
  | Readonly<{ take: readonly LoggedSession[] }>;

/** A page that is still there answers within this. */
const answerWithinMs: Ms = 5000;

export class AskedPage {
  readonly #clock: Clock;
  readonly #post: (ask: number, what: PageAsk) => void;
  readonly #waiting = new Map<number, (answer: number | null) => void>();
  #asks = 0;

  constructor(clock: Clock, post: (ask: number, what: PageAsk) => void) {
    this.#clock = clock;
    this.#post = post;
  }

  /** Null too where the page does not answer. */
  ask(what: PageAsk): Promise<number | null> {
    const ask = this.#asks++;
    return new Promise(resolve => {
      const late = this.#clock.at(this.#clock.now() + answerWithinMs, () => this.answered(ask, null));
      this.#waiting.set(ask, answer => {
        late();
        resolve(answer);
      });
      this.#post(ask, what);
    });
  }

  /** Whether it was kept. */
  async keep(settings: BoardSettings): Promise<boolean> {
    return (await this.ask({ keep: settings })) !== null;
  }

  answered(ask: number, answer: number | null): void {
    this.#waiting.get(ask)?.(answer);
    this.#waiting.delete(ask);
  }
}
