/**
 * The emulated board behind a pseudo-terminal: to any Firmata client it is an Uno on a serial port.
 *
 * Opening the port resets it, as on the real one, where DTR does that.
 */
import type { Button } from '../../machines/vocabulary.ts';
import { Paced, type PacedEvent } from './paced.ts';
import type { PseudoTerminal } from './pseudo-terminal.ts';
import type { Uno } from './uno.ts';

export type SerialBoardEvent =
  | Exclude<PacedEvent, { type: 'bytes' }>
  | Readonly<{ type: 'opened' | 'left' | 'mark'; atMs: number }>;

/**
 * From the opening to the reset. Whoever opens the path sets it to raw bytes meanwhile; until then the line would
 * echo the board its own words. A real Uno's bootloader is deaf and dumb for longer than that.
 */
const settleMs = 50;

export class SerialBoard {
  readonly #uno: Uno;
  readonly #terminal: PseudoTerminal;
  readonly #paced: Paced;
  readonly #tell: (event: SerialBoardEvent) => void;
  /** Since when somebody has the path open, on the wall's clock; null while nobody has. */
  #openedAt: number | null = null;
  /** Whether bytes pass. */
  #connected = false;
  #unplugged = false;

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
        if (event.type !== 'bytes') tell(event);
        else if (this.#connected) this.#terminal.write(event.bytes);
      },
    });
  }

  start(): void {
    this.#paced.start();
  }

  stop(): void {
    this.#paced.stop();
    this.unplug();
  }

  button(button: Button, down: boolean): void {
    if (down) this.#paced.press(button);
    else this.#paced.release(button);
  }

  reset(): void {
    this.#paced.reset('external');
  }

  /** The terminal goes away under whoever has it open; the board runs on by itself. */
  unplug(): void {
    if (this.#unplugged) return;
    this.#unplugged = true;
    if (this.#connected) this.#left();
    this.#terminal.close();
  }

  /** Tells the present moment on the board's clock. */
  mark(): void {
    this.#tell({ type: 'mark', atMs: this.#uno.nowMs });
  }

  #look(): void {
    if (this.#unplugged) return;
    const bytes = this.#terminal.read();
    if (bytes === null) {
      if (this.#connected) this.#left();
      this.#openedAt = null;
      return;
    }
    this.#openedAt ??= performance.now();
    if (this.#connected) {
      if (bytes.length > 0) this.#paced.write(bytes);
    } else if (performance.now() - this.#openedAt >= settleMs) {
      this.#paced.reset('external');
      this.#connected = true;
      this.#tell({ type: 'opened', atMs: this.#uno.nowMs });
    }
  }

  #left(): void {
    this.#connected = false;
    this.#paced.cutLine();
    this.#tell({ type: 'left', atMs: this.#uno.nowMs });
  }
}
