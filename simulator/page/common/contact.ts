/**
 * One press, however it is made: it acts when a pointer touches, any pointer, also the second, and whatever that does
 * then; a click that no pointer has made (of a tool that presses for somebody) and a key count as well. Each once.
 */

/** What is read of a pointer's event, and of the click that may follow it. */
type Contacting = Readonly<{ pointerId?: number; timeStamp: number }>;
/** What is read of a key's. */
type KeyStroke = Readonly<{ key: string; repeat: boolean; preventDefault(): void }>;

/** A click that comes this long after its finger, or sooner, is of the same press. */
export const clickFollowsMs = 400;

/** Tells a click that is a press of its own from one that a pointer has just made. */
export class Contact {
  readonly #down = new Set<number>();
  #lastAt = Number.NEGATIVE_INFINITY;

  /** A pointer touches it. That is always a press: one whose lift was lost must not cost the next. */
  touch({ pointerId = -1, timeStamp }: Contacting): void {
    this.#down.add(pointerId);
    this.#lastAt = timeStamp;
  }

  /** It has lifted, was taken away, or is no longer ours. */
  lift({ pointerId = -1, timeStamp }: Contacting): void {
    if (this.#down.delete(pointerId)) this.#lastAt = timeStamp;
  }

  /** Whether a click is a press of its own. */
  isPress({ pointerId = -1, timeStamp }: Contacting): boolean {
    return !this.#down.has(pointerId) && timeStamp - this.#lastAt > clickFollowsMs;
  }
}

/** Whether a key is of those that press what has the focus. */
export const pressesFocused = ({ key }: Pick<KeyStroke, 'key'>): boolean => key === ' ' || key === 'Enter';

/** Whether a key presses what has the focus, now: one that is held down does so once. */
export function isKeyPress(event: KeyStroke): boolean {
  if (!pressesFocused(event)) return false;
  // Otherwise the browser makes a click of it: late, and of a held Enter thirty a second.
  event.preventDefault();
  return !event.repeat;
}
