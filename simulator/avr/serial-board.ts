/**
 * The emulated board behind a pseudo-terminal: to any Firmata client it is an Uno on a serial port.
 *
 * Opening the port resets it, as on the real one, where DTR does that.
 */
import { Paced, type PacedEvent } from './paced.ts';
import type { PseudoTerminal } from './pseudo-terminal.ts';
import type { Uno } from './uno.ts';

export type SerialBoardEvent =
  | Exclude<PacedEvent, { type: 'bytes' }>
  | Readonly<{ type: 'opened' | 'left'; atMs: number }>;

export class SerialBoard {
  readonly #uno: Uno;
  readonly #terminal: PseudoTerminal;
  readonly #paced: Paced;
  readonly #tell: (event: SerialBoardEvent) => void;
  #opened = false;

  constructor(uno: Uno, terminal: PseudoTerminal, tell: (event: SerialBoardEvent) => void) {
    this.#uno = uno;
    this.#terminal = terminal;
    this.#tell = tell;
    this.#paced = new Paced(uno, {
      now: () => performance.now(),
      schedule: (run, delayMs) => {
        // Before each step of the board: what the line has brought until now.
        const timer = setTimeout(() => {
          this.#look();
          run();
        }, delayMs);
        return () => clearTimeout(timer);
      },
      post: event => {
        if (event.type === 'bytes') this.#terminal.write(event.bytes);
        else tell(event);
      },
    });
  }

  start(): void {
    this.#paced.start();
  }

  stop(): void {
    this.#paced.stop();
    this.#terminal.close();
  }

  #look(): void {
    const bytes = this.#terminal.read();
    if (bytes === null) {
      if (this.#opened) {
        this.#opened = false;
        this.#paced.cutLine();
        this.#tell({ type: 'left', atMs: this.#uno.nowMs });
      }
      return;
    }
    if (!this.#opened) {
      this.#opened = true;
      // The last one to leave took the settings along.
      this.#terminal.raw();
      this.#paced.reset('external');
      this.#tell({ type: 'opened', atMs: this.#uno.nowMs });
    }
    if (bytes.length > 0) this.#paced.write(bytes);
  }
}
