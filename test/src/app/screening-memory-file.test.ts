/** What is to be forgotten is unreadable at once, however long the disk takes to let it go. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { memoryFile, memoryOn } from '../../../src/app/screening-memory-file.ts';
import { Notices, noticeSentence } from '../../../src/storage/notices.ts';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tactus-memory-'));
  path = join(folder, 'screening.json');
  writeFileSync(path, '{"memory":1}\n');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('no other process believes it from then on, whatever becomes of this one', () => {
  const never = { ask: () => new Promise<never>(() => {}) };
  void memoryOn(never, path, () => {}).erase();
  expect(readFileSync(path, 'utf8')).not.toContain('memory');
  expect(() => JSON.parse(memoryFile(path, () => {}).read() ?? '')).toThrow();
});

test('where the disk does not answer it counts as not forgotten, and that is said', async () => {
  const notices = new Notices();
  const deaf = { ask: () => Promise.reject(Object.assign(new Error('x'), { code: 'ETIMEDOUT' })) };
  const store = memoryOn(deaf, path, notices.say);
  expect(await store.erase()).toBe(false);
  expect(await store.write('{}')).toBe(false);
  expect(notices.all.map(noticeSentence).join()).toMatch(/ETIMEDOUT.*ETIMEDOUT/);
});
