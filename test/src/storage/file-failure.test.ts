import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fileFailure, spared } from '../../../src/storage/file-failure.ts';

const folder = (): string => mkdtempSync(join(tmpdir(), 'tactus-'));

it.each([
  ['a folder that was removed', (path: string) => readdirSync(join(path, 'gone')), 'ENOENT'],
  ['a folder in the place of a file', (path: string) => writeFileSync(path, ''), 'EISDIR'],
  [
    'a file in the place of a folder',
    (path: string) => {
      writeFileSync(join(path, 'file'), '');
      mkdirSync(join(path, 'file', 'folder'));
    },
    'ENOTDIR',
  ],
])('%s is told once, however often it fails, and what comes after it goes on', (_, act, code) => {
  const path = folder();
  const told: string[] = [];
  const careful = spared(act, failure => told.push(failure));
  careful(path);
  careful(path);
  expect(told).toEqual([expect.stringMatching(new RegExp(`^${path}.*: cannot be used \\(${code}\\)$`))]);
  rmSync(path, { recursive: true });
});

it('anything else is thrown: a fault of ours is never taken for a full disk', () => {
  const wrong = spared(
    () => {
      throw new RangeError('ours');
    },
    () => {},
  );
  expect(() => wrong()).toThrow('ours');
  expect(fileFailure(Object.assign(new Error('a line'), { code: 'ECONNRESET', syscall: 'read' }))).toBeNull();
});

it('a name that could paint a terminal is shown without that', () => {
  const error = Object.assign(new Error('x'), { code: 'EIO', syscall: 'open', path: '/a\u001b[2Jb' });
  expect(fileFailure(error)).toBe('/a?[2Jb: cannot be used (EIO)');
});
