/** Hasty, slow and gripping hands, a few of them; many in `hands.long.test.ts`. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { handsOfChance, livedThrough } from '../support/hands-of-chance.ts';
import { withoutLease } from '../support/quick-session.ts';

withoutLease();

it('raises nothing before each question could be felt and weighed, and leaves no place by a grip', () => {
  let rises = 0;
  fc.assert(
    fc.property(handsOfChance, hands => {
      const lived = livedThrough(hands);
      expect(lived.wrong).toEqual([]);
      rises += lived.rises;
    }),
    { numRuns: 10 },
  );
  expect(rises).toBeGreaterThan(0);
});
