import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Exit, exitOf } from '../../../src/cli/exit.ts';

const thrown = (deed: () => void): unknown => {
  try {
    deed();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
};
const system = (code: string, path?: string): Error =>
  Object.assign(new Error(`${code}: it does not work`), { code, syscall: 'open', ...(path && { path }) });

test('a full disk is told as one, with what to do: 73', () => {
  const full = exitOf(thrown(() => writeFileSync('/dev/full', 'x')));
  expect([full?.code, full?.message]).toEqual([
    73,
    'cannot be written (ENOSPC): free some space, or set TACTUS_STATE',
  ]);
  expect(exitOf(system('EROFS', '/state/\u001b[31mx'))?.message).toMatch(
    /^\/state\/\?\[31mx: cannot be written/,
  );
});

test('what is somebody else’s is told as such: 77', () => {
  expect(exitOf(system('EACCES', '/state/history'))).toMatchObject({
    code: 77,
    message: '/state/history: is not yours to use (EACCES); set TACTUS_STATE to a folder that is',
  });
});

test('an end stays what it is, and anything else is our fault', () => {
  const exit = new Exit('busy', 'later');
  expect(exitOf(exit)).toBe(exit);
  for (const error of [
    new Error('x'),
    system('ENOENT'),
    'x',
    Object.assign(new Error('x'), { code: 'ENOSPC' }),
  ])
    expect(exitOf(error)).toBeNull();
});
