/** When strokes begin: the machines' grid and its compiled twin, of paces that a routine may have and at their very edges. */
import { beforeAll, describe, expect, it } from 'vitest';
import * as grid from '../../../machines/routine/grid.ts';
import { hasSanitizers } from '../host/build.ts';
import { answersOf, buildAlone } from './program.ts';
import { chanceOf, oneOf, rounds, whole } from './walks.ts';

/** A session is over by then, with room for what is reckoned ahead of it. */
const longestMs = 100 * 60_000;

describe.skipIf(!hasSanitizers)('the grid of strokes', () => {
  let program = '';
  beforeAll(() => {
    program = buildAlone(['grid.cpp'], ['grid.cpp']);
  }, 120_000);

  it.each(rounds)('begins each stroke at the same ms (%i)', round => {
    const chance = chanceOf(13 + round);
    const cases = Array.from({ length: 20_000 }, () => {
      const strokeMs = whole(chance, 333, 90_000);
      const returnMs = whole(chance, 500, 10_000);
      const ascent = { pulls: whole(chance, 3, 30), stepCm: 5, returnMs: whole(chance, 1000, 10_000) };
      const pace = {
        strokeMs,
        returnMs,
        periodMs: strokeMs + returnMs,
        ...(chance() < 0.5 && { ascent }),
      };
      const stroke = whole(chance, 1, Math.floor(longestMs / pace.periodMs) + 1);
      const edge = grid.beginOf(pace, stroke) + whole(chance, -1, 1);
      return { pace, stroke, ms: oneOf(chance, [edge, whole(chance, -100_000, longestMs)]) };
    });
    const answers = answersOf(
      program,
      cases.map(({ pace, stroke, ms }) =>
        [pace.strokeMs, pace.returnMs, pace.ascent?.pulls ?? 0, pace.ascent?.returnMs ?? 0, stroke, ms].join(
          ' ',
        ),
      ),
    );
    const expected = cases.map(({ pace, stroke, ms }) => {
      const pull = grid.pullOf(pace, stroke);
      return [
        grid.roundMs(pace),
        grid.longestPeriodMs(pace),
        pull?.pull ?? 0,
        pull?.ascent ?? 0,
        grid.returnAfter(pace, stroke),
        grid.beginOf(pace, stroke),
        grid.begunBy(pace, ms),
        grid.beginFrom(pace, ms),
      ].join(' ');
    });
    const wrong = cases.flatMap((one, index) => {
      const told = answers[index]?.trim();
      return told === expected[index]
        ? []
        : [`${JSON.stringify(one)}: ${told} instead of ${expected[index]}`];
    });
    expect(wrong.slice(0, 5)).toEqual([]);
    expect(answers.length).toBe(cases.length);
  });
});
