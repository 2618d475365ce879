import fc from 'fast-check';
import { expect, it } from 'vitest';
import { agoWord, minutesWord, shownMinutes } from '../../../machines/text/minutes.ts';

it.each([
  [0, '0 min'],
  [89_000, '1.5 min'],
  [90_000, '1.5 min'],
  [180_000, '3 min'],
  [596_000, '9.9 min'],
  [598_000, '10 min'],
  [754_000, '13 min'],
])('%s ms are %s, wherever they are told', (ms, word) => {
  expect(minutesWord(ms)).toBe(word);
});

it('never says that something was no time ago', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 90 * 86_400_000 }), ms => {
      expect(agoWord(ms)).not.toMatch(/^0/);
      expect(Math.abs(shownMinutes(ms) * 60_000 - ms)).toBeLessThanOrEqual(30_000);
    }),
  );
  expect([agoWord(1000), agoWord(20 * 60_000), agoWord(3 * 3_600_000)]).toEqual(['1 min', '20 min', '3 h']);
});
