import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InboundFilter } from '../../hardware/inbound.ts';
import { type Command, encode, type LeaseFields, layouts } from '../../hardware/lease.ts';

function listening() {
  const ours: { command: Command; message: number[] }[] = [];
  const firmata: number[][] = [];
  const filter = new InboundFilter({
    ours: (command, message) => ours.push({ command, message: [...message] }),
    firmata: message => firmata.push([...message]),
  });
  return { filter, ours, firmata, take: (...bytes: number[]) => filter.take(Uint8Array.from(bytes)) };
}

const status = [
  ...encode('status', Object.fromEntries(layouts.status.map(([name]) => [name, 1])) as LeaseFields<'status'>),
];
/** A capability answer of so many pins, each of them said to do nothing. */
const capabilities = (pins: number): number[] => [
  0xf0,
  0x6c,
  ...Array.from({ length: pins }, () => 0x7f),
  0xf7,
];

describe('whole messages', () => {
  it.each([
    ['a protocol version', [0xf9, 2, 6]],
    ['a digital port', [0x90, 4, 0]],
    ['a digital port of another number', [0x92, 4, 0]],
    ['an analog pin', [0xe3, 1, 2]],
    ['a firmware name', [0xf0, 0x79, 2, 6, 0x54, 0, 0xf7]],
    ['a firmware version without a name', [0xf0, 0x79, 2, 6, 0xf7]],
    ['a string', [0xf0, 0x71, 0x54, 0, 0xf7]],
    ['an empty string', [0xf0, 0x71, 0xf7]],
    ['capabilities', capabilities(20)],
  ])('%s goes on to Firmata', (_, message) => {
    const { firmata, filter, take } = listening();
    take(...message);
    expect([firmata, filter.dropped]).toEqual([[message], 0]);
  });

  it('of our own contract go to us alone', () => {
    const { firmata, ours, take } = listening();
    take(...status);
    expect(ours).toEqual([{ command: 'status', message: status }]);
    expect(firmata).toEqual([]);
  });

  it('come through however they are cut into pieces', () => {
    const stream = [...status, 0x90, 4, 0, ...status, 0xf9, 2, 6, ...capabilities(3)];
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 20 })), sizes => {
        const { firmata, ours, filter } = listening();
        let rest = stream;
        for (const size of [...sizes, stream.length]) {
          filter.take(Uint8Array.from(rest.slice(0, size)));
          rest = rest.slice(size);
        }
        expect([ours.length, firmata, filter.dropped]).toEqual([
          2,
          [[0x90, 4, 0], [0xf9, 2, 6], capabilities(3)],
          0,
        ]);
      }),
    );
  });
});

describe('what firmata-io could not bear', () => {
  it.each([
    ['a firmware answer without a version', [0xf0, 0x79, 0xf7]],
    ['a firmware answer with half a version', [0xf0, 0x79, 2, 0xf7]],
    ['a firmware name of half a letter', [0xf0, 0x79, 2, 6, 0x54, 0xf7]],
    ['an empty pin state', [0xf0, 0x6e, 0xf7]],
    ['an empty analog mapping', [0xf0, 0x6a, 0xf7]],
    ['an empty message', [0xf0, 0xf7]],
    ['an unknown command', [0xf0, 0x33, 1, 2, 0xf7]],
    ['a command of ours that does not exist', [0xf0, 0x0e, 1, 0xf7]],
    ['an unknown short message', [0xc0, 1, 2]],
  ])('%s is dropped and counted', (_, message) => {
    const { firmata, ours, filter, take } = listening();
    take(...message);
    expect([firmata, ours, filter.dropped]).toEqual([[], [], 1]);
  });

  it('an analog mapping of more pins than the board has is not believed', () => {
    const { firmata, take } = listening();
    const mapping = (pins: number): number[] => [
      0xf0,
      0x6a,
      ...Array.from({ length: pins }, () => 0x7f),
      0xf7,
    ];
    take(...mapping(20));
    expect(firmata).toEqual([]);
    take(...capabilities(20), ...mapping(20));
    expect(firmata).toHaveLength(2);
    take(...mapping(21), ...mapping(200));
    expect(firmata).toHaveLength(2);
  });

  it('the state of a pin that the board has not is not believed', () => {
    const { firmata, take } = listening();
    take(...capabilities(20), 0xf0, 0x6e, 20, 1, 1, 0xf7, 0xf0, 0x6e, 19, 1, 1, 0xf7);
    expect(firmata.slice(1)).toEqual([[0xf0, 0x6e, 19, 1, 1, 0xf7]]);
  });

  it('a message cut off by another is dropped, and the other heard', () => {
    const { firmata, ours, filter, take } = listening();
    take(0xf0, 0x79, 2, 6, ...status);
    take(0x90, 4, 0xf9, 2, 6);
    expect([ours.length, firmata, filter.dropped]).toEqual([1, [[0xf9, 2, 6]], 2]);
  });

  it('a sysex that never ends is cut at 1 KB, again and again, and what follows is heard', () => {
    const { ours, filter, take } = listening();
    take(0xf0, ...Array.from({ length: 20_000 }, () => 1));
    expect(filter.dropped).toBe(1);
    take(...status);
    expect(ours).toHaveLength(1);
  });

  it('bytes that belong to nothing are passed over', () => {
    const { firmata, ours, take } = listening();
    take(1, 2, 3, 0xf7, 0xf7, 4, ...status);
    expect([firmata, ours.length]).toEqual([[], 1]);
  });
});

it('a line that was cut begins anew', () => {
  const { ours, firmata, filter, take } = listening();
  take(0xf0, 0x05, 1, 2);
  filter.reset();
  take(3, 4, 0xf7, ...status);
  expect([ours.length, firmata]).toEqual([1, []]);
});

it('whatever noise comes, nothing is thrown, nothing wrong is passed on, and the next whole message is heard', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 3000 }), noise => {
      const { ours, firmata, filter } = listening();
      filter.take(noise);
      for (const message of firmata) {
        const [first = 0, second = 0] = message;
        if (first === 0xf0) {
          expect([106, 108, 110, 113, 121]).toContain(second);
          expect(message.length).toBeGreaterThanOrEqual(3);
          expect(message.length).toBeLessThanOrEqual(1024);
          expect(message.at(-1)).toBe(0xf7);
        } else
          expect([
            first === 0xf9 || (first & 0xf0) === 0x90 || (first & 0xf0) === 0xe0,
            message.length,
          ]).toEqual([true, 3]);
        expect(message.slice(1, first === 0xf0 ? -1 : undefined).every(byte => byte < 0x80)).toBe(true);
      }
      const heard = ours.length;
      filter.take(Uint8Array.from(status));
      expect(ours.length).toBe(heard + 1);
    }),
    { numRuns: 500 },
  );
});
