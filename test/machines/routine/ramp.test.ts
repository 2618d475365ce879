import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RiseFacts, riseOf } from '../../../machines/routine/ramp.ts';

const may: RiseFacts = {
  pressure: 1,
  planned: 3,
  cap: 3,
  ceiling: 4,
  dwellMs: 180_000,
  dwellNeededMs: 180_000,
};

describe('a rise of pressure', () => {
  it('is one step, where it is planned, inside every cap and after long enough', () => {
    expect(riseOf(may)).toEqual({ allowed: true, to: 2 });
    expect(riseOf({ ...may, pressure: 2 })).toEqual({ allowed: true, to: 3 });
  });

  it.each([
    ['planned', { planned: 1 }, 0],
    ['screening', { cap: 1 }, 0],
    ['eased', { ceiling: 1 }, 0],
    ['dwell', { dwellMs: 179_999 }, 1],
    ['dwell', { dwellMs: 0 }, 180_000],
  ] as const)('is refused and %s named', (limit, change, waitMs) => {
    expect(riseOf({ ...may, ...change })).toEqual({ allowed: false, limit, waitMs });
  });

  it.each([
    ['the person’s own easing first', { planned: 1, cap: 1, ceiling: 1, dwellMs: 0 }, 'eased'],
    ['then the screening', { planned: 1, cap: 1, dwellMs: 0 }, 'screening'],
    ['then the plan', { planned: 1, dwellMs: 0 }, 'planned'],
  ] as const)('names where several limits hold %s', (_, change, limit) => {
    expect(riseOf({ ...may, ...change })).toMatchObject({ limit });
  });

  it('never leads above any limit, nor by more than one', () => {
    const pressure = fc.integer({ min: 1, max: 5 });
    const ms = fc.integer({ min: 0, max: 600_000 });
    fc.assert(
      fc.property(
        pressure,
        pressure,
        pressure,
        pressure,
        ms,
        ms,
        (now, planned, cap, ceiling, dwellMs, needed) => {
          const rise = riseOf({ pressure: now, planned, cap, ceiling, dwellMs, dwellNeededMs: needed });
          const allowed = now < Math.min(planned, cap, ceiling) && dwellMs >= needed;
          expect(rise.allowed).toBe(allowed);
          if (rise.allowed) expect(rise.to).toBe(now + 1);
        },
      ),
    );
  });
});
