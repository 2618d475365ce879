/** Sides stay within one stroke of each other: every routine × every length in minutes × turns of every second to 60. */
import { expect, it } from 'vitest';
import { library } from '../../machines/routine/library.ts';
import { begunWith, sidesPlanned, unlikeOf } from '../support/promises.ts';

it.each(library().map(routine => [routine.id, routine] as const))('%s', (_, routine) => {
  const found: string[] = [];
  let plans = 0;
  for (let minutes = 3; minutes <= 90; minutes++) {
    const begun = begunWith(routine, minutes);
    for (let turnS = 0; begun && turnS <= 60; turnS++) {
      plans += 1;
      for (const one of unlikeOf(sidesPlanned(begun, turnS * 1000)))
        found.push(`${minutes} min, turns of ${turnS} s: ${one}`);
    }
  }
  expect(found).toEqual([]);
  expect(plans).toBeGreaterThan(0);
});
