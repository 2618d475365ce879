import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spread } from '../../../../src/app/bench/samples.ts';

describe('what many samples come to', () => {
  it('has the middle, 99 of 100 and the worst, each one that was measured', () => {
    const hundred = Array.from({ length: 100 }, (_, nth) => 100 - nth);
    expect(spread(hundred)).toEqual({ p50: 50, p99: 99, worst: 100, count: 100 });
  });

  it('has the worst for 99 of 100 where there are few', () => {
    expect(spread([3, 1, 2])).toEqual({ p50: 2, p99: 3, worst: 3, count: 3 });
    expect(spread([7])).toEqual({ p50: 7, p99: 7, worst: 7, count: 1 });
  });

  it('takes the least for the worst where more is better', () => {
    expect(spread([10, 30, 20], 'more')).toEqual({ p50: 20, p99: 10, worst: 10, count: 3 });
  });

  it('is none where nothing was measured, or something that is no number', () => {
    expect(() => spread([])).toThrow(RangeError);
    expect(() => spread([1, Number.NaN])).toThrow('no number');
  });

  it('never orders them otherwise, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 300 }), samples => {
        const { p50, p99, worst } = spread(samples);
        expect(p50 <= p99 && p99 <= worst).toBe(true);
        expect(samples).toEqual(expect.arrayContaining([p50, p99, worst]));
        expect(samples.filter(sample => sample <= p50).length).toBeGreaterThanOrEqual(samples.length / 2);
      }),
    );
  });
});
