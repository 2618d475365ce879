/**
 * An emulated STK500v1 bootloader: what answers on an Uno's line after a reset, before the program runs.
 *
 * Commands and answers follow Atmel's application note AVR061. It stands in for Optiboot (115200 baud, 512 bytes) and
 * for the older ATmegaBOOT of many Nanos (57600 baud, 2 KB). It writes pages of flash as the chip does: a page is
 * erased and written as a whole.
 */

export type EmulatedBootloaderKind = 'optiboot' | 'old';

/** What each kind differs in. */
export const bootloaderFacts: Readonly<
  Record<EmulatedBootloaderKind, Readonly<{ baud: number; bytes: number; patienceMs: number }>>
> = {
  optiboot: { baud: 115_200, bytes: 512, patienceMs: 1000 },
  old: { baud: 57_600, bytes: 2048, patienceMs: 1600 },
};

const inSync = 0x14;
const ok = 0x10;
const noSync = 0x15;
const endOfCommand = 0x20;
const pageBytes = 128;

/** Length of each command, its end included; `program` says its own. */
const lengths: Readonly<Record<number, number>> = {
  48: 2, // get synchronised
  49: 2, // get sign on
  65: 3, // get parameter
  66: 22, // set device
  69: 7, // set extended device
  80: 2, // enter programming mode
  81: 2, // leave programming mode
  85: 4, // load address
  86: 6, // universal
  116: 5, // read page
  117: 2, // read signature
};
const program = 0x64;
/** Bytes that are no command, before it gives the line to the program: somebody means that. */
const mostMistakes = 5;

/** 1E 95 0F: ATmega328P (datasheet 28.3). */
export const atmega328pSignature = [0x1e, 0x95, 0x0f] as const;

export type BootloaderOptions = Readonly<{
  kind?: EmulatedBootloaderKind;
  signature?: readonly number[];
  /** The address of a cell that is worn out: it keeps none of its bits. */
  wornAt?: number;
}>;

export class Bootloader {
  readonly kind: EmulatedBootloaderKind;
  /** Whether it listens: from a reset until it is told to leave, or has heard nothing for a while. */
  listening = false;
  /** Every command it has obeyed, by its first byte. */
  readonly obeyed: number[] = [];
  /** Pages written since it was made. */
  pagesWritten = 0;
  readonly #flash: Uint8Array;
  readonly #signature: readonly number[];
  readonly #wornAt: number | undefined;
  #buffer: number[] = [];
  #address = 0;
  #heardAt = 0;
  #mistakes = 0;

  /** Writes into `flash` itself. */
  constructor(
    flash: Uint8Array,
    { kind = 'optiboot', signature = atmega328pSignature, wornAt }: BootloaderOptions = {},
  ) {
    this.#flash = flash;
    this.kind = kind;
    this.#signature = signature;
    this.#wornAt = wornAt;
  }

  /** The chip has been reset. */
  begin(nowMs: number): void {
    this.listening = true;
    this.#buffer = [];
    this.#mistakes = 0;
    this.#heardAt = nowMs;
  }

  /** Gives up listening once nobody has said anything for long enough. */
  tick(nowMs: number): void {
    if (nowMs - this.#heardAt >= bootloaderFacts[this.kind].patienceMs) this.listening = false;
  }

  /** What it answers to these bytes, sent at `baud`. At another speed than its own it understands nothing. */
  take(bytes: Uint8Array, baud: number, nowMs: number): Uint8Array {
    const answer: number[] = [];
    if (baud !== bootloaderFacts[this.kind].baud) return Uint8Array.from(answer);
    for (const byte of bytes) {
      if (!this.listening) break;
      this.#buffer.push(byte);
      const said = this.#look();
      if (said.length > 0) this.#heardAt = nowMs;
      answer.push(...said);
    }
    return Uint8Array.from(answer);
  }

  #look(): readonly number[] {
    const buffer = this.#buffer;
    const [command = 0] = buffer;
    const size = (buffer[1] ?? 0) * 256 + (buffer[2] ?? 0);
    const length = command === program ? (buffer.length < 4 ? 4 : size + 5) : lengths[command];
    if (length === undefined) {
      this.#buffer = [];
      this.#mistakes += 1;
      if (this.#mistakes >= mostMistakes) this.listening = false;
      return [];
    }
    if (buffer.length < length) return [];
    this.#buffer = [];
    if (buffer.at(-1) !== endOfCommand) return [noSync];
    this.obeyed.push(command);
    return [inSync, ...this.#obey(command, buffer, size), ok];
  }

  #obey(command: number, buffer: readonly number[], size: number): readonly number[] {
    // Addresses are of words, low byte first.
    if (command === 0x55) this.#address = ((buffer[1] ?? 0) + (buffer[2] ?? 0) * 256) * 2;
    if (command === program) this.#write(buffer.slice(4, 4 + size));
    if (command === 0x51) this.listening = false;
    if (command === 0x75) return this.#signature;
    if (command === 0x74) return [...this.#flash.subarray(this.#address, this.#address + size)];
    if (command === 0x41) return [buffer[1] === 0x81 ? 4 : buffer[1] === 0x82 ? 4 : 3];
    return command === 0x56 ? [0] : [];
  }

  #write(content: readonly number[]): void {
    const start = this.#address - (this.#address % pageBytes);
    const ownFrom = this.#flash.length - bootloaderFacts[this.kind].bytes;
    // It does not overwrite itself: its section is locked.
    if (start + pageBytes > ownFrom) return;
    this.#flash.fill(0xff, start, start + pageBytes);
    this.#flash.set(content.slice(0, pageBytes), start);
    if (this.#wornAt !== undefined && this.#wornAt >= start && this.#wornAt < start + pageBytes)
      this.#flash[this.#wornAt] = 0;
    this.pagesWritten += 1;
  }
}
