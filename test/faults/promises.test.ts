/** What a session promises about places, questions, rises and sides, gone through; a sample stands in `test/model`. */
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { library } from '../../machines/routine/library.ts';
import { type Zone, zones } from '../../machines/routine/schema.ts';
import { rememberedStage } from '../../src/cli/stage-remembered.ts';
import { assumedPerson } from '../../src/script.ts';
import { simulate } from '../../src/simulate.ts';
import {
  begunWith,
  begunWithout,
  fileOf,
  risesMissed,
  sidesPlanned,
  strokesLeftOut,
  subsetsOf,
  unasked,
  unlikeOf,
} from '../support/promises.ts';
import { withoutLease } from '../support/quick-session.ts';
import { note, sized } from './figures.ts';

withoutLease();

vi.setConfig({ testTimeout: 3_600_000 });

/** Every set of zones, or some of them, spread over all. */
const sets: readonly (readonly Zone[])[] = subsetsOf(zones).filter((_, index) => index % sized(1, 64) === 0);
const people = [
  { answerMs: () => 0, turnMs: 0, firmer: true },
  { answerMs: (question: number) => (question % 3 === 0 ? null : 20_000), turnMs: 30_000, firmer: true },
];

test('no set of places left out has a stroke on one of them, in any routine', () => {
  let sessions = 0;
  const found: string[] = [];
  for (const routine of library()) {
    // Sets that leave the same passes are the same session: the widest of them is played, in the name of all.
    const widest = new Map<string, readonly Zone[]>();
    for (const leftOut of sets) {
      const { begins, touched, passes } = begunWithout(routine, leftOut);
      if (touched.length > 0) found.push(`${routine.id} without ${leftOut.join(', ')}: ${touched.join()}`);
      if (!begins) continue;
      const key = JSON.stringify(passes);
      if (leftOut.length >= (widest.get(key)?.length ?? 0)) widest.set(key, leftOut);
    }
    for (const leftOut of widest.values())
      for (const person of people.slice(0, sized(2, 1))) {
        sessions += 1;
        const strokes = strokesLeftOut(routine, leftOut, person);
        if (strokes.length > 0) found.push(`${routine.id} without ${leftOut.join(', ')}: ${strokes[0]}`);
      }
  }
  note({
    id: 'places-left-out',
    what: 'sessions with a stroke on a place that was left out',
    value: found.length,
    unit: '',
    bound: 0,
    of: `${sessions}`,
  });
  expect(found).toEqual([]);
});

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

test('sides stay within one stroke of each other in every length, with turns of 0 to 60 s', () => {
  let sessions = 0;
  const found: string[] = [];
  for (const routine of library())
    for (let minutes = 3; minutes <= 90; minutes += sized(1, 29))
      for (const begun of [begunWith(routine, minutes)].filter(one => one !== null))
        for (let turnMs = 0; turnMs <= 60_000; turnMs += sized(1000, 15_000)) {
          sessions += 1;
          for (const one of unlikeOf(sidesPlanned(begun, turnMs)))
            found.push(`${routine.id} ${minutes} min, turns of ${turnMs} ms: ${one}`);
        }
  note({
    id: 'sides-unlike',
    what: 'lengths and turns of which the sides differ by more than a stroke',
    value: found.length,
    unit: '',
    bound: 0,
    of: `${sessions}`,
  });
  expect(found).toEqual([]);
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

test('every phase of every routine can be begun with', async () => {
  const phases = library().flatMap(routine => routine.phases.map(({ id }) => ({ routine, id })));
  for (const [index, { routine, id }] of phases.entries()) {
    if (index % sized(1, 10) !== 0) continue;
    const { outcome } = await simulate(rememberedStage(), {
      routine,
      steps: assumedPerson(routine),
      product: 'test',
      from: id,
    });
    expect([routine.id, id, outcome.outcome, outcome.reason]).toEqual([
      routine.id,
      id,
      'completed',
      'routineDone',
    ]);
  }
});
