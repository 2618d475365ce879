import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { uncalibratedBoard } from '../../hardware/duty.ts';
import {
  answered,
  answersOf,
  beginCalibration,
  type CalibrationWalk,
  calibrationSteps,
  type Felt,
  isWalkOver,
  playOf,
} from '../../machines/calibration.ts';
import { expand } from '../../machines/cues/expand.ts';
import { glidedBy } from '../../machines/cues/glide.ts';
import { cues } from '../../machines/cues/library.ts';
import { glideLimits, motorLimits } from '../../machines/limits.ts';
import { isLong } from '../support/length.ts';

const begin = beginCalibration(uncalibratedBoard, false);
const led = (felts: readonly Felt[], from: CalibrationWalk = begin): CalibrationWalk =>
  felts.reduce((walk, felt) => answered(walk, felt), from);

/** A hand whose motors turn from these duties on; the rest is felt as it should be. */
function walked(turnsAt: Readonly<Record<'left' | 'right', number>>): CalibrationWalk {
  let walk = led(['no', 'no']);
  for (let count = 0; !isWalkOver(walk) && count < 60; count++) {
    const { step } = walk;
    if (step === 'left' || step === 'right') {
      const duty = playOf(walk)?.calibration[step].startDuty ?? 0;
      walk = answered(walk, duty >= turnsAt[step] ? 'yes' : 'no');
    } else if (step === 'glide') walk = answered(walk, 'moving');
    else walk = answered(walk, step === 'nearer' ? 'first' : 'same');
  }
  return walk;
}

describe('the walk', () => {
  it.each([['yes'], ['unsure']] as const)('goes no further where the holder says %s to an implant', felt => {
    expect(led([felt])).toMatchObject({ step: 'refused', why: 'implant' });
    expect(playOf(led([felt]))).toBeNull();
  });

  it('plays nothing before the holder has answered for themselves', () => {
    expect(playOf(begin)).toBeNull();
    expect(playOf(led(['no']))).toBeNull();
    expect(playOf(led(['no', 'no']))).not.toBeNull();
  });

  it('bears numb hands in mind and goes on', () => {
    expect(led(['no', 'unsure'])).toMatchObject({ step: 'left', notes: ['hands'] });
  });

  test('finds each start duty within twelve above where the motor turns', () => {
    fc.assert(
      fc.property(fc.integer({ min: 36, max: 150 }), fc.integer({ min: 36, max: 150 }), (left, right) => {
        const { found, step } = walked({ left, right });
        expect(step).toBe('done');
        for (const [motor, at] of [
          ['left', left],
          ['right', right],
        ] as const) {
          expect(found[motor].startDuty).toBeGreaterThanOrEqual(Math.min(at, motorLimits.runningDuty));
          expect(found[motor].startDuty).toBeLessThanOrEqual(Math.min(at + 12, motorLimits.runningDuty));
        }
      }),
    );
  });

  it('ends where a motor is not felt at its full strength, and says which', () => {
    expect(led(['no', 'no', 'no'])).toMatchObject({ step: 'refused', why: 'left' });
  });

  it('takes no answer that the question does not have', () => {
    expect(answered(begin, 'first')).toBe(begin);
    expect(answered(led(['no', 'no']), 'unsure').step).toBe('left');
  });

  const matching: CalibrationWalk = { ...begin, step: 'match' };
  it('turns the stronger motor down by a tenth until both feel the same', () => {
    const { found, step } = led(['first', 'same'], matching);
    expect([step, found.left.ratedDuty, found.right.ratedDuty]).toEqual(['onset', 138, 153]);
  });

  it('says so where a motor cannot be turned down any further', () => {
    const low = { ...uncalibratedBoard, left: { ...uncalibratedBoard.left, ratedDuty: 107 } };
    expect(led(['first'], { ...matching, found: low })).toMatchObject({
      step: 'onset',
      notes: ['cannotMatch'],
    });
  });

  it('ends comparing after six answers, whatever they are', () => {
    expect(led(['first', 'second', 'first', 'second', 'first', 'second'], matching).step).toBe('onset');
  });

  it('has the motor that is felt sooner wait, by no more than the greatest lead', () => {
    const onset: CalibrationWalk = { ...begin, step: 'onset' };
    expect(led(['first', 'same'], onset).found.lagMs).toEqual({ left: 0, right: 10 });
    expect(led(['second', 'second', 'first', 'same'], onset).found.lagMs).toEqual({ left: 10, right: 0 });
    expect(led(Array(6).fill('first'), onset).found.lagMs).toEqual({ left: 0, right: motorLimits.leadMs });
  });

  it('moves two taps together and one buzz apart, within where a stroke is felt', () => {
    const glide: CalibrationWalk = { ...begin, step: 'glide' };
    expect(led(['two', 'moving'], glide).found.glideMs).toBe(103);
    expect(led(['one', 'moving'], glide).found.glideMs).toBe(119);
    expect(led(['two', 'two', 'two', 'two'], glide)).toMatchObject({
      step: 'nearer',
      found: { glideMs: glideLimits.min },
    });
    expect(led(['one', 'one', 'one'], glide)).toMatchObject({
      step: 'nearer',
      found: { glideMs: glideLimits.max },
    });
  });

  it('lets what was found out about a motor go with it where the two lie the other way round', () => {
    const own = { startDuty: 70, ratedDuty: 120, kickDuty: 184 };
    const found = { ...uncalibratedBoard, left: own, lagMs: { left: 0, right: 20 } };
    expect(led(['second'], { ...begin, step: 'nearer', found }).found).toMatchObject({
      right: own,
      lagMs: { left: 20, right: 0 },
      swapped: true,
    });
  });

  test('whatever is answered: it ends, every play is short, and every number stays within its bounds', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 2 }), { minLength: 60, maxLength: 60 }), picks => {
        let walk = begin;
        for (const pick of picks) {
          const play = playOf(walk);
          const lengthMs = play?.parts.reduce((sum, { forMs }) => sum + forMs, 0) ?? 0;
          expect(lengthMs).toBeLessThanOrEqual(motorLimits.continuousMaxMs);
          for (const { forMs } of play?.parts ?? []) expect(forMs).toBeGreaterThan(0);
          const found = play?.calibration ?? walk.found;
          for (const motor of ['left', 'right'] as const) {
            expect(found[motor].ratedDuty).toBeLessThanOrEqual(motorLimits.runningDuty);
            expect(found[motor].startDuty).toBeLessThanOrEqual(found[motor].ratedDuty);
            expect(found[motor].kickDuty).toBeLessThanOrEqual(motorLimits.kickDuty);
          }
          const possible = answersOf(walk);
          const felt = possible[pick % Math.max(1, possible.length)];
          if (felt) walk = answered(walk, felt);
        }
        expect(isWalkOver(walk)).toBe(true);
      }),
      { numRuns: isLong ? 100 : 20 },
    );
  });

  it('asks in the order in which it is shown', () => {
    const steps = new Set<string>();
    let walk = begin;
    for (let count = 0; !isWalkOver(walk) && count < 60; count++) {
      steps.add(walk.step);
      const last = answersOf(walk).at(-1);
      const first = walk.step === 'left' || walk.step === 'right' || walk.step === 'implant';
      const felt = first ? answersOf(walk)[0] : last;
      if (felt) walk = answered(walk, felt);
    }
    expect([...steps]).toEqual([...calibrationSteps]);
  });
});

describe('a GLIDE as this hand feels it', () => {
  test.each(['left', 'right'] as const)(
    'from %s: the second motor is moved, each pulse keeps its length',
    from => {
      const pulses = expand(cues.GLIDE, 1000, from);
      const moved = glidedBy(pulses, glideLimits.max);
      const [first, second] = moved;
      expect(first).toEqual(pulses[0]);
      expect((second?.from ?? 0) - (first?.from ?? 0)).toBe(glideLimits.max);
      expect((second?.until ?? 0) - (second?.from ?? 0)).toBe(200);
      expect(glidedBy(pulses, glideLimits.usual)).toEqual(pulses);
    },
  );
});
