/**
 * Where a board keeps what it keeps, and in how many bytes: the one place of it. `src/alone/keep_contract.h` is written
 * from here.
 *
 * Of the chip's EEPROM the first bytes count its starts (`epoch.cpp`). What follows are two records of two slots each,
 * the log of the last sessions, and the routines.
 */

/** As much as the smallest board has. */
export const eepromBytes = 1024;
/** The first of them belong to the count of starts. */
const epochBytes = 24;

/** Raised whenever what follows would be read otherwise than it was written: then a record is none. */
export const storeVersion = 1;

/**
 * A record is version, sequence, content, CRC-16. Of its two slots the older one is written, its version last: what is
 * cut short leaves the other.
 */
export const recordKinds = ['settings', 'routines'] as const;
export type RecordKind = (typeof recordKinds)[number];
export const recordBytes = 16;
export const recordContentBytes = 12;
export const recordSlots = 2;
export const recordsAt = epochBytes;
export const slotAt = (kind: RecordKind, slot: number): number =>
  recordsAt + (recordKinds.indexOf(kind) * recordSlots + slot) * recordBytes;

/** An entry of the log: a head when its session begins, a body and its seal when it ends. */
export const logSlots = 8;
export const logHeadBytes = 9;
export const logBodyBytes = 19;
export const logEntryBytes = logHeadBytes + logBodyBytes + 2;
export const logAt = recordsAt + recordKinds.length * recordSlots * recordBytes;
/** While a session goes on, one byte of its entry's body is marked each so many minutes, from the last one on. */
export const logMarkEveryMin = 5;

export const routinesAt = logAt + logSlots * logEntryBytes;
export const routinesBytes = eepromBytes - routinesAt;

/** More passes do not fit into the memory of a session. */
export const mostPasses = 20;
/** What a choice by buttons can count. */
export const mostRoutines = 8;

/** Bytes of a routine: its header, each phase, each pass, each entry of the careful variant. */
export const headerBytes = 16;
export const phaseBytes = 23;
export const passBytes = 1;
export const entryBytes = 2;

/** CRC-16 of the CCITT family: polynomial 1021h, bits as they come. */
export const crc16 = (bytes: Iterable<number>, start: number): number => {
  let crc = start;
  for (const byte of bytes) {
    let x = (crc >> 8) ^ byte;
    x ^= x >> 4;
    crc = ((crc << 8) ^ (x << 12) ^ (x << 5) ^ x) & 0xffff;
  }
  return crc;
};

/** Checksums begin with a number of their own each, so that nothing is taken for something else. */
export const crcStarts = { settings: 0x5400, routines: 0x5401, log: 0x5402, content: 0x5403 } as const;
