/** What a page is told of the routines that can be chosen, many times a second. */
import { expect, it } from 'vitest';
import { library } from '../../../machines/routine/library.ts';
import type { Routine } from '../../../machines/routine/schema.ts';
import { libraryView } from '../../../src/server/view-library.ts';

/** A routine, and how often its phases were read, from which its minutes are worked out. */
function watched(routine: Routine): Readonly<{ routine: Routine; readings(): number }> {
  let readings = 0;
  const watching = new Proxy(routine, {
    get: (target, name, receiver) => {
      if (name === 'phases') readings += 1;
      return Reflect.get(target, name, receiver);
    },
  });
  return { routine: watching, readings: () => readings };
}

it('has the minutes of each routine worked out once, however often they are told, and in the order of their length', () => {
  const all = library().map(watched);
  const [first] = all;
  if (!first) throw new Error('the library is empty');
  const tell = () =>
    libraryView(first.routine, { routines: () => all.map(({ routine }) => routine), again: () => null });
  const told = tell();
  const before = all.map(({ readings }) => readings());
  expect(before.every(readings => readings > 0)).toBe(true);
  for (let times = 0; times < 20; times++) expect(tell()).toEqual(told);
  expect(all.map(({ readings }) => readings())).toEqual(before);
  const minutes = told.routines.map(routine => routine.minutes);
  expect(minutes).toEqual(minutes.toSorted((one, other) => one - other));
});
