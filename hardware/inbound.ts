/**
 * Splits what a board says into whole messages, bounded and checked, before anyone parses them.
 *
 * firmata-io throws on short messages inside its data handler and grows without bound on a sysex that never ends;
 * so it only ever gets messages that are whole and of a shape it can read. Ours are taken out here.
 */
import { type Command, commands } from './lease.ts';

const startOfSysex = 0xf0;
const endOfSysex = 0xf7;
const protocolVersion = 0xf9;

/** A capability answer of a large board has some 400 bytes; longer than this is no message. */
const longestSysex = 1024;

/** Shortest length, `F0` to `F7`, of each Firmata answer that the handshake and the buttons need. */
const shortest: Readonly<Record<number, number>> = {
  106: 4, // analog mapping
  108: 4, // capabilities
  110: 6, // pin state
  113: 3, // string
  121: 5, // firmware
};

export type Inbound = Readonly<{
  /** A whole message of our own contract, `F0` to `F7`. */
  ours(command: Command, message: Uint8Array): void;
  /** A whole message of Firmata. */
  firmata(message: Uint8Array): void;
}>;

const ourCommands = new Map(
  Object.entries(commands).map(([name, code]) => [code as number, name as Command]),
);

export class InboundFilter {
  /** Messages thrown away: too long, too short, unknown, or cut off by another. */
  dropped = 0;
  #buffer: number[] = [];
  /** Pins the board has told of, so that a mapping of more pins than that is not believed. */
  #pins = 0;
  readonly #to: Inbound;

  constructor(to: Inbound) {
    this.#to = to;
  }

  /** Forgets what is half received: the line was cut. */
  reset(): void {
    this.#buffer = [];
  }

  take(bytes: Uint8Array): void {
    for (const byte of bytes) this.#byte(byte);
  }

  #byte(byte: number): void {
    const buffer = this.#buffer;
    const inSysex = buffer[0] === startOfSysex;
    if (byte >= 0x80 && !(inSysex && byte === endOfSysex)) {
      // A new message; whatever was under way is not one.
      if (buffer.length > 0) this.dropped += 1;
      this.#buffer = byte === endOfSysex ? [] : [byte];
      return;
    }
    if (buffer.length === 0) return;
    buffer.push(byte);
    if (inSysex) {
      if (byte === endOfSysex) this.#sysex(Uint8Array.from(buffer));
      else if (buffer.length < longestSysex) return;
      else this.dropped += 1;
      this.#buffer = [];
    } else if (buffer.length === 3) {
      this.#short(Uint8Array.from(buffer));
      this.#buffer = [];
    }
  }

  #short(message: Uint8Array): void {
    const [first = 0] = message;
    const kind = first & 0xf0;
    if (first === protocolVersion || kind === 0x90 || kind === 0xe0) this.#to.firmata(message);
    else this.dropped += 1;
  }

  #sysex(message: Uint8Array): void {
    const command = message[1] ?? 0;
    const ours = ourCommands.get(command);
    if (ours) {
      this.#to.ours(ours, message);
      return;
    }
    const least = shortest[command];
    if (least === undefined || message.length < least || !this.#believable(command, message)) {
      this.dropped += 1;
      return;
    }
    this.#to.firmata(message);
  }

  #believable(command: number, message: Uint8Array): boolean {
    if (command === 0x6c) this.#pins = message.filter(byte => byte === 0x7f).length;
    if (command === 0x6a) return message.length - 3 <= this.#pins;
    if (command === 0x6e) return (message[2] ?? 0x7f) < this.#pins;
    // A firmware name is pairs of 7-bit bytes.
    return command !== 0x79 || message.length % 2 === 1;
  }
}
