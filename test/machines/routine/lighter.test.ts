import { describe, expect, it } from 'vitest';
import { isLighter } from '../../../machines/routine/lighter.ts';
import { techniques } from '../../../machines/routine/names.ts';

const work = (change: Partial<Parameters<typeof isLighter>[0]> = {}) => ({
  technique: 'kneading' as const,
  strokeCm: 20,
  speedCmPerS: 5,
  returnMs: 2000,
  ...change,
});

describe('lighter', () => {
  it.each([
    [{ strokeCm: 15 }, true],
    [{ speedCmPerS: 4 }, true],
    [{ returnMs: 2500 }, true],
    [{}, false],
    [{ strokeCm: 25 }, false],
    [{ strokeCm: 15, speedCmPerS: 6 }, false],
    [{ strokeCm: 15, returnMs: 1500 }, false],
    [{ technique: 'effleurage', strokeCm: 80, speedCmPerS: 15, returnMs: 500 } as const, true],
    [{ technique: 'friction', strokeCm: 5 } as const, false],
  ])('than kneading of 20 cm at 5 cm/s with 2 s of rest: %j is %s', (change, is) => {
    expect(isLighter(work(change), work())).toBe(is);
  });

  it('is nothing than itself, and no two than each other', () => {
    for (const technique of techniques) {
      expect(isLighter(work({ technique }), work({ technique }))).toBe(false);
      for (const other of techniques)
        expect(
          isLighter(work({ technique }), work({ technique: other })) &&
            isLighter(work({ technique: other }), work({ technique })),
        ).toBe(false);
    }
  });
});
