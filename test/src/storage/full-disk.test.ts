/** A disk that takes nothing more: what the system says names no file, so whoever writes one does; nothing is left of it. */
import fs, { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
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
