/** A byte line whose other end is the page: only pages may ask for a serial port. */
import { EventEmitter } from 'node:events';
import type { ByteLine } from '../../../hardware/line.ts';

export class RelayedLine extends EventEmitter implements ByteLine {
  #openNow = false;
  readonly #send: (bytes: Uint8Array) => void;

  constructor(send: (bytes: Uint8Array) => void) {
    super();
    this.#send = send;
  }

  get isOpen(): boolean {
    return this.#openNow;
  }

  open(): void {
    this.#openNow = true;
    this.emit('open');
  }

  write(bytes: Uint8Array, callback?: (error?: Error | null) => void): void {
    if (!this.#openNow) {
      callback?.(new Error('the serial port is closed'));
      return;
    }
    this.#send(Uint8Array.from(bytes));
    this.emit('wrote', bytes);
    callback?.(null);
  }

  receive(bytes: Uint8Array): void {
    if (this.#openNow) this.emit('data', bytes);
  }

  hangUp(): void {
    this.leave();
  }

  leave(): void {
    if (!this.#openNow) return;
    this.#openNow = false;
    this.emit('close', new Error('the serial port closed'));
  }
}
