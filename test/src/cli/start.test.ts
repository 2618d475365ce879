/** What `start` refuses of a broker, in one line and before anything has begun. */
import { expect, test } from 'vitest';
import { tactusHere } from '../../support/in-process.ts';
import { refusedStarts } from '../../support/told-start.ts';

test.each(refusedStarts)('%j is refused', async (words, code, said) => {
  const tried = await tactusHere(['start', ...words]);
  expect(tried.code).toBe(code);
  expect(tried.err).toContain(said);
  expect(tried.err).not.toContain('hunter2');
  expect(tried.err.trim().split('\n')).toHaveLength(1);
});
