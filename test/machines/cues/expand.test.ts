import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cueMs, expand, playMs } from '../../../machines/cues/expand.ts';
import { cues } from '../../../machines/cues/library.ts';
import { motorLimits } from '../../../machines/limits.ts';
import { type CueId, cueIds, type Motor, motors, type Pulse } from '../../../machines/vocabulary.ts';

/** `A 0-150 0.8`: motor A from 0 to 150 ms at 0.8. */
const told = (pulses: readonly Pulse[]): string[] =>
  pulses.map(
    ({ motor, from, until, intensity }) => `${motor === 'left' ? 'A' : 'B'} ${from}-${until} ${intensity}`,
  );

describe('the six cues, begun on A', () => {
  it.each([
    ['TAP', 150, ['A 0-150 0.8']],
    ['GLIDE', 311, ['A 0-200 0.8', 'B 111-311 0.8']],
    ['NEXT', 700, ['A 0-250 0.9', 'B 60-250 0.9', 'A 450-700 0.9', 'B 510-700 0.9']],
    ['ASK', 1200, ['A 0-150 0.8', 'A 350-500 0.8', 'A 700-850 0.8', 'A 1050-1200 0.8']],
    ['EASE', 850, ['A 0-500 1', 'B 60-500 1', 'A 700-850 0.7']],
    ['STOP', 2000, ['A 0-2000 1', 'B 60-2000 1']],
  ] as const)('%s lasts %i ms', (id, lasts, pulses) => {
    expect(told(expand(cues[id], 0))).toEqual(pulses);
    expect(cueMs(cues[id])).toBe(lasts);
  });
});

it('a GLIDE begun on B runs the other way', () => {
  expect(told(expand(cues.GLIDE, 1000, 'right'))).toEqual(['B 1000-1200 0.8', 'A 1111-1311 0.8']);
});

it('an ASK begun on B asks about the leg', () => {
  expect(expand(cues.ASK, 0, 'right').map(({ motor }) => motor)).toEqual([
    'right',
    'right',
    'right',
    'right',
  ]);
});

it.each([
  [1, 700, [0]],
  [2, 2000, [0, 1300]],
  [3, 3300, [0, 1300, 2600]],
] as const)('NEXT played %i times lasts %i ms, 600 ms apart', (times, lasts, begins) => {
  const starts = expand(cues.NEXT, 0, 'left', times).filter((_, index) => index % 4 === 0);
  expect(starts.map(({ from }) => from)).toEqual(begins);
  expect(playMs(cues.NEXT, times)).toBe(lasts);
});

describe('any cue, anywhere', () => {
  const anyCue = fc.tuple(
    fc.constantFrom<CueId>(...cueIds),
    fc.integer({ min: 0, max: 10_000_000 }),
    fc.constantFrom<Motor>(...motors),
    fc.integer({ min: 1, max: 3 }),
  );
  const ofMotor = (pulses: readonly Pulse[], motor: Motor): Pulse[] =>
    pulses.filter(pulse => pulse.motor === motor).toSorted((one, other) => one.from - other.from);

  it('begins when it is asked to and ends with its last pulse', () => {
    fc.assert(
      fc.property(anyCue, ([id, at, first, times]) => {
        const pulses = expand(cues[id], at, first, times);
        expect(Math.min(...pulses.map(({ from }) => from))).toBe(at);
        expect(Math.max(...pulses.map(({ until }) => until))).toBe(at + playMs(cues[id], times));
      }),
    );
  });

  it('never starts two motors within 60 ms, never overlaps a motor with itself, rests 200 ms between bursts', () => {
    fc.assert(
      fc.property(anyCue, ([id, at, first, times]) => {
        const pulses = expand(cues[id], at, first, times);
        const starts = pulses.map(({ from }) => from).toSorted((one, other) => one - other);
        for (const [index, start] of starts.entries())
          if (index > 0)
            expect(start - (starts[index - 1] ?? 0)).toBeGreaterThanOrEqual(motorLimits.staggerMs);
        for (const motor of motors) {
          const own = ofMotor(pulses, motor);
          for (const [index, { from }] of own.entries())
            if (index > 0) expect(from - (own[index - 1]?.until ?? 0)).toBeGreaterThanOrEqual(200);
        }
      }),
    );
  });

  it('drives each motor in pulses of 150 to 2000 ms at an intensity within 0 and 1', () => {
    fc.assert(
      fc.property(anyCue, ([id, at, first, times]) => {
        for (const { from, until, intensity } of expand(cues[id], at, first, times)) {
          expect(until - from).toBeGreaterThanOrEqual(150);
          expect(until - from).toBeLessThanOrEqual(2000);
          expect(until - from).toBeLessThan(motorLimits.continuousMaxMs);
          expect(intensity).toBeGreaterThan(0);
          expect(intensity).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('moves as a whole with its beginning', () => {
    fc.assert(
      fc.property(anyCue, ([id, at, first, times]) => {
        const shifted = expand(cues[id], 0, first, times).map(pulse => ({
          ...pulse,
          from: pulse.from + at,
          until: pulse.until + at,
        }));
        expect(expand(cues[id], at, first, times)).toEqual(shifted);
      }),
    );
  });
});
