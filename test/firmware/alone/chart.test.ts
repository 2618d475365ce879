/** The board's interpreter beside XState, on charts by chance: the same states, the same actions in the same order. */
import { beforeAll, describe, expect, it } from 'vitest';
import { isLong, isReport } from '../../support/length.ts';
import { hasSanitizers } from '../host/build.ts';
import { answersOf, buildAlone } from './program.ts';
import { type Run, randomRun } from './random-chart.ts';
import { chanceOf } from './walks.ts';

const charts = isReport ? 10_000 : isLong ? 120 : 30;
const eventsEach = 100;
/** Charts of one process: their text is held whole. */
const atOnce = 500;

describe.skipIf(!hasSanitizers)('a chart on the board alone', () => {
  let program = '';
  beforeAll(() => {
    program = buildAlone(['chart.cpp'], ['chart.cpp']);
  }, 120_000);

  it(
    `runs as XState runs it: ${charts} charts by chance, ${eventsEach} events each`,
    () => {
      const chance = chanceOf(71);
      const seen = { moves: 0, ends: 0 };
      for (let from = 0; from < charts; from += atOnce) {
        const runs = Array.from({ length: Math.min(atOnce, charts - from) }, () =>
          randomRun(chance, eventsEach),
        );
        const printed = answersOf(
          program,
          runs.map(({ asked }) => asked),
        ).map(line => line.trim());
        for (const [index, { answers, asked }] of runs.entries()) {
          const got = printed.slice(index * (eventsEach + 1), (index + 1) * (eventsEach + 1));
          expect(got, `chart ${from + index}: ${asked}`).toEqual(answers);
          seen.moves += new Set(answers).size;
        }
        seen.ends += runs.filter(hasEnded).length;
      }
      // Charts that stand still, or are over at once, would show nothing.
      expect(seen.moves).toBeGreaterThan(charts * 10);
      expect(seen.ends).toBeGreaterThan(charts / 20);
      expect(seen.ends).toBeLessThan(charts / 2);
    },
    isReport ? 1_800_000 : 60_000,
  );
});

function hasEnded({ chart, answers }: Run): boolean {
  const state = chart.states[Number(answers.at(-1)?.split(' ').at(-2))];
  return state?.isFinal === true && state.parent === 0;
}
