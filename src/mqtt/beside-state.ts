/** What stands retained beside a device's state, for somebody else to find it: published anew whenever that is asked for. */
import type { Message } from './connection.ts';

export class BesideState {
  readonly #messages: readonly Message[];
  #onTheirWay = 0;

  constructor(messages: readonly Message[]) {
    this.#messages = messages;
  }

  /** The connection is another one than before. */
  lost(): void {
    this.#onTheirWay = 0;
  }

  /** However often it is asked for, once at a time. */
  publish(publish: (message: Message, answered: () => void) => void): void {
    if (this.#onTheirWay > 0) return;
    this.#onTheirWay = this.#messages.length;
    for (const message of this.#messages)
      publish(message, () => {
        this.#onTheirWay -= 1;
      });
  }
}
