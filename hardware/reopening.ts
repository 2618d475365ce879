/**
 * A byte line that is watched, and opened again when it comes back: what a serial port and a network bridge share.
 *
 * Each connection is a fresh object; what an old one still says is not listened to. Nothing is written unless open.
 * A write that does not finish in time counts as an unplug.
 */
import { EventEmitter } from 'node:events';
import type { Ms } from '../machines/vocabulary.ts';
import type { Cancel, Clock } from '../src/time/clock.ts';
import type { ByteLine } from './line.ts';

/** A write that takes longer than this is stuck: 200 ms is 1,150 bytes at 57600 baud, ten times what is ever under way. [D] */
const writeWithinMs: Ms = 200;
/** Looked at once more before it is believed: after a stall of this very process timers come before what was written. */
const lookAgainMs: Ms = 50;

/** One connection, from its opening to its end. */
export interface Connection {
  write(bytes: Uint8Array, written: (error?: Error | null) => void): void;
  /** Lets go of it, whatever state it is in. Nothing of it is listened to any more. */
  drop(): void;
}

/** What a connection tells of itself. */
export type ConnectionListener = Readonly<{ data(bytes: Uint8Array): void; lost(why: string): void }>;

/** The steps of waiting before it is tried again; the last one is repeated. */
export type Backoff = readonly [Ms, ...Ms[]];

/**
 * A line that comes back by itself. It emits `open`, `close` (with why), `data` and `wrote`. A write that is not done
 * after 200 ms closes it.
 */
export abstract class ReopeningLine extends EventEmitter implements ByteLine {
  protected readonly clock: Clock;
  /** What it is called where somebody reads of it. */
  abstract readonly name: string;
  protected abstract readonly backoff: Backoff;
  #connection: Connection | null = null;
  #opening = false;
  #closed = false;
  #tries = 0;
  #retry: Cancel | null = null;

  constructor(clock: Clock) {
    super();
    this.clock = clock;
  }

  /** Connects once. Rejects with the system's own error. */
  protected abstract connect(heard: ConnectionListener): Promise<Connection>;

  /**
   * Whether it is worth trying now. Asked at each step of waiting, so it must be cheap; `false` is asked again after
   * the first step, so that what comes back is noticed soon.
   */
  protected present(): boolean | Promise<boolean> {
    return true;
  }

  /** Whether bytes pass now. */
  get isOpen(): boolean {
    return this.#connection !== null;
  }

  /** Opens for the first time. Rejects with the system's error (ENOENT, EACCES, locked by another). */
  async open(): Promise<void> {
    await this.#connect();
  }

  /** Takes bytes at once. `callback`: they have gone out, or why not; an error at once where it is closed. */
  write(bytes: Uint8Array, callback?: (error?: Error | null) => void): void {
    const connection = this.#connection;
    if (!connection) {
      callback?.(new Error(`${this.name} is not open`));
      return;
    }
    let late = this.clock.at(this.clock.now() + writeWithinMs - lookAgainMs, () => {
      late = this.clock.at(this.clock.now() + lookAgainMs, () => this.#lose(connection, 'a write got stuck'));
    });
    this.emit('wrote', bytes);
    connection.write(bytes, error => {
      late();
      if (error) this.#lose(connection, error.message);
      callback?.(error ?? null);
    });
  }

  /** Drops the connection; it is opened anew by itself. */
  hangUp(why: string): void {
    if (this.#connection) this.#lose(this.#connection, why);
  }

  /** Closes for good. */
  close(): void {
    this.#closed = true;
    this.#retry?.();
    this.#retry = null;
    if (this.#connection) this.#lose(this.#connection, 'closed');
  }

  async #connect(): Promise<void> {
    if (this.#opening || this.#connection) return;
    this.#opening = true;
    let connection: Connection | null = null;
    let goneAlready: string | null = null;
    try {
      connection = await this.connect({
        data: bytes => {
          if (connection !== null && connection === this.#connection) this.emit('data', bytes);
        },
        lost: why => {
          if (connection) this.#lose(connection, why);
          else goneAlready = why;
        },
      });
    } finally {
      this.#opening = false;
    }
    if (this.#closed || goneAlready !== null) {
      connection.drop();
      if (!this.#closed) throw new Error(`${this.name}: ${goneAlready}`);
      return;
    }
    this.#connection = connection;
    this.#tries = 0;
    this.emit('open');
  }

  #lose(connection: Connection, why: string): void {
    if (connection !== this.#connection) return;
    this.#connection = null;
    connection.drop();
    this.emit('close', new Error(`${this.name}: ${why}`));
    this.#comeBack();
  }

  #comeBack(): void {
    if (this.#closed) return;
    const { backoff } = this;
    const waitMs = backoff[Math.min(this.#tries, backoff.length - 1)] ?? backoff[0];
    this.#retry = this.clock.at(this.clock.now() + waitMs, () => {
      this.#retry = null;
      const present = this.present();
      if (present === true) this.#tryAgain();
      else if (present === false) this.#notThere();
      else
        present.then(
          is => (is ? this.#tryAgain() : this.#notThere()),
          () => this.#notThere(),
        );
    });
  }

  /** What is not there has not refused: it is looked for again soon. */
  #notThere(): void {
    this.#tries = 0;
    this.#comeBack();
  }

  #tryAgain(): void {
    this.#tries += 1;
    this.#connect().catch(() => this.#comeBack());
  }
}
