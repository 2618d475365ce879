/** Lengths made shorter in whole numbers: what holds of them whatever they are, and how near they are to exact halving. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sharedLengths } from '../../machines/routine/shared-lengths.ts';
import { type Alike, shortened } from '../../machines/session.shortened.ts';
import { isLong } from '../support/length.ts';
import { withoutLease } from '../support/quick-session.ts';

// Nothing here depends on a lease: only the long run renews it.
if (!isLong) withoutLease();

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
const whole = (lengths: readonly Alike[]): number => sum(lengths.map(({ eachMs, count }) => eachMs * count));
const leastOf = (lengths: readonly Alike[]): number =>
  sum(lengths.map(({ leastMs, count }) => leastMs * count));

const alike = (unitMs: number): fc.Arbitrary<Alike> =>
  fc
    .record({
      each: fc.integer({ min: 1, max: 20 }),
      share: fc.integer({ min: 0, max: 4 }),
      count: fc.constantFrom(1, 2),
    })
    .map(({ each, share, count }) => ({
      eachMs: each * unitMs,
      leastMs: Math.floor((each * unitMs * share) / 4),
      count,
    }));

/** Some lengths, and a time that is enough for the least of them. Of round ones many lose the same by rounding. */
const cases = fc
  .constantFrom(1, 997, 30_000)
  .chain(unitMs => fc.array(alike(unitMs), { minLength: 1, maxLength: 10 }))
  .chain(lengths =>
    fc.record({
      lengths: fc.constant(lengths),
      totalMs: fc.integer({ min: leastOf(lengths), max: whole(lengths) }),
    }),
  );

describe('lengths made shorter together', () => {
  it('stay between their bounds and fill the time, but for what two sides can not share', () => {
    fc.assert(
      fc.property(cases, ({ lengths, totalMs }) => {
        const found = shortened(lengths, totalMs);
        for (const [index, { eachMs, leastMs }] of lengths.entries()) {
          expect(found[index]).toBeGreaterThanOrEqual(leastMs);
          expect(found[index]).toBeLessThanOrEqual(eachMs);
        }
        const used = sum(lengths.map(({ count }, index) => (found[index] ?? 0) * count));
        expect(used).toBeLessThanOrEqual(totalMs);
        expect(totalMs - used).toBeLessThan(2);
      }),
    );
  });

  it('are what halving comes to, or a millisecond beside it where several have lost the same', () => {
    fc.assert(
      fc.property(cases, ({ lengths, totalMs }) => {
        const halved = sharedLengths(
          lengths.map(({ eachMs, leastMs, count }) => ({
            length: eachMs * count,
            least: leastMs * count,
            most: eachMs * count,
            unit: count,
          })),
          totalMs,
        );
        for (const [index, found] of shortened(lengths, totalMs).entries())
          expect(Math.abs(found - (halved[index] ?? 0) / (lengths[index]?.count ?? 1))).toBeLessThanOrEqual(
            1,
          );
      }),
    );
  });

  it('give what rounding leaves to the first of those that have lost the same', () => {
    const third = { eachMs: 10, leastMs: 1, count: 1 };
    expect(shortened([third, third, third], 20)).toEqual([7, 7, 6]);
    expect(shortened([{ ...third, count: 2 }, third], 16)).toEqual([5, 6]);
  });

  it('are as they were where there is time enough', () => {
    expect(shortened([{ eachMs: 10, leastMs: 1, count: 2 }], 20)).toEqual([10]);
  });
});
