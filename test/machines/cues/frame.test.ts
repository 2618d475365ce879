import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frameAt, nextChange, rest, sameFrame } from '../../../machines/cues/frame.ts';
import { type Frame, motors, type Pulse } from '../../../machines/vocabulary.ts';
import { isLong } from '../../support/length.ts';

const pulse = (from: number, until: number, intensity = 0.8, motor: Pulse['motor'] = 'left'): Pulse => ({
  motor,
  from,
  until,
  intensity,
});
const somePulses = fc.array(
  fc.record({
    motor: fc.constantFrom(...motors),
    from: fc.integer({ min: 0, max: 200 }),
    forMs: fc.integer({ min: 1, max: 100 }),
    intensity: fc.double({ min: 0.1, max: 1, noNaN: true }),
  }),
  { maxLength: 8 },
);
const made = (
  list: readonly { motor: Pulse['motor']; from: number; forMs: number; intensity: number }[],
): Pulse[] =>
  list.map(({ motor, from, forMs, intensity }) => ({ motor, from, until: from + forMs, intensity }));

describe('a frame', () => {
  it.each([
    [99, 0],
    [100, 0.8],
    [249, 0.8],
    [250, 0],
  ])('at %i ms of a pulse from 100 to 250 is %d', (at, left) => {
    expect(frameAt([pulse(100, 250)], at)).toEqual({ left, right: 0 });
  });

  it('feels the stronger of two pulses that overlap, and each motor for itself', () => {
    const pulses = [pulse(0, 100, 0.5), pulse(50, 150, 0.9), pulse(0, 40, 1, 'right')];
    expect(frameAt(pulses, 20)).toEqual({ left: 0.5, right: 1 });
    expect(frameAt(pulses, 60)).toEqual({ left: 0.9, right: 0 });
    expect(frameAt(pulses, 120)).toEqual({ left: 0.9, right: 0 });
  });

  it('is at rest where nothing is played, and nobody can change what rest is', () => {
    const frame = frameAt([], 10);
    expect(frame).toEqual({ left: 0, right: 0 });
    expect(frame).not.toBe(rest);
  });

  it('plays nothing late: what has passed is not there any more', () => {
    fc.assert(
      fc.property(somePulses, fc.integer({ min: 0, max: 400 }), (list, at) => {
        const pulses = made(list);
        const still = pulses.filter(({ from, until }) => from <= at && at < until);
        expect(frameAt(pulses, at)).toEqual(frameAt(still, at));
        for (const motor of motors)
          expect(frameAt(pulses, at)[motor]).toBe(
            Math.max(0, ...still.filter(one => one.motor === motor).map(({ intensity }) => intensity)),
          );
      }),
    );
  });
});

describe('the next change', () => {
  it('is the next edge after now, or none', () => {
    const pulses = [pulse(100, 250), pulse(300, 400)];
    expect([0, 100, 249, 250, 399, 400].map(at => nextChange(pulses, at))).toEqual([
      100,
      250,
      250,
      300,
      400,
      null,
    ]);
    expect(nextChange([], 0)).toBeNull();
  });

  it('is never missed: between two of them the frame stands', () => {
    fc.assert(
      fc.property(somePulses, list => {
        const pulses = made(list);
        for (let at = 0; at < 310; at++) {
          const next = nextChange(pulses, at);
          const until = next ?? 320;
          for (const between of [at + 1, Math.floor((at + until) / 2), until - 1])
            if (between > at && between < until && !sameFrame(frameAt(pulses, between), frameAt(pulses, at)))
              expect(frameAt(pulses, between)).toEqual(frameAt(pulses, at));
          if (next !== null && next <= at) expect(next).toBeGreaterThan(at);
        }
      }),
      { numRuns: isLong ? 50 : 10 },
    );
  });
});

it.each<[Frame, Frame, boolean]>([
  [null, null, true],
  [null, { left: 0, right: 0 }, false],
  [{ left: 0, right: 0 }, null, false],
  [{ left: 0, right: 0.8 }, { left: 0, right: 0.8 }, true],
  [{ left: 0, right: 0.8 }, { left: 0.8, right: 0 }, false],
  [{ left: 0.5, right: 0.8 }, { left: 0.5, right: 0.7 }, false],
])('%j and %j are the same frame: %s', (one, other, same) => {
  expect(sameFrame(one, other)).toBe(same);
});
