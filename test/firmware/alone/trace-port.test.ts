/** What the board alone tells its emulator, byte for byte, and what is refused of it. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  encodeTraceRecord,
  noNumber,
  TracePortError,
  TraceReader,
  type TraceRecord,
  traceRecords,
} from '../../../hardware/alone/trace-port.ts';
import { pressureChanges } from '../../../hardware/firmware/alone/names.ts';
import { tracePortHeader } from '../../../hardware/firmware/alone/trace-port.ts';
import { endReasons } from '../../../machines/session.lists.ts';
import { stateNames } from '../../../machines/session.states.ts';
import { cueIds, cueWhys, outcomes, sides } from '../../../machines/vocabulary.ts';

const at = fc.nat(2 ** 31 - 1);
const byte = fc.nat(noNumber - 1);
const record: fc.Arbitrary<TraceRecord> = fc.oneof(
  fc.record({
    type: fc.constant('state' as const),
    at,
    state: fc.constantFrom(...stateNames),
    work: fc.option(byte),
    side: fc.constantFrom(...sides),
  }),
  fc.record({
    type: fc.constant('stroke' as const),
    at,
    work: byte,
    side: fc.constantFrom(...sides),
    stroke: fc.integer({ min: 1, max: 65_535 }),
    period: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
    pull: fc.nat(255),
    ascent: fc.nat(65_535),
  }),
  fc.record({
    type: fc.constant('cue' as const),
    at,
    cue: fc.constantFrom(...cueIds),
    why: fc.constantFrom(...cueWhys),
    work: fc.option(byte),
  }),
  fc.record({
    type: fc.constant('pressure' as const),
    at,
    pressure: fc.integer({ min: 1, max: 5 }),
    side: fc.constantFrom('left' as const, 'right' as const),
    why: fc.constantFrom(...pressureChanges),
  }),
  fc.record({
    type: fc.constant('outcome' as const),
    at,
    outcome: fc.constantFrom(...outcomes),
    reason: fc.constantFrom(...endReasons),
  }),
  fc.record({ type: fc.constantFrom('favourite' as const, 'opened' as const), at, place: byte }),
  fc.record({ type: fc.constant('eventEnds' as const), at }),
);

const readAll = (reader: TraceReader, bytes: Iterable<number>): TraceRecord[] =>
  [...bytes].flatMap(one => reader.take(one) ?? []);

describe('the trace port', () => {
  it('gives back what was written, record after record', () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 20 }), records => {
        const reader = new TraceReader();
        expect(
          readAll(
            reader,
            records.flatMap(one => [...encodeTraceRecord(one)]),
          ),
        ).toEqual(records);
      }),
      { seed: 20261130, numRuns: 300 },
    );
  });

  it('is little endian, number and time first', () => {
    const bytes = encodeTraceRecord({
      type: 'stroke',
      at: 0x01020304,
      work: 3,
      side: 'right',
      stroke: 0x0506,
      period: 3000,
      pull: 0,
      ascent: 0,
    });
    expect([...bytes]).toEqual([2, 4, 3, 2, 1, 3, 1, 6, 5, 0xb8, 0x0b, 0, 0, 0, 0, 0]);
  });

  it('has one number and one length for each record, and the header has the same', () => {
    expect(traceRecords.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    const header = new URL('../../../hardware/firmware/tactus/src/alone/trace_port.h', import.meta.url);
    expect(readFileSync(header, 'utf8').replaceAll('\r\n', '\n')).toBe(tracePortHeader());
  });

  it.each([
    ['a number that no record has', [9], 'no record has the number 9'],
    ['a state beyond the list', [1, 0, 0, 0, 0, 19, 255, 0], 'state: state can not be 19'],
    ['a time beyond 31 bits', [1, 0, 0, 0, 0x80, 0, 255, 0], 'state: at can not be 2147483648'],
    ['a pressure that is not on the scale', [4, 0, 0, 0, 0, 6, 0, 0], 'pressure: pressure can not be 6'],
    [
      'work of no pass in a stroke',
      [2, 0, 0, 0, 0, 255, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0],
      'stroke: work can not be 255',
    ],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => readAll(new TraceReader(), bytes)).toThrow(new TracePortError(message));
  });

  it('never throws anything else, whatever bytes come, and holds no more than one record', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(255), { maxLength: 200 }), bytes => {
        try {
          readAll(new TraceReader(), bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(TracePortError);
        }
      }),
      { seed: 20261130, numRuns: 500 },
    );
  });

  it('forgets what a reset has broken off', () => {
    const reader = new TraceReader();
    const opened = encodeTraceRecord({ type: 'opened', at: 0, place: 1 });
    expect(readAll(reader, opened.slice(0, 3))).toEqual([]);
    reader.forget();
    expect(readAll(reader, opened)).toEqual([{ type: 'opened', at: 0, place: 1 }]);
  });

  it('writes nothing that it would not read', () => {
    expect(() => encodeTraceRecord({ type: 'favourite', at: 0, place: 300 })).toThrow(RangeError);
    expect(() => encodeTraceRecord({ type: 'opened', at: -1, place: 0 })).toThrow('opened: at can not be -1');
  });
});
