/**
 * What a session promises about places, questions, rises and sides: a sample of every promise. All of it is gone
 * through in `test/faults/promises.test.ts`.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromLibrary, library } from '../../machines/routine/library.ts';
import { zones } from '../../machines/routine/names.ts';
import { warnings } from '../../machines/routine/rises.ts';
import type { Routine } from '../../machines/routine/schema.ts';
import { timeline } from '../../machines/routine/timeline.ts';
import { deepZones, placesOf, touches, touchesAny } from '../../machines/routine/zones.ts';
import { isLong } from '../support/length.ts';
import {
  begunWith,
  begunWithout,
  fileOf,
  risesMissed,
  sidesPlanned,
  sidesPlayed,
  sidesUnlike,
  strokesLeftOut,
  subsetsOf,
  unasked,
  unlikeOf,
} from '../support/promises.ts';
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
  it('is not worked, and the others are: the lower leg of evening-legs, and of the whole of it', () => {
    for (const id of ['evening-legs', 'leg-and-back', 'therapist-pacer']) {
      expect(strokesLeftOut(named(id), ['calf'])).toEqual([]);
      expect([id, begunWithout(named(id), ['calf'])]).toMatchObject([id, { begins: true }]);
    }
  });

  it('leaves a routine that begins wherever some work remains, and warm-up and cooldown go where hands may', () => {
    const wrong: string[] = [];
    let begun = 0;
    // In the quick run every ninth: 9 divides no number of subsets, so each zone is met in and out.
    for (const routine of library())
      for (const leftOut of subsetsOf(zones).filter((_, index) => isLong || index % 9 === 0)) {
        const left = timeline(routine).filter(({ zone }) => !touchesAny(zone, leftOut));
        const hasWork = left.some(({ stage }) => stage === 'strokes' || stage === 'pressureRamp');
        // What is deep is worked where something broad and light comes before it and after it.
        const hasBroad = left.some(({ zone }) => !deepZones.includes(zone));
        const { begins, touched, untouched } = begunWithout(routine, leftOut);
        const what = `${routine.id} without ${leftOut.join(', ')}`;
        if (begins !== (hasWork && hasBroad)) wrong.push(`${what}: ${begins ? 'begins' : 'does not begin'}`);
        if (!begins) continue;
        begun += 1;
        if (touched.length > 0) wrong.push(`${what}: ${touched.join()} is touched`);
        // All that could be worked still is, and the minutes to warm up and to cool down stay what they were.
        if (untouched.length > 0) wrong.push(`${what}: ${untouched.join()} is missing`);
      }
    expect(wrong).toEqual([]);
    expect(begun).toBeGreaterThan(isLong ? 1000 : 100);
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
      { numRuns: isLong ? 8 : 4 },
    );
  });
});

describe('a planned rise', () => {
  it('of any routine is reached by whoever answers within 25 s, on the page or by touch', () => {
    for (const [index, routine] of library().entries()) {
      // In the quick run every other routine by touch, the others on the page.
      for (const byTouch of isLong ? [false, true] : [index % 2 === 0]) {
        const missed = risesMissed(routine, { answerMs: () => 25_000, turnMs: 5000, byTouch });
        expect([routine.id, byTouch, missed]).toEqual([routine.id, byTouch, []]);
      }
      expect(warnings(routine)).toEqual([]);
    }
    fc.assert(
      fc.property(
        anyRoutine,
        fc.array(fc.integer({ min: 0, max: 25_000 }), { minLength: 1 }),
        fc.boolean(),
        (routine, delays, byTouch) => {
          // By touch each of two questions has its cue, and none is answered before that can have been felt.
          const least = byTouch ? 2000 : 0;
          const answerMs = (question: number): number =>
            Math.max(least, delays[question % delays.length] ?? 0);
          expect(risesMissed(routine, { answerMs, turnMs: 5000, byTouch })).toEqual([]);
        },
      ),
      { numRuns: isLong ? 6 : 3 },
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
      { numRuns: isLong ? 15 : 7 },
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

  it('are as they are planned when they are played, in any routine of any length with turns of up to a minute', () => {
    fc.assert(
      fc.property(
        anyRoutine,
        fc.integer({ min: 3, max: 90 }),
        fc.integer({ min: 0, max: 60_000 }),
        (routine, minutes, turnMs) => {
          const played = sidesPlayed(routine, minutes, turnMs);
          expect(played?.outcome ?? 'completed').toBe('completed');
          const begun = begunWith(routine, minutes);
          expect(played?.spent ?? null).toEqual(begun && sidesPlanned(begun, turnMs));
        },
      ),
      { numRuns: isLong ? 8 : 4 },
    );
  });

  it('stay equal in every length with turns of up to a minute, every so many of them', () => {
    const found: string[] = [];
    let plans = 0;
    for (const [index, routine] of library().entries())
      for (let minutes = 3 + (index % 4); minutes <= 90; minutes += 4) {
        const begun = begunWith(routine, minutes);
        for (let turnS = minutes % 7; begun && turnS <= 60; turnS += 7) {
          plans += 1;
          for (const one of unlikeOf(sidesPlanned(begun, turnS * 1000)))
            found.push(`${routine.id} ${minutes} min, turns of ${turnS} s: ${one}`);
        }
      }
    expect(found).toEqual([]);
    expect(plans).toBeGreaterThan(200);
  });
});

describe('questions', () => {
  const minutes = isLong ? 83 : 25;
  it(`come in ${minutes} minutes of phases of 30 s as often as the file says`, () => {
    const work = Array.from({ length: 2 * minutes }, (_, index) => ({
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
      { numRuns: isLong ? 12 : 5 },
    );
  });
});
