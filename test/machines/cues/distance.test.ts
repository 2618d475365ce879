import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cueDistance,
  type FeltPattern,
  feltDistance,
  leastDistance,
} from '../../../machines/cues/distance.ts';
import { expand } from '../../../machines/cues/expand.ts';
import { gentle, gentleIntensity } from '../../../machines/cues/gentle.ts';
import { cues } from '../../../machines/cues/library.ts';
import { coinMotor, feltOf } from '../../../machines/cues/motor-model.ts';
import { extremes, pairs, rowOf } from '../../../machines/cues/table.ts';
import { motorLimits } from '../../../machines/limits.ts';
import { cueIds, motors } from '../../../machines/vocabulary.ts';

const stretch = (fromMs: number, forMs: number) => ({ fromMs, untilMs: fromMs + forMs });

describe('the distance of two felt patterns', () => {
  it.each<[string, FeltPattern, FeltPattern, number]>([
    ['is 0 of the same', [[stretch(0, 100)]], [[stretch(0, 100)]], 0],
    ['is 0 of the same at another time', [[stretch(0, 100)]], [[stretch(700, 100)]], 0],
    ['is a half of one and one twice as long', [[stretch(0, 100)]], [[stretch(0, 200)]], 0.5],
    ['is 1 where one is not felt', [[]], [[stretch(0, 100)]], 1],
    ['is 1 of different motors', [[stretch(0, 100)], []], [[], [stretch(0, 100)]], 1],
  ])('%s', (_, one, other, distance) => {
    expect(feltDistance(one, other)).toBeCloseTo(distance, 10);
  });

  const pattern = fc
    .array(fc.tuple(fc.integer({ min: 20, max: 400 }), fc.integer({ min: 60, max: 600 })), {
      minLength: 1,
      maxLength: 4,
    })
    .map(list => {
      let at = 0;
      return [
        list.map(([gap, length]) => {
          const from = at + gap;
          at = from + length;
          return stretch(from, length);
        }),
      ];
    });

  it('is the same either way, at least 0 and at most 1, and no other shift finds a better fit', () => {
    fc.assert(
      fc.property(pattern, pattern, fc.integer({ min: -3000, max: 3000 }), (one, other, shiftMs) => {
        const distance = feltDistance(one, other);
        expect(feltDistance(other, one)).toBeCloseTo(distance, 10);
        expect(distance).toBeGreaterThanOrEqual(0);
        expect(distance).toBeLessThanOrEqual(1);
        const shifted = other.map(list =>
          list.map(({ fromMs, untilMs }) => ({ fromMs: fromMs + shiftMs, untilMs: untilMs + shiftMs })),
        );
        expect(feltDistance(one, shifted)).toBeCloseTo(distance, 10);
      }),
    );
  });
});

describe('the six cues', () => {
  it.each([false, true])('are at least 0.5 apart, two by two, told apart or not; gently: %s', gently => {
    const all = pairs(gently);
    expect(all).toHaveLength(15);
    for (const { one, other, apart, asOne } of all)
      expect([one, other, Math.min(apart, asOne) >= leastDistance]).toEqual([one, other, true]);
  });

  it('are as far apart in the table as the check has them', () => {
    for (const { one, other, apart, asOne } of pairs())
      expect(cueDistance(cues[one], cues[other])).toEqual({ apart, asOne });
  });

  it.each([false, true])('are felt pulse by pulse, with silence between; gently: %s', gently => {
    for (const id of cueIds)
      for (const motor of motors) {
        const pulses = expand(cues[id], 0);
        const own = pulses.filter(pulse => pulse.motor === motor);
        expect(feltOf(gently ? gentle(pulses) : pulses, motor)).toHaveLength(own.length);
      }
    const { pulseMs, gapMs } = extremes(gently);
    expect(pulseMs).toBeGreaterThanOrEqual(2 * coinMotor.feltMs);
    expect(gapMs).toBeGreaterThanOrEqual(190);
  });

  it('are felt one burst after the other where NEXT is played twice and three times', () => {
    expect(rowOf(cues.NEXT).bursts).toBe(2);
  });
});

it('gently: never stronger, and still above the start of a motor', () => {
  for (const id of cueIds)
    for (const [index, pulse] of expand(cues[id], 0).entries()) {
      const soft = gentle(expand(cues[id], 0))[index];
      expect(soft?.intensity).toBeLessThanOrEqual(pulse.intensity);
      expect(Math.round((soft?.intensity ?? 0) * motorLimits.runningDuty)).toBeGreaterThanOrEqual(
        coinMotor.startDuty,
      );
    }
  expect(gentleIntensity).toBe(0.7);
});
