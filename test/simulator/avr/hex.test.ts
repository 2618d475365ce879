import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { HexError, loadHex } from '../../../simulator/avr/hex.ts';

const end = ':00000001FF';

describe('a hex file', () => {
  it('becomes the flash it describes, FF where it says nothing', () => {
    const image = loadHex(`:0300300002337A1E\n${end}\n`, 64);
    expect([...image.subarray(0x2f, 0x34)]).toEqual([0xff, 0x02, 0x33, 0x7a, 0xff]);
  });

  it('may have Windows line ends, blank lines, and addresses above 64 kB', () => {
    const image = loadHex(`:020000021000EC\r\n\r\n:0100000055AA\r\n${end}\r\n`, 0x10100);
    expect(image[0x10000]).toBe(0x55);
  });

  it('is the shipped one: it begins with a jump and fits', () => {
    const shipped = new URL('../../../hardware/firmware/tactus-uno.hex', import.meta.url);
    const image = loadHex(readFileSync(shipped, 'utf8'), 32_768);
    expect((image[1] ?? 0) & 0xfe).toBeOneOf([0x94, 0xc0, 0xc1]);
  });

  it.each([
    ['a wrong checksum', `:0300300002337A1F\n${end}`, /line 1: the checksum/],
    ['a length that does not hold', `:0400300002337A1E\n${end}`, /line 1: says 4 bytes, has 3/],
    ['no end', ':0100000055AA\n', /end record is missing/],
    ['something after its end', `${end}\n:0300300002337A1E`, /line 2: a record after/],
    ['more than the flash holds', `:0300300002337A1E\n${end}`, /line 1: address 50 lies beyond 48/],
    ['an unknown record', `:00000009F7\n${end}`, /line 1: record type 9/],
    ['no hex at all', '<html>', /line 1: not a record/],
    ['an odd number of digits', ':0300300002337A1\n', /line 1: not a record/],
    ['nothing', '', /end record is missing/],
  ])('with %s is refused in plain words', (_, text, words) => {
    expect(() => loadHex(text, 48)).toThrow(HexError);
    expect(() => loadHex(text, 48)).toThrow(words);
  });
});
