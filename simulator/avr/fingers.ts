/**
 * Fingers on a board's buttons. However fast a press was sent, and with whatever else it arrived at once, it lasts long
 * enough at the pin for any firmware to see it, and so does the gap before the next one. Knows no time of its own.
 */
import type { Button } from '../../machines/vocabulary.ts';

/** A press lasts at least this long at the pin, and so does the time between two: the firmware samples each 4 ms. */
export const shortestPressMs = 30;
/** More moves than this do not wait: of those that would, a pair is left out, so that what counts at last is right. */
const mostWaiting = 8;

type Finger = {
  /** Where the pin is, and since when. */
  down: boolean;
  movedAtMs: number;
  /** Moves to come, each the opposite of the one before. */
  waiting: boolean[];
};

export class Fingers {
  readonly #move: (button: Button, down: boolean) => void;
  readonly #fingers = new Map<Button, Finger>();

  /** `move` sets the pin. */
  constructor(move: (button: Button, down: boolean) => void) {
    this.#move = move;
  }

  /** When to `tick` next, on the clock of those `nowMs`; Infinity where nothing waits. */
  get dueMs(): number {
    let due = Number.POSITIVE_INFINITY;
    for (const { movedAtMs, waiting } of this.#fingers.values())
      if (waiting.length > 0) due = Math.min(due, movedAtMs + shortestPressMs);
    return due;
  }

  /** A finger comes or goes: at once where the last move is long enough ago, else as soon as it is. */
  put(button: Button, down: boolean, nowMs: number): void {
    const finger = this.#fingers.get(button) ?? {
      down: false,
      movedAtMs: Number.NEGATIVE_INFINITY,
      waiting: [],
    };
    this.#fingers.set(button, finger);
    if ((finger.waiting.at(-1) ?? finger.down) === down) return;
    if (finger.waiting.length < mostWaiting) finger.waiting.push(down);
    else finger.waiting.pop();
    this.tick(nowMs);
  }

  /** Makes what moves are due. */
  tick(nowMs: number): void {
    for (const [button, finger] of this.#fingers) {
      if (nowMs < finger.movedAtMs + shortestPressMs) continue;
      const down = finger.waiting.shift();
      if (down === undefined) continue;
      finger.down = down;
      finger.movedAtMs = nowMs;
      this.#move(button, down);
    }
  }
}
