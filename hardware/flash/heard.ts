/** What a line has said and nobody has taken yet: bytes that come whenever they come, read as answers are. */
import type { Ms } from '../../machines/vocabulary.ts';
import type { Clock } from '../../src/time/clock.ts';

/** What a board may say unasked before anyone reads it; of more the newest is kept. */
const mostKeptBytes = 8192;

export class HeardBytes {
  readonly #clock: Clock;
  #kept = new Uint8Array(0);
  #failure: Error | null = null;
  #stirred: () => void = () => {};

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Why there will be no more. */
  get failure(): Error | null {
    return this.#failure;
  }

  hear(bytes: Uint8Array): void {
    const all = new Uint8Array(this.#kept.length + bytes.length);
    all.set(this.#kept);
    all.set(bytes, this.#kept.length);
    this.#kept = all.subarray(-mostKeptBytes);
    this.#stirred();
  }

  /** The line is gone: whoever waits is told. The first reason stays. */
  fail(error: Error): void {
    this.#failure ??= error;
    this.#stirred();
  }

  forget(): void {
    this.#kept = new Uint8Array(0);
  }

  /** The next `count` bytes; null where they have not come in time. Rejects with why the line is gone. */
  async take(count: number, withinMs: Ms): Promise<Uint8Array | null> {
    const until = this.#clock.now() + withinMs;
    while (this.#kept.length < count) {
      if (this.#failure) throw this.#failure;
      if (this.#clock.now() >= until) return null;
      await new Promise<void>(resolve => {
        const cancel = this.#clock.at(until, resolve);
        this.#stirred = () => {
          cancel();
          resolve();
        };
      });
    }
    const taken = this.#kept.slice(0, count);
    this.#kept = this.#kept.subarray(count);
    return taken;
  }
}
