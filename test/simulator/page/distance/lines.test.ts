import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arranged, arrangedWide, fullPx, lineShare } from '../../../../simulator/page/distance/lines.ts';

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

describe('words for two metres away on a wide screen', () => {
  const text = {
    apart: ['Outer thigh', 'their left'],
    joined: 'Outer thigh, their left',
    way: 'knee to hip',
  };
  const wide = { roomPx: 700, widthPx: 1200, usualPx: fullPx };

  it('have a line each, and share one where lines are scarce', () => {
    expect(arrangedWide(text, wide, 1)).toEqual({ places: text.apart, ways: [text.way], px: fullPx });
    expect(arrangedWide(text, { ...wide, roomPx: 190 }, 1)).toEqual({
      places: [text.joined],
      ways: [text.way],
      px: fullPx,
    });
  });

  it('are never higher than their room, whatever size is wanted', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 60, max: 900 }),
        fc.integer({ min: 560, max: 2000 }),
        fc.double({ min: 1, max: 4, noNaN: true }),
        (roomPx, widthPx, wanted) => {
          const { places, ways, px } = arrangedWide(text, { roomPx, widthPx, usualPx: fullPx }, wanted);
          expect((places.length + ways.length) * px * lineShare).toBeLessThanOrEqual(roomPx);
        },
      ),
    );
  });

  it('are as large as the letters that somebody has chosen, while a line is still seen whole', () => {
    expect(arrangedWide(text, wide, 1.5).px).toBe(144);
    expect(arrangedWide(text, wide, 4).px).toBe(Math.floor(1200 / (0.56 * 'Outer thigh'.length)));
    expect(arrangedWide(text, { ...wide, widthPx: 560 }, 4).px).toBe(fullPx);
  });
});
