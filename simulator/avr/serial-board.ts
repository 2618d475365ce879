/**
 * The emulated board behind a pseudo-terminal: to any Firmata client it is an Uno on a serial port.
 *
 * Opening the port resets it, as on the real one, where DTR does that.
 */
import type { Button } from '../../machines/vocabulary.ts';
import type { Cancel, Clock } from '../../src/time/clock.ts';
import type { Bootloader } from './bootloader.ts';
import { Paced, type PacedEvent } from './paced.ts';
import type { Uno } from './uno.ts';

/**
 * What a board behind a line tells: its scope, resets, time that was skipped after a stall, bytes that it had no room
 * for, and who came and went. `atMs` is the board's own time.
 */
export type SerialBoardEvent =
  | Exclude<PacedEvent, { type: 'bytes' }>
  | Readonly<{ type: 'opened' | 'left' | 'mark'; atMs: number }>;

/**
 * From the opening to the reset. Whoever opens the path sets it to raw bytes meanwhile; until then the line would
 * echo the board its own words. A real Uno's bootloader is deaf and dumb for longer than that.
 */
const settleMs = 50;
/** How often a bootloader looks at its line. */
const bootLookMs = 2;

/** The board's end of a serial line: a pseudo-terminal's, for one. */
export type BoardEnd = Readonly<{
  /** What has been said since the last look; null while nobody has the other end open. */
  read(): Uint8Array | null;
  write(bytes: Uint8Array): void;
  /** The speed that whoever has it open has set, in baud; 0 where that cannot be told. */
  baud: number;
  close(): void;
}>;

/** A board with a bootloader: each reset by its port gives that the line first. */
export type WithBootloader = Readonly<{ bootloader: Bootloader; image: Uint8Array }>;

export class SerialBoard {
  readonly #uno: Uno;
  readonly #terminal: BoardEnd;
  readonly #clock: Clock;
  readonly #paced: Paced;
  readonly #tell: (event: SerialBoardEvent) => void;
  /** Since when somebody has the path open, on the clock; null while nobody has. */
  #openedAt: number | null = null;
  /** Whether bytes pass. */
  #connected = false;
  #unplugged = false;
  readonly #boot: WithBootloader | undefined;
  #nextBootLook: Cancel = () => {};
  #inBootloader = false;
  #baud = 0;

  constructor(
    uno: Uno,
    terminal: BoardEnd,
    clock: Clock,
    tell: (event: SerialBoardEvent) => void,
    boot?: WithBootloader,
  ) {
    this.#boot = boot;
    this.#uno = uno;
    this.#terminal = terminal;
    this.#clock = clock;
    this.#tell = tell;
    this.#paced = new Paced(uno, {
      now: () => clock.now(),
      schedule: (run, delayMs) =>
        clock.at(clock.now() + delayMs, () => {
          // Before each step of the board: what the line has brought until now.
          if (!this.#inBootloader) this.#look();
          if (!this.#inBootloader) run();
        }),
      post: event => {
        if (event.type !== 'bytes') tell(event);
        else if (this.#connected) this.#terminal.write(event.bytes);
      },
    });
  }

  start(): void {
    // Of an erased chip nothing runs but its bootloader.
    if (this.#boot && this.#isBlank) this.#enterBootloader();
    else this.#paced.start();
  }

  stop(): void {
    this.#paced.stop();
    this.#nextBootLook();
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
    this.#openedAt ??= this.#clock.now();
    if (this.#connected) {
      if (bytes.length > 0) this.#paced.write(bytes);
    } else if (this.#clock.now() - this.#openedAt >= settleMs) {
      if (this.#boot) this.#enterBootloader();
      else this.#begin();
    }
  }

  /** The program begins, with the line. */
  #begin(): void {
    this.#paced.reset('external');
    this.#connected = true;
    this.#tell({ type: 'opened', atMs: this.#uno.nowMs });
  }

  get #isBlank(): boolean {
    return this.#boot?.image.every(byte => byte === 0xff) ?? false;
  }

  #enterBootloader(): void {
    this.#nextBootLook();
    this.#inBootloader = true;
    this.#paced.stop();
    this.#baud = 0;
    this.#boot?.bootloader.begin(this.#clock.now());
    this.#lookLater();
  }

  #lookLater(): void {
    this.#nextBootLook = this.#clock.at(this.#clock.now() + bootLookMs, () => this.#lookInBootloader());
  }

  #lookInBootloader(): void {
    const boot = this.#boot;
    if (!boot || this.#unplugged) return;
    this.#lookLater();
    const now = this.#clock.now();
    const bytes = this.#terminal.read();
    if (bytes === null) {
      // Nobody has it open: the next who opens it resets the board again.
      this.#openedAt = null;
    } else {
      if (this.#openedAt === null) {
        this.#openedAt = now;
        this.#baud = 0;
        boot.bootloader.begin(now);
      }
      if (bytes.length > 0 && this.#baud === 0) this.#baud = this.#terminal.baud;
      if (bytes.length > 0 && now - this.#openedAt >= settleMs)
        this.#terminal.write(boot.bootloader.take(bytes, this.#baud, now));
    }
    boot.bootloader.tick(now);
    if (boot.bootloader.listening) return;
    // An erased chip runs through its empty flash into the bootloader again.
    if (this.#isBlank) {
      boot.bootloader.begin(now);
      return;
    }
    this.#nextBootLook();
    this.#inBootloader = false;
    this.#uno.load(boot.image);
    this.#paced.start();
    if (bytes === null) this.#paced.reset('external');
    else this.#begin();
  }

  #left(): void {
    this.#connected = false;
    this.#paced.cutLine();
    this.#tell({ type: 'left', atMs: this.#uno.nowMs });
  }
}
