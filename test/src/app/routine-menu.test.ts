import { expect, it } from 'vitest';
import { fromLibrary } from '../../../machines/routine/library.ts';
import type { Routine } from '../../../machines/routine/schema.ts';
import { RoutineMenu } from '../../../src/app/routine-menu.ts';
import { type Preferences, usualPreferences } from '../../../src/server/api-messages.ts';

const firstTouch = fromLibrary('first-touch');
if (!firstTouch) throw new Error('the library has lost it');
const mine: Routine = { ...firstTouch, id: 'mine' };
const read = (): never => {
  throw new Error('read while hands move');
};

// The first stroke is due at that moment, and all of the library takes several times as long as one may be late.
it.each([firstTouch, mine])(
  'as hands begin to move neither the library nor a file is read, and neither for telling of it: $id',
  async routine => {
    let preferences: Preferences = usualPreferences;
    const menu = new RoutineMenu({
      own: { all: read, list: () => [mine], find: read },
      preferences: () => preferences,
      change: change => (preferences = { ...preferences, ...change }),
    });
    menu.take(20, 'self');
    await menu.begun(routine);
    expect(preferences).toMatchObject({ routine: routine.id, minutes: 20, for: 'self' });
    expect(menu.again()).toMatchObject({ routine: routine.id, minutes: 20 });
  },
);
