import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coinMotor, feltStretches } from '../../../machines/cues/motor-model.ts';
import { Vibration } from '../../../machines/cues/vibration.ts';

describe('a motor followed step by step', () => {
  it('lags, rises to its duty and falls again', () => {
    const motor = new Vibration();
    motor.advance(0);
    motor.drive({ atMs: 0, duty: coinMotor.ratedDuty });
    motor.drive({ atMs: 600, duty: 0 });
    expect(motor.advance(coinMotor.lagMs)).toBe(0);
    expect(motor.advance(600)).toBeGreaterThan(0.99);
    expect(motor.advance(1000)).toBeLessThan(0.01);
  });

  it('does not turn below its start duty', () => {
    const motor = new Vibration();
    motor.advance(0);
    motor.drive({ atMs: 0, duty: coinMotor.startDuty - 1 });
    expect(motor.advance(1000)).toBe(0);
  });

  it('is felt exactly where the whole drive at once is felt, in whatever steps it is followed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 20, max: 400 }), fc.constantFrom(0, 122, 153, 184)), {
          maxLength: 12,
        }),
        fc.integer({ min: 1, max: 90 }),
        (drives, stride) => {
          let atMs = 0;
          const steps = drives.map(([forMs, duty]) => {
            atMs += forMs;
            return { atMs, duty };
          });
          const untilMs = atMs + 500;
          const motor = new Vibration();
          motor.advance(steps[0]?.atMs ?? untilMs);
          for (const step of steps) motor.drive(step);
          const above: number[] = [];
          for (let now = steps[0]?.atMs ?? untilMs; now < untilMs; now += stride)
            if (motor.advance(now) > coinMotor.feltAbove) above.push(now);
          const stretches = feltStretches(steps, untilMs, { ...coinMotor, feltMs: 0 });
          // A sample counts what the millisecond before it did.
          for (const now of above)
            expect(stretches.some(({ fromMs, untilMs: until }) => now > fromMs && now <= until)).toBe(true);
        },
      ),
    );
  });

  it('forgets a gap that nobody would step through', () => {
    const motor = new Vibration();
    motor.advance(0);
    motor.drive({ atMs: 0, duty: 153 });
    motor.advance(500);
    motor.drive({ atMs: 600, duty: 0 });
    expect(motor.advance(3_600_000)).toBe(0);
  });
});
