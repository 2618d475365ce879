/** Who is at the other end of a line, and what it says of itself; asked without Johnny-Five, for whoever drives nothing. */
import type { Ms } from '../../machines/vocabulary.ts';
import type { Cancel, Clock } from '../../src/time/clock.ts';
import { InboundFilter } from '../inbound.ts';
import { askHello, decode, type LeaseFields } from '../lease.ts';
import type { ByteLine } from '../line.ts';

/** A Mega's bootloader has the line for up to two seconds after it was opened. */
const helloWithinMs: Ms = 6000;
const askAgainMs: Ms = 500;

export class Greeting {
  /** Called with each STATUS. */
  status: (status: LeaseFields<'status'>) => void = () => {};
  readonly #line: ByteLine;
  readonly #clock: Clock;
  readonly #heard: (bytes: Uint8Array) => void;
  #met: (hello: LeaseFields<'hello'> | null) => void = () => {};

  /** Listens to the line until `close`. */
  constructor(line: ByteLine, clock: Clock) {
    this.#line = line;
    this.#clock = clock;
    const filter = new InboundFilter({
      ours: (command, message) => {
        const hello = command === 'hello' ? decode('hello', message) : undefined;
        if (hello) this.#met(hello);
        const status = command === 'status' ? decode('status', message) : undefined;
        if (status) this.status(status);
      },
      firmata: () => undefined,
    });
    this.#heard = bytes => filter.take(bytes);
    line.on('data', this.#heard);
  }

  /** What it says of itself; null where it says nothing of that kind. */
  hello(): Promise<LeaseFields<'hello'> | null> {
    const until = this.#clock.now() + helloWithinMs;
    let again: Cancel = () => {};
    const ask = (): void => {
      if (this.#clock.now() >= until) {
        this.#met(null);
        return;
      }
      if (this.#line.isOpen) this.#line.write(askHello);
      again = this.#clock.at(this.#clock.now() + askAgainMs, ask);
    };
    return new Promise(resolve => {
      this.#met = hello => {
        this.#met = () => {};
        again();
        resolve(hello);
      };
      ask();
    });
  }

  close(): void {
    this.#line.off('data', this.#heard);
  }
}
