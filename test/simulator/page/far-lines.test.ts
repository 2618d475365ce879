import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arranged, fullPx, lineShare } from '../../../simulator/page/looks/far-lines.ts';

const word = fc.stringMatching(/^[a-z]{1,12}$/);
const words = fc.array(word, { minLength: 1, maxLength: 5 }).map(all => all.join(' '));

describe('words for two metres away on a narrow screen', () => {
  it('are all there, in their order, and no higher than their room', () => {
    fc.assert(
      fc.property(words, words, words, fc.integer({ min: 60, max: 900 }), (zone, side, way, roomPx) => {
        const joined = `${zone}, ${side}`;
        const { places, ways, px } = arranged({ apart: [zone, side], joined, way }, roomPx);
        expect([`${zone} ${side}`, joined]).toContain(places.join(' '));
        expect(ways.join(' ')).toBe(way);
        expect(px).toBeLessThanOrEqual(fullPx);
        expect((places.length + ways.length) * px * lineShare).toBeLessThanOrEqual(roomPx);
      }),
    );
  });

  it('have the fewest letters a line that leave them their full height', () => {
    const text = {
      apart: ['Edge of the sacrum', 'left'],
      joined: 'Edge of the sacrum, left',
      way: 'in circles',
    };
    const at = (roomPx: number) => {
      const { places, ways, px } = arranged(text, roomPx);
      return [...places, ...ways, px];
    };
    expect(at(800)).toEqual(['Edge of', 'the', 'sacrum', 'left', 'in', 'circles', 96]);
    expect(at(300)).toEqual(['Edge of the', 'sacrum, left', 'in circles', 96]);
    expect(at(200)).toEqual(['Edge of the', 'sacrum, left', 'in circles', 70]);
  });
});
