/** The word that nothing is driven, for whoever waits for it: several may, and each is told, in the end in any case. */
import type { Ms } from '../machines/vocabulary.ts';
import type { Clock } from '../src/time/clock.ts';

/** A lease that is not renewed has run out by then. */
const withinMs: Ms = 300;

export class Confirmation {
  readonly #clock: Clock;
  readonly #awaiting = new Set<(confirmed: boolean) => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** `known` is what can be said at once; null where the board has to say it. */
  wait(known: boolean | null): Promise<boolean> {
    return new Promise(resolve => {
      const tell = (confirmed: boolean): void => {
        giveUp();
        this.#awaiting.delete(tell);
        resolve(confirmed);
      };
      const giveUp = this.#clock.at(this.#clock.now() + withinMs, () => tell(false));
      this.#awaiting.add(tell);
      if (known !== null) tell(known);
    });
  }

  /** The firmware has said it. */
  came(): void {
    for (const tell of [...this.#awaiting]) tell(true);
  }
}
