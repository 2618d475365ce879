/** How many files of tests are played at once. */
import { expect, test } from 'vitest';
import { filesAtOnce, quotaOf } from '../groups.ts';

const gib = 2 ** 30;

test.each([
  [1, 2, 3],
  [2, 2, 3],
  [2.5, 2, 3],
  [3, 3, 4],
  [4, 4, 6],
  [64, 4, 6],
])(
  'on %d processors %i files at once where two have 2, and %i where they have 3',
  (processors, two, three) => {
    expect([filesAtOnce(2, processors, 64 * gib), filesAtOnce(3, processors, 64 * gib)]).toEqual([
      two,
      three,
    ]);
  },
);

test.each([
  [2, 3],
  [6, 4],
  [16, 6],
])(
  'with %i GiB of memory no more than %i at once, and never fewer than on two processors',
  (memory, files) => {
    expect(filesAtOnce(3, 64, memory * gib)).toBe(files);
  },
);

test("what a container may use of its machine's processors is read as Linux writes it", () => {
  expect(quotaOf('150000 100000\n')).toBe(1.5);
  expect(quotaOf('max 100000\n')).toBe(Number.POSITIVE_INFINITY);
  expect(quotaOf('')).toBe(Number.POSITIVE_INFINITY);
});
