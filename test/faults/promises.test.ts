/**
 * What a session promises about rises and questions, for very many answers and files; samples, and all that can be
 * gone through whole, stand in `test/model`.
 */
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { library } from '../../machines/routine/library.ts';
import { fileOf, risesMissed, unasked } from '../support/promises.ts';
import { withoutLease } from '../support/quick-session.ts';
import { sized } from './figures.ts';

withoutLease();

vi.setConfig({ testTimeout: 3_600_000 });

test('every planned rise is reached by whoever answers within 25 s', () => {
  for (const routine of library())
    for (let answerMs = 0; answerMs <= 25_000; answerMs += sized(500, 12_500))
      for (const byTouch of [false, true]) {
        // By touch none is answered before it can have been felt.
        const each = byTouch ? Math.max(2000, answerMs) : answerMs;
        expect([
          routine.id,
          answerMs,
          byTouch,
          risesMissed(routine, { answerMs: () => each, turnMs: 5000, byTouch }),
        ]).toEqual([routine.id, answerMs, byTouch, []]);
      }
});

test('every file that passes asks at least every so often and one phase', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          seconds: fc.integer({ min: 30, max: 600 }),
          side: fc.constantFrom('left', 'right', 'together'),
          rises: fc.boolean(),
          strokeCm: fc.integer({ min: 10, max: 80 }),
        }),
        { minLength: 1, maxLength: 60 },
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
    { numRuns: sized(2000, 20) },
  );
});
