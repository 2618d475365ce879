import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  askHello,
  commands,
  crc8,
  decode,
  encode,
  type Layout,
  type LeaseFields,
  layouts,
  noteBits,
  stopNow,
  systemReset,
} from '../../hardware/lease.ts';

const names = Object.keys(layouts) as Layout[];
const bits = (layout: Layout, index: number): number => 7 * (layouts[layout][index]?.[1] ?? 0);
/** Any fields that a message of this layout can carry. */
const fieldsOf = (layout: Layout) =>
  fc
    .tuple(
      ...layouts[layout].map((_, index) => fc.maxSafeNat().map(value => value % 2 ** bits(layout, index))),
    )
    .map(values => Object.fromEntries(layouts[layout].map(([name], index) => [name, values[index] ?? 0])));
const anyMessage = fc.constantFrom(...names).chain(layout =>
  fieldsOf(layout).map(fields => ({
    layout,
    fields,
    bytes: encode(layout, fields as LeaseFields<Layout>),
  })),
);

describe('the checksum', () => {
  it('is CRC-8 with polynomial 07h: the check value of its catalogue is F4', () => {
    expect(crc8(new TextEncoder().encode('123456789'))).toBe(0xf4);
    expect(crc8([])).toBe(0);
    expect(crc8([0x01])).toBe(0x07);
  });
});

describe('a message', () => {
  it('read is what was written, whatever its fields', () => {
    fc.assert(
      fc.property(anyMessage, ({ layout, fields, bytes }) => {
        expect(decode(layout, bytes)).toEqual(fields);
      }),
    );
  });

  it('is whole sysex of the project’s own command, of 7-bit bytes, at most 32 long from a host', () => {
    fc.assert(
      fc.property(anyMessage, ({ layout, bytes }) => {
        expect([bytes[0], bytes[1], bytes.at(-1)]).toEqual([0xf0, commands[layout], 0xf7]);
        expect(bytes.subarray(1, -1).every(byte => byte < 0x80)).toBe(true);
        if (layout === 'arm' || layout === 'lease') expect(bytes.length).toBeLessThanOrEqual(32);
        // The board's parser keeps 32 bytes between the two ends.
        if (layout === 'keep') expect(bytes.length).toBeLessThanOrEqual(34);
      }),
    );
  });

  it('damaged in any one bit is none', () => {
    fc.assert(
      fc.property(anyMessage, fc.nat(), fc.nat(7), ({ layout, bytes }, at, bit) => {
        const damaged = Uint8Array.from(bytes);
        const index = at % bytes.length;
        damaged[index] = (bytes[index] ?? 0) ^ (1 << bit);
        expect(decode(layout, damaged)).toBeUndefined();
      }),
      { numRuns: 1000 },
    );
  });

  it('cut short, drawn out, or with two bytes changed about is none', () => {
    fc.assert(
      fc.property(anyMessage, fc.nat(), ({ layout, bytes }, at) => {
        const index = at % bytes.length;
        expect(
          decode(
            layout,
            bytes.filter((_, other) => other !== index),
          ),
        ).toBeUndefined();
        expect(
          decode(layout, Uint8Array.of(...bytes.subarray(0, index), 0, ...bytes.subarray(index))),
        ).toBeUndefined();
        const [one, other] = [bytes[index], bytes[index - 1]];
        if (one === undefined || other === undefined || one === other) return;
        const swapped = Uint8Array.from(bytes);
        swapped.set([one, other], index - 1);
        expect(decode(layout, swapped)).toBeUndefined();
      }),
      { numRuns: 1000 },
    );
  });

  /** A message around these bytes, its checksum over them true whatever they are. */
  const around = (body: readonly number[]): Uint8Array => {
    const crc = crc8(body);
    return Uint8Array.of(0xf0, ...body, crc & 0x7f, crc >> 7, 0xf7);
  };
  const bodyOf = (layout: Layout): number[] => [...encode(layout, zero(layout)).subarray(1, -3)];

  it('with the top bit of any byte set is none, even where its checksum says so too', () => {
    for (const layout of names) {
      expect(decode(layout, around(bodyOf(layout)))).toEqual(zero(layout));
      for (const index of bodyOf(layout).keys())
        expect(decode(layout, around(bodyOf(layout).with(index, 0x80)))).toBeUndefined();
    }
  });

  it('longer or shorter than its fields is none, even where its checksum says so too', () => {
    for (const layout of names) {
      expect(decode(layout, around([...bodyOf(layout), 0]))).toBeUndefined();
      expect(decode(layout, Uint8Array.of(...around(bodyOf(layout)), 0))).toBeUndefined();
      expect(decode(layout, around(bodyOf(layout).slice(0, -1)))).toBeUndefined();
    }
  });

  it('of one kind is none of another', () => {
    const hello = encode(
      'hello',
      Object.fromEntries(layouts.hello.map(([name]) => [name, 1])) as LeaseFields<'hello'>,
    );
    for (const layout of names) expect(decode(layout, hello) === undefined).toBe(layout !== 'hello');
  });

  it('of noise is none', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), fc.constantFrom(...names), (noise, layout) => {
        expect(decode(layout, noise)).toBeUndefined();
      }),
    );
  });
});

describe('a field that does not fit', () => {
  const lease: LeaseFields<'lease'> = { seq: 1, epoch: 2, leaseMs: 250, statusMs: 3, left: 153, right: 0 };
  it.each([-1, 0.5, 2 ** 14, Number.NaN, Number.POSITIVE_INFINITY, undefined, null])(
    '%s is refused by name',
    value => {
      expect(() => encode('lease', { ...lease, left: value as number })).toThrow(RangeError);
      expect(() => encode('lease', { ...lease, left: value as number })).toThrow(/^lease\.left: /);
    },
  );
  it('at its bound goes through', () => {
    expect(decode('lease', encode('lease', { ...lease, seq: 2 ** 14 - 1 }))?.seq).toBe(16_383);
    expect(decode('status', encode('status', { ...zero('status'), boardMs: 2 ** 35 - 1 }))?.boardMs).toBe(
      2 ** 35 - 1,
    );
  });
});
const zero = <L extends Layout>(layout: L): LeaseFields<L> =>
  Object.fromEntries(layouts[layout].map(([name]) => [name, 0])) as LeaseFields<L>;

describe('the contract', () => {
  it('keeps its commands within what Firmata leaves to users, each its own', () => {
    const codes = Object.values(commands);
    expect(new Set(codes).size).toBe(codes.length);
    for (const code of codes) expect([code >= 0x01, code <= 0x0f]).toEqual([true, true]);
  });

  it('says stop and asks for a name in three bytes, and resets in one', () => {
    expect([...stopNow]).toEqual([0xf0, 0x04, 0xf7]);
    expect([...askHello]).toEqual([0xf0, 0x01, 0xf7]);
    expect([...systemReset]).toEqual([0xff]);
  });

  it('has room for every note in its field', () => {
    expect(noteBits.length).toBeLessThanOrEqual(14);
    expect(new Set(noteBits).size).toBe(noteBits.length);
  });

  it('names each field once in each message', () => {
    for (const layout of names) {
      const fields = layouts[layout].map(([name]) => name as string);
      expect(new Set(fields).size).toBe(fields.length);
    }
  });
});
