/**
 * A program for the emulated chip that tells of a session through the trace port as a firmware would: a fixed story, in
 * which it only waits for time to pass and for buttons to go down. What tests the stage, where the firmware is not what
 * is tested.
 */
import { encodeTraceRecord, type TraceRecord, tracePortAddress } from '../../hardware/alone/trace-port.ts';
import { uno as pins } from '../../hardware/pins.ts';
import type { Button } from '../../machines/vocabulary.ts';
import { hexOf, ldi, put, rjmpBack, sleep } from '../simulator/avr/program.ts';

export type Chapter =
  | Readonly<{ tells: TraceRecord }>
  | Readonly<{ byte: number }>
  /** About so long, in steps of 16.4 ms. */
  | Readonly<{ waits: number }>
  | Readonly<{ until: Exclude<Button, 'stop' | 'receiver'> }>
  | Readonly<{ left: boolean }>;

const portD = { in: 0x09, direction: 0x2a, out: 0x2b } as const;

const sleepMode = 0x53;

/** Counts 65,536 times four cycles, so many times. */
const wait = (times: number): readonly number[] => [
  ldi(18, times),
  ldi(24, 0),
  ldi(25, 0),
  // SBIW r24,1; BRNE back to it; DEC r18; BRNE back to the loads.
  0x9701,
  0xf7f1,
  0x952a,
  0xf7d1,
];

/** SBIC: over the jump back once the pin is low. */
const untilLow = (pin: number): readonly number[] => [0x9900 | (portD.in << 3) | pin, rjmpBack(2)];

const wordsOf = (chapter: Chapter): readonly number[] => {
  if ('tells' in chapter)
    return [...encodeTraceRecord(chapter.tells)].flatMap(byte => put(tracePortAddress, byte));
  if ('byte' in chapter) return put(tracePortAddress, chapter.byte);
  if ('waits' in chapter) return wait(Math.round(chapter.waits / 16.4));
  if ('until' in chapter) return untilLow(pins[chapter.until]);
  return put(portD.out, pullUps | (chapter.left ? 1 << pins.left : 0));
};

const pullUps = 0xff & ~(1 << pins.left) & ~(1 << pins.right);

/** Intel HEX of it. It sleeps at the end. */
export const storyHex = (chapters: readonly Chapter[]): string =>
  hexOf([
    ...put(portD.direction, 1 << pins.left),
    ...put(portD.out, pullUps),
    ...chapters.flatMap(wordsOf),
    ...put(sleepMode, 1),
    sleep,
    rjmpBack(2),
  ]);
