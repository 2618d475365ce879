/** Records, settings and stretches of routines as a board keeps them, read out of its memory and made for it. */
import type { BoardCalibration, Calibration } from '../../machines/vocabulary.ts';
import { little, numberAt } from './bytes.ts';
import {
  crc16,
  crcStarts,
  entryBytes,
  headerBytes,
  passBytes,
  phaseBytes,
  type RecordKind,
  recordBytes,
  recordContentBytes,
  recordSlots,
  routinesAt,
  slotAt,
  storeVersion,
} from './layout.ts';

/** What a board by itself has to know of its own build and of its place in a hand. */
export type AloneSettings = Readonly<{
  calibration: BoardCalibration;
  /** By how many millionths the board's clock is slow; 0 where nobody has measured it. */
  clockPpm: number;
  /** Worn the other way round. */
  turned: boolean;
  steadyLight: boolean;
}>;

/** Where a record says that the routines lie. */
export type LoadedStretch = Readonly<{ from: number; length: number; crc: number }>;

/** One routine as it lies on the board: by its hash a host finds what it is called. */
export type KeptRoutine = Readonly<{ hash: number; passes: number; carefulPasses: number; bytes: number }>;

/** The content of the newest whole record of a kind; null: there is none. `memory` is all that the board keeps. */
export function newestRecord(memory: Uint8Array, kind: RecordKind): Uint8Array | null {
  const slots = Array.from({ length: recordSlots }, (_, slot) => {
    const at = slotAt(kind, slot);
    return memory.subarray(at, at + recordBytes);
  }).filter(
    bytes =>
      bytes[0] === storeVersion &&
      crc16(bytes.subarray(0, recordBytes - 2), crcStarts[kind]) === numberAt(bytes, recordBytes - 2, 2),
  );
  const [one, other] = slots;
  if (!one) return null;
  const ahead = other ? ((other[1] ?? 0) - (one[1] ?? 0)) & 0xff : 0;
  const newest = other && ahead > 0 && ahead < 128 ? other : one;
  return newest.subarray(2, 2 + recordContentBytes);
}

const contentOf = (bytes: readonly number[]): Uint8Array => {
  const content = new Uint8Array(recordContentBytes);
  content.set(bytes);
  return content;
};

const motorBytes = ({ startDuty, ratedDuty, kickDuty }: Calibration): readonly number[] => [
  startDuty,
  ratedDuty,
  kickDuty,
];

export function settingsContent({ calibration, clockPpm, turned, steadyLight }: AloneSettings): Uint8Array {
  const { left, right, lagMs, glideMs, swapped } = calibration;
  if (!Number.isInteger(clockPpm) || Math.abs(clockPpm) > 32_767)
    throw new RangeError(`clockPpm ${clockPpm} is not a whole number of 16 bits`);
  return contentOf([
    ...motorBytes(left),
    ...motorBytes(right),
    lagMs.left,
    lagMs.right,
    glideMs,
    ...little(clockPpm & 0xffff, 2),
    Number(swapped) | (Number(turned) << 1) | (Number(steadyLight) << 2),
  ]);
}

const motorFrom = ([startDuty = 0, ratedDuty = 0, kickDuty = 0]: Uint8Array): Calibration => ({
  startDuty,
  ratedDuty,
  kickDuty,
});

export function settingsFrom(content: Uint8Array): AloneSettings {
  const [left = 0, right = 0, glideMs = 0] = content.subarray(6, 9);
  const ppm = numberAt(content, 9, 2);
  const flags = content[11] ?? 0;
  return {
    calibration: {
      left: motorFrom(content.subarray(0, 3)),
      right: motorFrom(content.subarray(3, 6)),
      lagMs: { left, right },
      swapped: (flags & 1) !== 0,
      glideMs,
    },
    clockPpm: ppm < 2 ** 15 ? ppm : ppm - 2 ** 16,
    turned: (flags & 2) !== 0,
    steadyLight: (flags & 4) !== 0,
  };
}

/** A client's letter as a number, from 1: the board itself asks nothing of it. 0 is none. */
const numberOfLetter = (client: string | null): number =>
  client === null ? 0 : client.charCodeAt(0) - beforeLetters;
const beforeLetters = 'A'.charCodeAt(0) - 1;
const letters = 26;

export const stretchContent = (
  { from, length, crc }: LoadedStretch,
  client: string | null = null,
): Uint8Array =>
  contentOf([...little(from, 2), ...little(length, 2), ...little(crc, 2), numberOfLetter(client)]);

/** For whom what lies there was loaded: a letter, or nobody said. */
export function clientFrom(content: Uint8Array | null): string | null {
  const number = content?.[6] ?? 0;
  return number >= 1 && number <= letters ? String.fromCharCode(beforeLetters + number) : null;
}

/** Nothing is loaded. */
export const noStretch: LoadedStretch = { from: routinesAt, length: 0, crc: 0 };

export function stretchFrom(content: Uint8Array | null): LoadedStretch {
  if (!content) return noStretch;
  return { from: numberAt(content, 0, 2), length: numberAt(content, 2, 2), crc: numberAt(content, 4, 2) };
}

export const contentCrc = (bytes: Uint8Array): number => crc16(bytes, crcStarts.content);

/** The routines of a stretch, one after the other. Where its bytes are others than were written: none, as the board has it. */
export function routinesIn(bytes: Uint8Array, crc: number): readonly KeptRoutine[] {
  if (contentCrc(bytes) !== crc) return [];
  const routines: KeptRoutine[] = [];
  for (let at = 0; at + headerBytes <= bytes.length; at += routines.at(-1)?.bytes ?? bytes.length) {
    const [phases = 0, passes = 0, carefulPasses = 0] = bytes.subarray(at, at + 3);
    routines.push({
      hash: numberAt(bytes, at + headerBytes - 4, 4),
      passes,
      carefulPasses,
      bytes: headerBytes + phases * phaseBytes + passes * passBytes + carefulPasses * entryBytes,
    });
  }
  return routines;
}
