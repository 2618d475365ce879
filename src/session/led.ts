/** The LED as it is lit, and when that changes next. What a state shines as is said in `machines/touch/led.ts`. */
import type { StateName } from '../../machines/session.states.ts';
import { type LedPattern, ledAt, ledPatternOf, type StopTrial } from '../../machines/touch/led.ts';
import type { Ms } from '../../machines/vocabulary.ts';

/** Half of a blink that counts: once a second. */
const countHalfMs: Ms = 500;

/** Shortest time between two changes, whatever the states do: three flashes have six of them. */
const restMs: Ms = Math.ceil(1000 / 6);

export class Led {
  #pattern: LedPattern = 'dark';
  #beganAt: Ms = 0;
  #lit = false;
  #changedAt: Ms = Number.NEGATIVE_INFINITY;
  #count: Readonly<{ of: number; from: Ms }> | null = null;
  readonly #show: (lit: boolean) => void;

  constructor(show: (lit: boolean) => void) {
    this.#show = show;
  }

  get pattern(): LedPattern {
    return this.#pattern;
  }
  get lit(): boolean {
    return this.#lit;
  }

  /** Counts something by so many slow blinks, once, asked for by a press. Whatever else it shows waits meanwhile. */
  count(of: number, from: Ms): void {
    this.#count = { of, from };
  }

  /** Lit or not while it counts, and until when; null once it has. */
  #counting(at: Ms): { lit: boolean; until: Ms } | null {
    if (!this.#count) return null;
    const { of, from } = this.#count;
    // One dark half before the first, so that the count is told apart from what went before.
    const halves = Math.floor((at - from) / countHalfMs);
    if (halves >= 2 * of + 1) {
      this.#count = null;
      return null;
    }
    return { lit: halves % 2 === 1, until: from + (halves + 1) * countHalfMs };
  }

  /**
   * Shines for a state of the session; returns when it has to be called again. `answer` goes before the state's own
   * pattern: where nothing may run, the light alone answers a press.
   */
  shine(
    state: StateName,
    at: Ms,
    steadyOnly: boolean,
    answer: boolean | null = null,
    stopTrial: StopTrial = 'done',
  ): Ms | null {
    const pattern = ledPatternOf(state, stopTrial);
    if (pattern !== this.#pattern) this.#beganAt = at;
    this.#pattern = pattern;
    const { lit, until } =
      this.#counting(at) ??
      (answer === null ? ledAt(pattern, this.#beganAt, at, steadyOnly) : { lit: answer, until: null });
    if (lit === this.#lit) return until;
    const may = this.#changedAt + restMs;
    if (at < may) return until === null ? may : Math.min(may, until);
    this.#show(lit);
    this.#lit = lit;
    this.#changedAt = at;
    return until;
  }
}
