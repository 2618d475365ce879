import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  beginFrom,
  beginOf,
  begunBy,
  longestPeriodMs,
  pullOf,
  returnAfter,
  roundMs,
} from '../../../machines/routine/grid.ts';
import { paceOf } from '../../../machines/routine/timeline.ts';

const pace = fc
  .record({
    strokeCm: fc.double({ min: 5, max: 15, noNaN: true }),
    speedCmPerS: fc.double({ min: 1, max: 15, noNaN: true }),
    returnMs: fc.integer({ min: 500, max: 10_000 }),
    ascent: fc.option(
      fc.record({
        pulls: fc.integer({ min: 1, max: 30 }),
        stepCm: fc.integer({ min: 1, max: 10 }),
        returnMs: fc.integer({ min: 1000, max: 10_000 }),
      }),
      { nil: undefined },
    ),
  })
  .map(fields => paceOf({ technique: 'inching', instruction: 'Pull.', ...fields }));

const stroke = fc.integer({ min: 1, max: 3000 });

describe('the beginnings of strokes', () => {
  it('are those that adding up one return after the other would give, in whole milliseconds', () => {
    fc.assert(
      fc.property(pace, fc.integer({ min: 1, max: 200 }), (one, last) => {
        let at = 0;
        for (let number = 1; number <= last; number++) {
          expect(beginOf(one, number)).toBe(at);
          at += one.strokeMs + returnAfter(one, number);
        }
        expect(Number.isInteger(at)).toBe(true);
      }),
    );
  });

  it('are counted as they are found: so many have begun by one, and the first from there on is that one', () => {
    fc.assert(
      fc.property(pace, stroke, (one, number) => {
        const at = beginOf(one, number);
        expect(begunBy(one, at)).toBe(number);
        expect(begunBy(one, at - 1)).toBe(number - 1);
        expect(beginFrom(one, at)).toBe(at);
        expect(beginFrom(one, at + 1)).toBe(beginOf(one, number + 1));
        expect(beginOf(one, number + 1) - at).toBeLessThanOrEqual(longestPeriodMs(one));
      }),
    );
  });

  it('have none before the grid begins, and the first at its very start', () => {
    fc.assert(
      fc.property(pace, fc.integer({ min: -100_000, max: -1 }), (one, before) => {
        expect([begunBy(one, before), beginFrom(one, before)]).toEqual([0, 0]);
      }),
    );
  });

  it('repeat with each ascent, whose pulls follow each other at one period', () => {
    fc.assert(
      fc.property(pace, stroke, (one, number) => {
        const pulls = one.ascent?.pulls ?? 1;
        expect(beginOf(one, number + pulls) - beginOf(one, number)).toBe(roundMs(one));
        const climb = pullOf(one, number);
        expect(climb === null).toBe(one.ascent === undefined);
        if (!climb) return;
        expect((climb.ascent - 1) * pulls + climb.pull).toBe(number);
        expect(climb.pull).toBeLessThanOrEqual(climb.pulls);
      }),
    );
  });
});
