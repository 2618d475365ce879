import { expect, it } from 'vitest';
import { library, libraryIds } from '../../../machines/routine/library.ts';
import { readLibraryAhead } from '../../../src/app/read-ahead.ts';

it('all of the library is read, and no more than one routine of it in a turn of the loop', async () => {
  const inTurns: string[][] = [];
  let isOver = false;
  const reading = readLibraryAhead(id => inTurns.at(-1)?.push(id)).then(() => {
    isOver = true;
  });
  for (let turn = 0; turn < 100 && !isOver; turn++) {
    inTurns.push([]);
    await new Promise(resolve => setImmediate(resolve));
  }
  await reading;
  expect(inTurns.flat()).toEqual(library().map(({ id }) => id));
  expect(inTurns.flat()).toEqual(libraryIds);
  expect(Math.max(...inTurns.map(({ length }) => length))).toBe(1);
});
