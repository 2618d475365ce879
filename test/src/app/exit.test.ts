import { writeFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { Exit, exitOf, shown } from '../../../src/app/exit.ts';
import { sayError, tactus } from '../../../src/app/program.ts';
import { thisMachine } from '../../../src/app/surroundings.ts';

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

test('what somebody typed, or called a file, paints no terminal and turns no line round', () => {
  expect(shown('a\u001b[31m\u202eb\u2066c')).toBe('a?[31m?b?c');
  const said: string[] = [];
  const write = vi.spyOn(process.stderr, 'write').mockImplementation(text => said.push(String(text)) > 0);
  const program = tactus(thisMachine());
  const parsed = (): unknown => program.parse(['start', '--http', '\u001b[31m\u202e1'], { from: 'user' });
  expect(sayError(thrown(parsed), program)).toBe(64);
  write.mockRestore();
  expect(said.join('')).toMatch(/argument '\?\[31m\?1' is invalid/);
});
