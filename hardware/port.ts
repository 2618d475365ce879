/**
 * A serial port as a byte line: opened, watched, and opened again when it comes back.
 *
 * serialport keeps what is written while closed and sends it on reopening, sees an unplug only while somebody
 * listens to data, and turns a stuck write into an error at close. So: a fresh port object for each connection,
 * nothing written unless open, and a write that does not finish in time counts as an unplug.
 */
import { EventEmitter } from 'node:events';
import { SerialPort } from 'serialport';
import type { Ms } from '../machines/vocabulary.ts';
import type { Cancel, Clock } from '../src/clock.ts';
import type { ByteLine } from './line.ts';

const baudRate = 57_600;
const writeWithinMs: Ms = 200;
const againMs: Readonly<{ least: Ms; most: Ms }> = { least: 250, most: 4000 };

export class SerialLine extends EventEmitter implements ByteLine {
  readonly #path: string;
  readonly #clock: Clock;
  #port: SerialPort | null = null;
  #openNow = false;
  #closed = false;
  #waitMs = againMs.least;
  #retry: Cancel | null = null;

  constructor(path: string, clock: Clock) {
    super();
    this.#path = path;
    this.#clock = clock;
  }

  get isOpen(): boolean {
    return this.#openNow;
  }

  /** Opens for the first time. Rejects with the system's error (ENOENT, EACCES, locked by another). */
  open(): Promise<void> {
    return new Promise((resolve, reject) => this.#connect(resolve, reject));
  }

  write(bytes: Uint8Array, callback?: (error?: Error | null) => void): void {
    const port = this.#port;
    if (!port || !this.#openNow) {
      callback?.(new Error(`${this.#path} is not open`));
      return;
    }
    const late = this.#clock.at(this.#clock.now() + writeWithinMs, () =>
      this.#lose(port, 'a write got stuck'),
    );
    this.emit('wrote', bytes);
    port.write(Buffer.from(bytes), error => {
      late();
      callback?.(error ?? null);
    });
  }

  hangUp(why: string): void {
    if (this.#port) this.#lose(this.#port, why);
  }

  /** Closes for good. */
  close(): void {
    this.#closed = true;
    this.#retry?.();
    if (this.#port) this.#lose(this.#port, 'closed');
  }

  #connect(opened: () => void, failed: (error: Error) => void): void {
    const port = new SerialPort({ path: this.#path, baudRate, autoOpen: false, lock: true });
    port.on('data', (bytes: Buffer) => {
      if (port === this.#port) this.emit('data', bytes);
    });
    port.on('close', () => this.#lose(port, 'the line closed'));
    port.on('error', error => this.#lose(port, error.message));
    port.open(error => {
      if (error) {
        failed(error);
        return;
      }
      this.#port = port;
      this.#openNow = true;
      this.#waitMs = againMs.least;
      this.emit('open');
      opened();
    });
  }

  #lose(port: SerialPort, why: string): void {
    if (port !== this.#port) return;
    this.#port = null;
    this.#openNow = false;
    // Its stuck write, where there is one, comes back as an error that nobody waits for any more.
    if (port.isOpen) port.close(() => {});
    this.emit('close', new Error(`${this.#path}: ${why}`));
    this.#comeBack();
  }

  #comeBack(): void {
    if (this.#closed) return;
    const waitMs = this.#waitMs;
    this.#waitMs = Math.min(againMs.most, waitMs * 2);
    this.#retry = this.#clock.at(this.#clock.now() + waitMs, () => {
      this.#connect(
        () => {},
        () => this.#comeBack(),
      );
    });
  }
}
