/**
 * Codec of the project's own sysex: what controller and firmware say to each other beside Firmata.
 *
 * Firmata leaves the commands 01h to 0Fh to users. Every message is `F0 command fields… crc crc F7`; a field is
 * one to five 7-bit bytes, least significant first; the checksum is CRC-8 (polynomial 07h, start 0) over the
 * command and the fields as sent, itself as two 7-bit bytes. `hello` asked and `stop` have neither fields nor
 * checksum, nor has `check` asked: a stop has to be as short as it can be.
 *
 * The layouts below are the one place where fields are named; the firmware's `contract.h` is generated from them.
 */

export const commands = {
  hello: 0x01,
  arm: 0x02,
  lease: 0x03,
  stop: 0x04,
  status: 0x05,
  check: 0x06,
  keep: 0x07,
  kept: 0x08,
} as const;
export type Command = keyof typeof commands;

/**
 * Raised whenever a message changes its shape or its meaning. What is only added does not count: `check`, `kept` and
 * the hindrances in STATUS are said by newer boards, and neither older boards nor older hosts stumble over them.
 */
export const contractVersion = 1;

/** What one message of `keep` or `kept` carries. */
const keptBytes = [
  ['b0', 2],
  ['b1', 2],
  ['b2', 2],
  ['b3', 2],
  ['b4', 2],
  ['b5', 2],
  ['b6', 2],
  ['b7', 2],
  ['b8', 2],
  ['b9', 2],
  ['b10', 2],
  ['b11', 2],
] as const;

/** Name and number of 7-bit bytes of each field, in order. */
export const layouts = {
  /** Board → host, at boot and when asked. */
  hello: [
    ['contract', 1],
    ['buildHash', 5],
    ['resetCause', 1],
    ['epoch', 2],
    ['nonce', 2],
    ['runningDuty', 2],
    ['kickDuty', 2],
    ['leaseMs', 2],
    ['share', 1],
    ['continuousMs', 2],
  ],
  /** Host → board. Refused unless epoch and nonce are the board's present ones. */
  arm: [
    ['epoch', 2],
    ['nonce', 2],
  ],
  /** Host → board. `statusMs` is the newest STATUS's board time, modulo 2^14. */
  lease: [
    ['seq', 2],
    ['epoch', 2],
    ['leaseMs', 2],
    ['statusMs', 2],
    ['left', 2],
    ['right', 2],
  ],
  /** Board → host, periodically and at every change. `boardMs` counts from reset, modulo 2^35. */
  status: [
    ['seq', 2],
    ['boardMs', 5],
    ['state', 1],
    ['left', 2],
    ['right', 2],
    ['leaseLeftMs', 2],
    ['notes', 2],
    ['buttons', 1],
    ['rxHighWater', 1],
    ['rxDropped', 2],
    ['crcBad', 2],
    ['refused', 2],
    ['rxFree', 1],
    ['nonce', 2],
    ['epoch', 2],
  ],
  /**
   * Board → host, when asked: what its converter reads of the copper round it, of 1023 parts of the supply, and its
   * fuses. The band gap has 1.1 V; `atRest` is a drain as it lies, `pulledUp` the same with the pin's pull-up on.
   */
  check: [
    ['bandgap', 2],
    ['leftAtRest', 2],
    ['rightAtRest', 2],
    ['leftPulledUp', 2],
    ['rightPulledUp', 2],
    ['lowFuse', 2],
    ['highFuse', 2],
    ['extendedFuse', 2],
  ],
  /**
   * Host → board: read, write or record what the board keeps. `at` is an address of its memory, for a record which one;
   * of the twelve bytes `length` count. One at a time: the next waits for the answer.
   */
  keep: [['deed', 1], ['at', 2], ['length', 1], ...keptBytes],
  /** Board → host, once it is done: the same with what was read. Where it is refused, all else is 0. */
  kept: [['deed', 1], ['answer', 1], ['at', 2], ['length', 1], ...keptBytes],
} as const;
type Layouts = typeof layouts;
export type Layout = keyof Layouts;
export type LeaseFields<L extends Layout> = Readonly<Record<Layouts[L][number][0], number>>;

/** What the board is doing, as STATUS `state` says it. `alone`: it plays a session by itself, and no host may arm it. */
export const boardStates = ['disarmed', 'armed', 'leased', 'stopped', 'locked', 'alone'] as const;
/** What a board is doing. */
export type BoardState = (typeof boardStates)[number];

/** Bits of STATUS `notes`: what has happened since the last ARM. None of them is a fault of the board by itself. */
export const noteBits = [
  'stopPin',
  'leaseLapsed',
  'armLapsed',
  'staleLease',
  'wrongNonce',
  'crcBad',
  'clippedDuty',
  'clippedShare',
  'clippedContinuous',
  'clippedStagger',
  'sysexTooLong',
  'memoryMismatch',
  'watchdogReset',
  'rxDropped',
] as const;
/** Something that has happened on a board since it was last armed. */
export type Note = (typeof noteBits)[number];

/** Bits of STATUS `buttons`, lowest first: set while pressed. `stop` is set while the stop latch holds too. */
export const buttonBits = ['go', 'less', 'stop', 'receiver'] as const;

/**
 * Why the board would take no ARM just now, in the bits of STATUS `buttons` above those of the buttons: STOP has not
 * been tried since the power came on; a drain is not high at rest; the supply is too low for the chip's clock.
 */
export const hindranceBits = ['stopUntried', 'motorPath', 'lowSupply'] as const;
/** Why a board would not let itself be armed now. */
export type Hindrance = (typeof hindranceBits)[number];
export const firstHindranceBit = buttonBits.length;

/** Below this the chip may not run at its 16 MHz with certainty, and nothing is armed. */
export const lowestSupplyMv = 4000;
/** What the band gap is taken for; of a single chip it is 1.0 to 1.2 V (ATmega328P datasheet 28.8). */
export const bandgapMv = 1100;

/**
 * KEEP `deed`. `record`: one of the two records, whole; of the routines it is refused unless they are there and sound.
 */
export const keepDeeds = ['read', 'write', 'record'] as const;
export type KeepDeed = (typeof keepDeeds)[number];

/** KEPT `answer`: done, or why not. */
export const keepAnswers = [
  'done',
  'armed',
  'busyAlone',
  'outOfReach',
  'inUse',
  'unsound',
  'notKept',
] as const;
export type KeepAnswer = (typeof keepAnswers)[number];

/** The names of the bits that are set, lowest first. */
export const bitsOf = <const T extends readonly string[]>(names: T, bits: number): T[number][] =>
  names.filter((_, index) => bits & (1 << index));

/** HELLO `resetCause`: why the board started. */
export const resetCauses = ['powerOn', 'external', 'brownOut', 'watchdog'] as const;

const startOfSysex = 0xf0;
const endOfSysex = 0xf7;

/** CRC-8, polynomial 07h, start value 0 (the plain CRC-8 of ITU-T I.432.1 without its final xor). */
export function crc8(bytes: Iterable<number>): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x80 ? ((crc << 1) ^ 0x07) & 0xff : crc << 1;
  }
  return crc;
}

/** A whole message, `F0` to `F7`. Throws RangeError where a field's value does not fit its bytes. */
export function encode<L extends Layout>(layout: L, fields: LeaseFields<L>): Uint8Array {
  const body: number[] = [commands[layout]];
  for (const [name, bytes] of layouts[layout]) {
    const value = (fields as Readonly<Record<string, number>>)[name] ?? Number.NaN;
    if (!Number.isInteger(value) || value < 0 || value >= 2 ** (7 * bytes))
      throw new RangeError(`${layout}.${name}: ${value} is not a whole number of ${7 * bytes} bits`);
    // Division instead of shifts: boardMs has 35 bits, shifts have 32.
    for (let index = 0; index < bytes; index++) body.push(Math.floor(value / 2 ** (7 * index)) % 128);
  }
  const crc = crc8(body);
  return Uint8Array.of(startOfSysex, ...body, crc & 0x7f, crc >> 7, endOfSysex);
}

/** `F0 01 F7`: who are you? */
export const askHello: Readonly<Uint8Array> = Uint8Array.of(startOfSysex, commands.hello, endOfSysex);

/** `F0 06 F7`: what do you read of your supply, your motors' paths and your fuses? */
export const askCheck: Readonly<Uint8Array> = Uint8Array.of(startOfSysex, commands.check, endOfSysex);

/** `F0 04 F7`: motors off, disarmed. */
export const stopNow: Readonly<Uint8Array> = Uint8Array.of(startOfSysex, commands.stop, endOfSysex);

/** Firmata's system reset. The firmware stops in the receive interrupt and forgets what came before. */
export const systemReset: Readonly<Uint8Array> = Uint8Array.of(0xff);

/**
 * The fields of a whole message (`F0` to `F7`), or `undefined` when length, command, a byte's top bit or the
 * checksum is wrong: a damaged message is not a message.
 */
export function decode<L extends Layout>(layout: L, message: Uint8Array): LeaseFields<L> | undefined {
  const parts = layouts[layout];
  const length = parts.reduce((sum, [, bytes]) => sum + bytes, 0) + 5;
  if (message.length !== length) return undefined;
  if (message[0] !== startOfSysex || message[1] !== commands[layout] || message[length - 1] !== endOfSysex)
    return undefined;
  const body = message.subarray(1, length - 3);
  if (body.some(byte => byte > 0x7f)) return undefined;
  const crc = crc8(body);
  if (message[length - 3] !== (crc & 0x7f) || message[length - 2] !== crc >> 7) return undefined;
  const fields: Record<string, number> = {};
  let offset = 1;
  for (const [name, bytes] of parts) {
    let value = 0;
    for (let index = bytes - 1; index >= 0; index--) value = value * 128 + (body[offset + index] ?? 0);
    fields[name] = value;
    offset += bytes;
  }
  return fields as LeaseFields<L>;
}
