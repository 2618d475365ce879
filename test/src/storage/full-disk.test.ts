/** A disk that takes nothing more: what the system says names no file, so whoever writes one does; nothing is left of it. */
import fs, { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { packageRoot } from '../../../src/installed.ts';
import { fileFailure } from '../../../src/storage/file-failure.ts';
import { holdFile } from '../../../src/storage/lock.ts';
import { replaceFile } from '../../../src/storage/private-files.ts';
import { replaced } from '../../support/replaced.ts';

replaced(fs, () => ({
  // As Node says it: without a path.
  writeSync: () => {
    throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', syscall: 'write' });
  },
}));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tactus-full-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('a file that is replaced stands as it was', () => {
  const path = join(folder, 'one.json');
  const before = join(packageRoot, 'package.json');
  copyFileSync(before, path);
  expect(() => replaceFile(path, 'text')).toThrow('ENOSPC');
  expect(readFileSync(path, 'utf8')).toBe(readFileSync(before, 'utf8'));
  expect(readdirSync(folder)).toEqual(['one.json']);
});

it.each([
  ['a lock is laid', holdFile],
  ['a file is replaced', (path: string) => replaceFile(path, 'text')],
])('%s: the sentence names the file, and no half of one is left', (_, write) => {
  const path = join(folder, 'one.json');
  let failure: unknown = null;
  try {
    write(path);
  } catch (error) {
    failure = error;
  }
  expect(fileFailure(failure)).toBe(`${path}: cannot be used (ENOSPC)`);
  expect(readdirSync(folder)).toEqual([]);
});
