import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dutyOf, uncalibrated } from '../../hardware/duty.ts';
import { motorLimits } from '../../machines/limits.ts';
import type { Calibration } from '../../machines/vocabulary.ts';

describe('the duty of a felt intensity', () => {
  it.each([
    [0, 100, 0],
    [1, 100, 153],
    [0.9, 100, 138],
    [0.8, 100, 122],
    [0.7, 100, 107],
    [0.5, 100, 107],
    [0.01, 100, 107],
  ])('%d, %i ms after the onset, is %i', (intensity, sinceMs, duty) => {
    expect(dutyOf(intensity, sinceMs)).toBe(duty);
  });

  it('is kicked for its first 40 ms, whatever it is', () => {
    for (const intensity of [0.01, 0.5, 1]) {
      expect([0, 39].map(since => dutyOf(intensity, since))).toEqual([184, 184]);
      expect(dutyOf(intensity, 40)).toBeLessThanOrEqual(153);
    }
    expect(dutyOf(0, 0)).toBe(0);
  });

  it('of the six cues can be told apart in two steps at least', () => {
    expect(dutyOf(1, 100) - dutyOf(0.8, 100)).toBeGreaterThan(20);
  });

  it.each([Number.NaN, -1, Number.NEGATIVE_INFINITY])('of %d is 0', intensity => {
    expect(dutyOf(intensity, 0)).toBe(0);
    expect(dutyOf(intensity, 100)).toBe(0);
  });

  it('is a whole number, never above the firmware’s own ceilings, never between rest and what turns the motor', () => {
    fc.assert(
      fc.property(fc.double(), fc.double({ min: 0, max: 10_000, noNaN: true }), (intensity, since) => {
        const duty = dutyOf(intensity, since);
        expect(Number.isInteger(duty)).toBe(true);
        if (duty === 0) expect(intensity > 0).toBe(false);
        else {
          expect(duty).toBeGreaterThanOrEqual(uncalibrated.startDuty);
          expect(duty).toBeLessThanOrEqual(
            since < motorLimits.kickMs ? motorLimits.kickDuty : motorLimits.runningDuty,
          );
        }
      }),
    );
  });

  it('follows a motor’s own calibration', () => {
    const strong: Calibration = { startDuty: 60, ratedDuty: 120, kickDuty: 150 };
    expect([
      dutyOf(1, 100, strong),
      dutyOf(0.8, 100, strong),
      dutyOf(0.2, 100, strong),
      dutyOf(0.5, 0, strong),
    ]).toEqual([120, 96, 60, 150]);
  });

  it('kicks for less time than the firmware lets a kick last', () => {
    expect(motorLimits.kickMs).toBeLessThan(motorLimits.kickMaxMs);
    expect(uncalibrated.ratedDuty).toBeLessThanOrEqual(motorLimits.runningDuty);
    expect(uncalibrated.kickDuty).toBeLessThanOrEqual(motorLimits.kickDuty);
  });
});
