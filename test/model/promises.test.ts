/**
 * What a session promises about places, questions, rises and sides: a sample of every promise. All of it is gone
 * through in `test/faults/promises.test.ts`.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromLibrary, library } from '../../machines/routine/library.ts';
import { warnings } from '../../machines/routine/rises.ts';
import { type Routine, zones } from '../../machines/routine/schema.ts';
import { placesOf, touches } from '../../machines/routine/zones.ts';
import { fileOf, risesMissed, sidesUnlike, strokesLeftOut, unasked } from '../support/promises.ts';
import { withoutLease } from '../support/quick-session.ts';

withoutLease();

const named = (id: string): Routine => {
  const routine = fromLibrary(id);
  if (!routine) throw new Error(`the library has lost ${id}`);
  return routine;
};
const anyRoutine = fc.constantFrom(...library());

describe('zones', () => {
  it('touch each other both ways, and themselves', () => {
    for (const one of zones)
      for (const other of zones) {
        expect(touches(one, other)).toBe(touches(other, one));
        expect(touches(one, other)).toBe(
          placesOf(one).includes(other) || placesOf(other).includes(one) || one === other,
        );
      }
  });

  it('lie within each other as they do on the body', () => {
    expect(zones.filter(zone => zone !== 'legBack' && touches(zone, 'legBack'))).toEqual([
      'thighBack',
      'calf',
    ]);
    expect(zones.filter(zone => zone !== 'buttocks' && touches(zone, 'buttocks'))).toEqual([
      'piriformis',
      'sacralEdge',
    ]);
    expect(touches('thighBack', 'calf')).toBe(false);
    expect(touches('piriformis', 'sacralEdge')).toBe(false);
  });
});

describe('a place left out', () => {
  it('is not worked: the lower leg of evening-legs, where nothing begins, and of the therapist’s clock', () => {
    expect(strokesLeftOut(named('evening-legs'), ['calf'])).toEqual([]);
    expect(strokesLeftOut(named('therapist-pacer'), ['calf'])).toEqual([]);
  });

  it('has no stroke in any routine, whatever else is left out, and whatever is left on the way', () => {
    fc.assert(
      fc.property(
        anyRoutine,
        fc.uniqueArray(fc.constantFrom(...zones), { maxLength: 3 }),
        fc.option(fc.integer({ min: 0, max: 1_500_000 })),
        fc.constantFrom<number | null>(0, 4000, 24_000, null),
        fc.integer({ min: 0, max: 60_000 }),
        (routine, leftOut, skipAt, answerMs, turnMs) => {
          const person = { answerMs: () => answerMs, turnMs, firmer: true };
          expect(strokesLeftOut(routine, leftOut, person, skipAt)).toEqual([]);
        },
      ),
      { numRuns: 8 },
    );
  });
});

describe('a planned rise', () => {
  it('of any routine is reached by whoever answers within 25 s, on the page or by touch', () => {
    for (const routine of library()) {
      expect([routine.id, risesMissed(routine, { answerMs: () => 25_000, turnMs: 5000 })]).toEqual([
        routine.id,
        [],
      ]);
      expect(warnings(routine)).toEqual([]);
    }
    fc.assert(
      fc.property(
        anyRoutine,
        fc.array(fc.integer({ min: 0, max: 25_000 }), { minLength: 1 }),
        fc.boolean(),
        (routine, delays, byTouch) => {
          // By touch there are two questions and an offer: half of the time for each.
          const answerMs = (question: number): number =>
            byTouch
              ? 2000 + (delays[question % delays.length] ?? 0) / 2.5
              : (delays[question % delays.length] ?? 0);
          expect(risesMissed(routine, { answerMs, turnMs: 5000, byTouch })).toEqual([]);
        },
      ),
      { numRuns: 6 },
    );
  });

  it('is reached by whoever takes 25 s in every file without a warning', () => {
    let warned = 0;
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            seconds: fc.integer({ min: 40, max: 400 }),
            side: fc.constantFrom('left', 'right', 'together'),
            rises: fc.boolean(),
            strokeCm: fc.integer({ min: 10, max: 60 }),
          }),
          { minLength: 1, maxLength: 5 },
        ),
        fc.integer({ min: 60, max: 300 }),
        fc.integer({ min: 120, max: 240 }),
        (work, everyS, riseDwellS) => {
          const routine = fileOf(work, { riseDwellS, checkIn: { everyS } });
          fc.pre(routine !== null);
          if (!routine) return;
          const told = warnings(routine);
          if (told.length > 0) warned += 1;
          else expect(risesMissed(routine, { answerMs: () => 25_000, turnMs: 5000 })).toEqual([]);
        },
      ),
      { numRuns: 15 },
    );
    expect(warned).toBeGreaterThan(1);
  });
});

describe('sides', () => {
  it.each([
    ['leg-and-back', 90, 0],
    ['leg-and-back', 90, 30_000],
    ['leg-and-back', 90, 60_000],
    ['therapist-pacer', 90, 45_000],
  ])('stay equal in %s of %i min with turns of %i ms', (id, minutes, turnMs) => {
    expect(sidesUnlike(named(id), minutes, turnMs)).toEqual([]);
  });

  it('stay equal in any routine of any length with turns of up to a minute', () => {
    fc.assert(
      fc.property(
        anyRoutine,
        fc.integer({ min: 3, max: 90 }),
        fc.integer({ min: 0, max: 60_000 }),
        (routine, minutes, turnMs) => {
          expect(sidesUnlike(routine, minutes, turnMs) ?? []).toEqual([]);
        },
      ),
      { numRuns: 8 },
    );
  });
});

describe('questions', () => {
  it('come in 83 minutes of phases of 30 s as often as the file says', () => {
    const work = Array.from({ length: 166 }, (_, index) => ({
      seconds: 30,
      side: index % 2 === 0 ? 'left' : 'right',
      rises: false,
      strokeCm: 30,
    }));
    const routine = fileOf(work.slice(0, 168), {});
    if (!routine) throw new Error('refused');
    const { longest, most } = unasked(routine, 0, 2000);
    expect(longest).toBeLessThanOrEqual(most);
  });

  it('come in any file that passes at least every so often and one phase', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            seconds: fc.integer({ min: 30, max: 200 }),
            side: fc.constantFrom('left', 'right', 'together'),
            rises: fc.constant(false),
            strokeCm: fc.integer({ min: 10, max: 80 }),
          }),
          { minLength: 1, maxLength: 14 },
        ),
        fc.integer({ min: 60, max: 300 }),
        fc.integer({ min: 15, max: 60 }),
        fc.integer({ min: 0, max: 60_000 }),
        fc.integer({ min: 0, max: 14_000 }),
        (work, everyS, timeoutS, turnMs, answerMs) => {
          const routine = fileOf(work, { checkIn: { everyS, timeoutS } });
          fc.pre(routine !== null);
          if (!routine) return;
          const { longest, most } = unasked(routine, turnMs, answerMs);
          expect(longest).toBeLessThanOrEqual(most);
        },
      ),
      { numRuns: 12 },
    );
  });
});
