/** A serial line in memory, in the place of a pseudo-terminal: it has no time of its own, and nothing of the system's. */
import { EventEmitter } from 'node:events';
import type { BootPort } from '../../hardware/flash/boot-line.ts';
import {
  type Backoff,
  type Connection,
  type ConnectionListener,
  ReopeningLine,
} from '../../hardware/reopening.ts';
import type { BoardEnd } from '../../simulator/avr/serial-board.ts';
import type { Clock } from '../../src/time/clock.ts';

const baudRate = 57_600;

/** Both ends. One at a time has it open, as a serial port's lock has it. */
export class Wire {
  readonly path: string;
  #host: Readonly<{ baud: number; heard: ConnectionListener }> | null = null;
  #toBoard: number[] = [];
  #gone = false;
  /** Whether somebody has closed it since the board last looked: it sees that even where the next one is there at once. */
  #wasLeft = false;

  constructor(path: string) {
    this.path = path;
  }

  readonly boardEnd: BoardEnd = this.#boardEnd();

  #boardEnd(): BoardEnd {
    const wire = this;
    return {
      read: () => {
        const wasLeft = wire.#wasLeft;
        wire.#wasLeft = false;
        return wire.#host && !wasLeft ? Uint8Array.from(wire.#toBoard.splice(0)) : null;
      },
      write: bytes => wire.#host?.heard.data(Uint8Array.from(bytes)),
      get baud() {
        return wire.#host?.baud ?? 0;
      },
      close: () => {
        wire.#gone = true;
        const host = wire.#host;
        wire.#host = null;
        host?.heard.lost('its device is gone');
      },
    };
  }

  get isThere(): boolean {
    return !this.#gone;
  }

  /** Opens the host's end. Throws what the system would say. */
  open(baud: number, heard: ConnectionListener): Connection {
    if (this.#gone) throw new Error(`Error: No such file or directory, cannot open ${this.path}`);
    if (this.#host) throw new Error(`Error: Resource temporarily unavailable, cannot lock port ${this.path}`);
    const host = { baud, heard };
    this.#host = host;
    return {
      write: (bytes, written) => {
        if (this.#host === host) this.#toBoard.push(...bytes);
        written(this.#host === host ? null : new Error('Error: Port is not open'));
      },
      drop: () => {
        if (this.#host !== host) return;
        this.#host = null;
        this.#wasLeft = true;
        this.#toBoard = [];
      },
    };
  }
}

/** What the wires of a machine are called. */
export type Wires = ReadonlyMap<string, Wire>;

const wireAt = (wires: Wires, path: string): Wire => {
  const wire = wires.get(path);
  if (!wire) throw new Error(`Error: No such file or directory, cannot open ${path}`);
  return wire;
};

/** As SerialLine has it, on a wire. */
export class WireLine extends ReopeningLine {
  readonly name: string;
  protected override readonly backoff: Backoff = [250, 250, 500, 1000];
  readonly #wires: Wires;

  constructor(name: string, clock: Clock, wires: Wires) {
    super(clock);
    this.name = name;
    this.#wires = wires;
  }

  protected override present(): boolean {
    return this.#wires.get(this.name)?.isThere ?? false;
  }

  protected override async connect(heard: ConnectionListener): Promise<Connection> {
    return wireAt(this.#wires, this.name).open(baudRate, heard);
  }
}

/** As much of a serial port as flashing needs, on a wire. */
export class WireBootPort extends EventEmitter implements BootPort {
  readonly #wires: Wires;
  readonly #path: string;
  readonly #baud: number;
  #connection: Connection | null = null;

  constructor(path: string, baud: number, wires: Wires) {
    super();
    this.#path = path;
    this.#baud = baud;
    this.#wires = wires;
  }

  get isOpen(): boolean {
    return this.#connection !== null;
  }

  open(done: (error: Error | null) => void): void {
    let failure: Error | null = null;
    try {
      this.#connection = wireAt(this.#wires, this.#path).open(this.#baud, {
        data: bytes => this.emit('data', Buffer.from(bytes)),
        lost: () => {
          this.#connection = null;
          this.emit('close');
        },
      });
    } catch (error) {
      failure = error instanceof Error ? error : new Error(String(error));
    }
    queueMicrotask(() => done(failure));
  }

  /** A pseudo-terminal has no such lines either. */
  set(_: Readonly<{ dtr: boolean; rts: boolean }>, done: (error: Error | null) => void): void {
    queueMicrotask(() => done(new Error('there are none')));
  }

  write(bytes: Buffer, done: (error?: Error | null) => void): void {
    if (this.#connection) this.#connection.write(bytes, done);
    else done(new Error('Error: Port is not open'));
  }

  close(done: (error: Error | null) => void): void {
    this.#connection?.drop();
    this.#connection = null;
    queueMicrotask(() => done(null));
  }
}
