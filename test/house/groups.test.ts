/** How many files of tests are played at once. */
import { expect, test } from 'vitest';
import { filesAtOnce } from '../groups.ts';

test.each([
  [1, 2, 3],
  [2, 2, 3],
  [3, 3, 4],
  [4, 4, 6],
  [8, 8, 12],
  [64, 8, 12],
])(
  'on %i processors %i files at once where two have 2, and %i where they have 3',
  (processors, two, three) => {
    expect([filesAtOnce(2, processors), filesAtOnce(3, processors)]).toEqual([two, three]);
  },
);
