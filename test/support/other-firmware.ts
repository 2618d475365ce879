/**
 * A board with another firmware, as far as Firmata goes: it answers the handshake, tells of its buttons, and keeps
 * every analog message, pin mode and digital message it is sent.
 */
import { EventEmitter } from 'node:events';
import type { ByteLine } from '../../hardware/line.ts';

const pwmPins: readonly number[] = [3, 5, 6, 9, 10, 11];

export type OtherFirmwareOptions = Readonly<{
  name?: string;
  pins?: number;
  /** Said once, behind the handshake. */
  also?: Uint8Array;
  /** When it says what it says: as soon as can be, in whatever time it is. */
  soon?: (run: () => void) => void;
}>;

export class OtherFirmwareLine extends EventEmitter implements ByteLine {
  isOpen = true;
  readonly analog: number[][] = [];
  readonly modes: number[][] = [];
  readonly digital: number[][] = [];
  readonly ours: number[] = [];
  readonly #options: OtherFirmwareOptions;
  #buffer: number[] = [];

  constructor(options: OtherFirmwareOptions = {}) {
    super();
    this.#options = options;
  }

  write(bytes: Uint8Array): void {
    for (const byte of bytes) this.#byte(byte);
  }

  hangUp(): void {
    this.isOpen = false;
    this.emit('close', new Error('hung up'));
  }

  say(...bytes: readonly number[]): void {
    (this.#options.soon ?? setImmediate)(() => {
      if (this.isOpen) this.emit('data', Uint8Array.from(bytes));
    });
  }

  /** Port D, as StandardFirmata tells it. */
  port(bits: number): void {
    this.say(0x90, bits & 0x7f, bits >> 7);
  }

  #byte(byte: number): void {
    if (byte >= 0x80 && byte !== 0xf7) this.#buffer = [];
    this.#buffer.push(byte);
    const [first = 0] = this.#buffer;
    const length =
      first === 0xf0
        ? Number.POSITIVE_INFINITY
        : first === 0xf9 || first === 0xff
          ? 1
          : first >= 0xc0 && first < 0xe0
            ? 2
            : 3;
    if (byte !== 0xf7 && this.#buffer.length < length) return;
    const message = this.#buffer;
    this.#buffer = [];
    this.#obey(message);
  }

  #obey(message: readonly number[]): void {
    const [first = 0, second = 0] = message;
    const { name = 'StandardFirmata.ino', pins = 20, also } = this.#options;
    const letters = [...name].flatMap(letter => [letter.charCodeAt(0) & 0x7f, 0]);
    const each = (one: (pin: number) => readonly number[]): number[] =>
      Array.from({ length: pins }, (_, pin) => one(pin)).flat();
    const modes = (pin: number): readonly number[] => [
      ...[0, 1, 1, 1, 11, 1],
      ...(pwmPins.includes(pin) ? [3, 8] : []),
      0x7f,
    ];
    if (first === 0xf9) this.say(0xf9, 2, 5, 0xf0, 0x79, 2, 5, ...letters, 0xf7);
    else if ((first & 0xf0) === 0xe0) this.analog.push([...message]);
    else if (first === 0xf4) this.modes.push([...message]);
    else if ((first & 0xf0) === 0x90 || first === 0xf5) this.digital.push([...message]);
    else if (first === 0xf0 && second === 0x79) this.say(0xf0, 0x79, 2, 5, ...letters, 0xf7);
    else if (first === 0xf0 && second === 0x6b) this.say(0xf0, 0x6c, ...each(modes), 0xf7);
    else if (first === 0xf0 && second === 0x69)
      this.say(0xf0, 0x6a, ...each(() => [0x7f]), 0xf7, ...(also ?? []));
    else if (first === 0xf0 && second < 0x10) this.ours.push(second);
    else if (first === 0xf0 && second === 0x6f) this.analog.push([...message]);
  }
}
