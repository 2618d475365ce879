/** What a session promises about places, sides and beginnings, gone through whole; a sample stands beside it. */
import { describe, expect, it } from 'vitest';
import { library } from '../../machines/routine/library.ts';
import { type Zone, zones } from '../../machines/routine/names.ts';
import { rememberedStage } from '../../src/simulation/recorded-stage.ts';
import { assumedPerson } from '../../src/simulation/script.ts';
import { simulate } from '../../src/simulation/simulate.ts';
import {
  begunWith,
  begunWithout,
  sidesPlanned,
  strokesLeftOut,
  subsetsOf,
  unlikeOf,
} from '../support/promises.ts';
import { withoutLease } from '../support/quick-session.ts';

const routines = library().map(routine => [routine.id, routine] as const);
const people = [
  { answerMs: () => 0, turnMs: 0, firmer: true },
  { answerMs: (question: number) => (question % 3 === 0 ? null : 20_000), turnMs: 30_000, firmer: true },
];

describe('where nobody renews a lease', () => {
  withoutLease();

  it.each(routines)('%s: no set of places left out has a stroke on one of them', (_, routine) => {
    const found: string[] = [];
    // Sets that leave the same passes are the same session: the widest of them is played, in the name of all.
    const widest = new Map<string, readonly Zone[]>();
    for (const leftOut of subsetsOf(zones)) {
      const { begins, touched, passes } = begunWithout(routine, leftOut);
      if (touched.length > 0) found.push(`without ${leftOut.join(', ')}: ${touched.join()}`);
      if (!begins) continue;
      const key = JSON.stringify(passes);
      if (leftOut.length >= (widest.get(key)?.length ?? 0)) widest.set(key, leftOut);
    }
    for (const leftOut of widest.values())
      for (const person of people)
        for (const stroke of strokesLeftOut(routine, leftOut, person))
          found.push(`without ${leftOut.join(', ')}: ${stroke}`);
    expect(found).toEqual([]);
  });

  it.each(routines)(
    '%s: sides are within a stroke of each other in every length, with turns of every second to 60',
    (_, routine) => {
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
    },
  );
});

it.each(routines)('%s can be begun with each of its phases', async (_, routine) => {
  for (const { id } of routine.phases) {
    const { outcome } = await simulate(rememberedStage(), {
      routine,
      steps: assumedPerson(routine),
      product: 'test',
      from: id,
    });
    expect([id, outcome.outcome, outcome.reason]).toEqual([id, 'completed', 'routineDone']);
  }
});
