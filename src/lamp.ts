/**
 * The LED's language: slow while going, steady while it waits, once a second when it asks, twice when it stopped.
 * Where it would wait, but the board wants its STOP tried first, it asks for that: once a second too.
 * Never faster than 3 Hz (WCAG 2.3.1); where blinking light may harm someone, steady or dark only: dark asks for STOP.
 */
import { isCheckIn, isMoving, type StateName } from '../machines/session.states.ts';
import type { Ms } from '../machines/vocabulary.ts';

export type Lamp = 'dark' | 'steady' | 'going' | 'asking' | 'askingForStop' | 'stopped';

/** Whether a board wants its STOP tried before it may be armed: pressed, and let go. `held`: it is being pressed for that. */
export type StopTrial = 'wanted' | 'held' | 'done';

/** Half of a blink. */
const halfMs: Readonly<Record<Exclude<Lamp, 'dark' | 'steady'>, Ms>> = {
  going: 2000,
  asking: 500,
  askingForStop: 500,
  stopped: 250,
};

/** Half of a blink that counts: once a second. */
const countHalfMs: Ms = 500;

/** Shortest time between two changes, whatever the states do: three flashes have six of them. */
const restMs: Ms = Math.ceil(1000 / 6);

export function lampOf(state: StateName, stopTrial: StopTrial = 'done'): Lamp {
  if (isCheckIn(state) || state === 'finishing') return 'asking';
  if (state === 'stopped' || state === 'halting' || state === 'faulted') return 'stopped';
  // Pressed for that it is answered as ever: the light stays on, and means from the release on that it waits.
  if (state === 'paused' || state === 'pausing' || state === 'transition' || state === 'preparation')
    return stopTrial === 'wanted' ? 'askingForStop' : 'steady';
  return isMoving(state) ? 'going' : 'dark';
}

/** Whether the LED is lit at `at`, counted from when this lamp began, and when that changes (null: never). */
export function lampAt(
  lamp: Lamp,
  beganAt: Ms,
  at: Ms,
  steadyOnly: boolean,
): { lit: boolean; until: Ms | null } {
  if (lamp === 'dark' || lamp === 'steady') return { lit: lamp === 'steady', until: null };
  if (steadyOnly) return { lit: lamp !== 'askingForStop', until: null };
  const half = halfMs[lamp];
  const halves = Math.floor((at - beganAt) / half);
  return { lit: halves % 2 === 0, until: beganAt + (halves + 1) * half };
}

/** The LED as it is lit, and when that changes next. */
export class Light {
  #lamp: Lamp = 'dark';
  #beganAt: Ms = 0;
  #lit = false;
  #changedAt: Ms = Number.NEGATIVE_INFINITY;
  #count: Readonly<{ of: number; from: Ms }> | null = null;
  readonly #show: (lit: boolean) => void;

  constructor(show: (lit: boolean) => void) {
    this.#show = show;
  }

  get lamp(): Lamp {
    return this.#lamp;
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
   * lamp: where nothing may run, the light alone answers a press.
   */
  shine(
    state: StateName,
    at: Ms,
    steadyOnly: boolean,
    answer: boolean | null = null,
    stopTrial: StopTrial = 'done',
  ): Ms | null {
    const lamp = lampOf(state, stopTrial);
    if (lamp !== this.#lamp) this.#beganAt = at;
    this.#lamp = lamp;
    const { lit, until } =
      this.#counting(at) ??
      (answer === null ? lampAt(lamp, this.#beganAt, at, steadyOnly) : { lit: answer, until: null });
    if (lit === this.#lit) return until;
    const may = this.#changedAt + restMs;
    if (at < may) return until === null ? may : Math.min(may, until);
    this.#show(lit);
    this.#lit = lit;
    this.#changedAt = at;
    return until;
  }
}
