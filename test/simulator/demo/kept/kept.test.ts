import { expect, it } from 'vitest';
import { fromLibrary } from '../../../../machines/routine/library.ts';
import { Kept } from '../../../../simulator/demo/kept/kept.ts';
import { usualPreferences } from '../../../../src/server/api-messages.ts';

it('before anything is known the library is there, and nothing is recorded', () => {
  const kept = new Kept();
  expect([kept.all().length > 3, kept.keeps, kept.preferences()]).toEqual([true, 'off', usualPreferences]);
});

it('what was merely begun holds beside what is kept, until somebody chooses otherwise', () => {
  const kept = new Kept();
  const state = {
    routines: [],
    preferences: usualPreferences,
    keeping: { keep: 'plain', keepDays: 30 },
  } as const;
  kept.take(state);
  kept.change({ routine: 'first-touch', minutes: 12 });
  const own = { ...(fromLibrary('first-touch') ?? fail()), id: 'mine' };
  kept.take({ ...state, routines: [own], preferences: { ...usualPreferences, quiet: 'phases' } });
  expect(kept.preferences()).toMatchObject({ routine: 'first-touch', minutes: 12, quiet: 'phases' });
  expect([kept.keeps, kept.find('mine'), kept.all().at(-1)]).toEqual(['plain', own, own]);
  kept.take({ ...state, preferences: { ...usualPreferences, quiet: 'phases', minutes: 20 } });
  expect(kept.preferences()).toMatchObject({ routine: 'first-touch', minutes: 20 });
});

function fail(): never {
  throw new Error('the library has lost first-touch');
}
