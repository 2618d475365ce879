/** A routine as lengths to be drawn. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { library } from '../../../../machines/routine/library.ts';
import { timeline, totalMs } from '../../../../machines/routine/timeline.ts';
import { barsOf, secondsOf, stagesOf, ticksOf } from '../../../../simulator/page/routines/bars.ts';

describe('bars', () => {
  it.each(library().map(routine => [routine.id, routine] as const))('of %s are its passes', (_, routine) => {
    for (const firstSide of ['left', 'right'] as const) {
      const passes = timeline(routine, firstSide);
      const bars = barsOf(routine.phases, firstSide);
      expect(bars.map(({ stage, side }) => [stage, side])).toEqual(
        passes.map(({ stage, side }) => [stage, side]),
      );
      expect(secondsOf(bars)).toBeCloseTo(totalMs(passes) / 1000);
      expect(stagesOf(bars).reduce((sum, { seconds }) => sum + seconds, 0)).toBeCloseTo(secondsOf(bars));
    }
  });

  const anything = fc.oneof(
    fc.constantFrom('warmUp', 'strokes', 'both', 'left', 'together', undefined),
    fc.integer(),
    fc.anything(),
  );
  const phase = (durationS: fc.Arbitrary<unknown>) =>
    fc.record({
      stage: fc.oneof(fc.constantFrom('warmUp', 'strokes', 'pressureRamp', 'cooldown'), anything),
      side: anything,
      durationS,
      pressureStart: anything,
      pressureMax: anything,
    });

  it('of whatever is being written lie one behind the other, and never end before they begin', () => {
    const wholeSeconds = fc.integer({ min: 0, max: 3600 });
    fc.assert(
      fc.property(fc.array(phase(wholeSeconds), { maxLength: 12 }), phases => {
        let end = 0;
        for (const bar of barsOf(phases, 'left')) {
          expect(bar.from).toBe(end);
          expect(bar.to).toBeGreaterThan(bar.from);
          expect(bar.pressureMax).toBeGreaterThanOrEqual(bar.pressureStart);
          expect(bar.pressureMax).toBeLessThanOrEqual(4);
          end = bar.to;
        }
      }),
    );
  });

  it('of a phase whose seconds are no whole number, or none at all, are none yet', () => {
    const noSeconds = fc.oneof(
      fc.oneof(fc.double(), fc.constant(5e-324)).filter(value => !Number.isInteger(value)),
      fc.integer({ max: 0 }),
      fc.anything().filter(value => typeof value !== 'number'),
    );
    fc.assert(
      fc.property(phase(noSeconds), one => {
        expect(barsOf([one], 'left')).toEqual([]);
      }),
    );
  });

  it('of a phase longer than any may be end where the longest would', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3601 }), durationS => {
        expect(secondsOf(barsOf([{ stage: 'strokes', side: 'left', durationS }], 'left'))).toBe(3600);
      }),
    );
  });

  it.each([
    [0, [0]],
    [180, [0, 1, 2, 3]],
    [1200, [0, 5, 10, 15, 20]],
    [3900, [0, 10, 20, 30, 40, 50, 60]],
  ])('%i seconds have marks at %j minutes', (seconds, marks) => {
    expect(ticksOf(seconds)).toEqual(marks);
  });
});
