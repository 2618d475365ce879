import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  boundsOf,
  paceOf,
  sidesOf,
  timeline,
  totalMs,
  turnNeeded,
} from '../../../machines/routine/timeline.ts';
import { cooldown, type Fields, phaseFields, ramp, routine, warmUp } from '../../support/routines.ts';

const pace = (strokeCm: number, speedCmPerS: number, returnMs: number) =>
  paceOf({ technique: 'effleurage', instruction: 'Slide.', strokeCm, speedCmPerS, returnMs });

describe('the pace of a stroke', () => {
  it.each([
    [40, 5, 2000, 8000, 10_000],
    [45, 5, 2000, 9000, 11_000],
    [60, 6, 2000, 10_000, 12_000],
    [30, 7, 2000, 4286, 6286],
    [10, 3, 500, 3333, 3833],
    [20, 3, 500, 6667, 7167],
    [5, 15, 500, 333, 833],
    [80, 1, 10_000, 80_000, 90_000],
  ])('of %i cm at %d cm/s and %i ms back: %i ms, each %i ms', (cm, speed, back, strokeMs, periodMs) => {
    expect(pace(cm, speed, back)).toMatchObject({ strokeMs, returnMs: back, periodMs });
  });

  it('is rounded once, to whole milliseconds, within half of one', () => {
    const cm = fc.double({ min: 5, max: 80, noNaN: true });
    const speed = fc.double({ min: 1, max: 15, noNaN: true });
    fc.assert(
      fc.property(cm, speed, fc.integer({ min: 500, max: 10_000 }), (strokeCm, speedCmPerS, returnMs) => {
        const { strokeMs, periodMs } = pace(strokeCm, speedCmPerS, returnMs);
        expect(Number.isInteger(strokeMs)).toBe(true);
        expect(Math.abs(strokeMs - (strokeCm / speedCmPerS) * 1000)).toBeLessThanOrEqual(0.5);
        expect(periodMs).toBe(strokeMs + returnMs);
      }),
    );
  });
});

describe('sides', () => {
  it.each([
    ['both', 'left', ['left', 'right']],
    ['both', 'right', ['right', 'left']],
    ['left', 'right', ['left']],
    ['right', 'left', ['right']],
    ['together', 'left', ['together']],
  ] as const)('%s with the %s side easier are %j', (side, easier, order) => {
    expect(sidesOf(side, easier)).toEqual(order);
  });

  it('of both last equally long, the easier one first', () => {
    const passes = timeline(
      routine([warmUp(), phaseFields({ side: 'both', durationS: 78, durationMinS: 61 }), cooldown()]),
      'right',
    );
    expect(passes.map(({ phase, side, durationMs }) => [phase, side, durationMs])).toEqual([
      ['warmUp', 'together', 40_000],
      ['steady', 'right', 39_000],
      ['steady', 'left', 39_000],
      ['cooldown', 'together', 40_000],
    ]);
    expect(passes[1]).toEqual({ ...passes[2], side: 'right' });
    expect(passes[1]?.leastMs).toBe(30_500);
  });
});

describe('a timeline', () => {
  it('takes over what a phase says', () => {
    const otherTechnique = {
      technique: 'kneading',
      instruction: 'Knead.',
      strokeCm: 20,
      speedCmPerS: 5,
      returnMs: 1500,
    };
    const [, , pass] = timeline(
      routine([warmUp(), phaseFields(), ramp({ otherTechnique, durationS: 60 }), cooldown()]),
    );
    expect(pass).toEqual({
      phase: 'ramp',
      title: 'Ramp',
      stage: 'pressureRamp',
      zone: 'thighFront',
      side: 'together',
      position: 'seated',
      direction: 'towardsHeart',
      durationMs: 60_000,
      leastMs: 30_000,
      mostMs: 120_000,
      pressureStart: 1,
      pressureMax: 2,
      pace: {
        technique: 'effleurage',
        instruction: 'Slide.',
        strokeCm: 30,
        speedCmPerS: 10,
        strokeMs: 3000,
        returnMs: 1000,
        periodMs: 4000,
      },
      otherPace: {
        technique: 'kneading',
        instruction: 'Knead.',
        strokeCm: 20,
        speedCmPerS: 5,
        strokeMs: 4000,
        returnMs: 1500,
        periodMs: 5500,
      },
    });
  });

  it('lasts as long as its phases do', () => {
    const one = routine([warmUp(), phaseFields({ side: 'both', durationS: 90 }), cooldown()]);
    expect(totalMs(timeline(one))).toBe((40 + 90 + 40) * 1000);
    expect(totalMs([])).toBe(0);
  });
});

describe('the bounds of a phase', () => {
  const bounds = (change: Fields) => {
    const [, phase] = routine([warmUp(), phaseFields(change), cooldown({ durationS: 180 })], {
      kind: 'full',
      phases: [warmUp({ durationS: 180 }), phaseFields(change), cooldown({ durationS: 180 })],
    }).phases;
    return phase && boundsOf(phase);
  };
  it.each([
    ['half to double where it does not say', { durationS: 100 }, 50, 200],
    ['never below 30 s', { durationS: 40 }, 30, 80],
    ['never below 30 s a side', { durationS: 80, side: 'both' }, 60, 160],
    ['never above 1200 s', { durationS: 900 }, 450, 1200],
    ['as it says', { durationS: 100, durationMinS: 90, durationMaxS: 110 }, 90, 110],
    [
      'at most 180 s a side at the piriformis',
      { durationS: 240, side: 'both', zone: 'piriformis', technique: 'broadPress' },
      120,
      360,
    ],
    ['at most 120 s for vibration', { durationS: 100, technique: 'vibration' }, 50, 120],
  ])('are %s', (_, change, minS, maxS) => {
    expect(bounds(change)).toEqual({ minS, maxS });
  });
});

it.each([
  ['left', 'prone', 'left', 'prone', false],
  ['left', 'prone', 'right', 'prone', true],
  ['left', 'prone', 'left', 'supine', true],
  ['together', 'prone', 'together', 'supine', true],
  ['together', 'prone', 'left', 'prone', true],
] as const)(
  'hands %s, %s, then %s, %s: waits for a turn %s',
  (side, position, nextSide, nextPosition, waits) => {
    expect(turnNeeded({ side, position }, { side: nextSide, position: nextPosition })).toBe(waits);
  },
);
