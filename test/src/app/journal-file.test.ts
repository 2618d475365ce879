import { existsSync, mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { JournalFile, Recordings } from '../../../src/app/journal-file.ts';

let path: string;

beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), 'tactus-')), 'session.jsonl');
});

test('a record is on disk before anything follows from it', () => {
  const sink = new JournalFile(path, true).begin();
  sink('one\n');
  expect(readFileSync(path, 'utf8')).toBe('one\n');
  sink('two\n');
  expect(readFileSync(path, 'utf8')).toBe('one\ntwo\n');
});

test('nobody else may read it', () => {
  new JournalFile(path, true).begin()('one\n');
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('a new session takes the place of the last one', () => {
  const file = new JournalFile(path, true);
  file.begin()('old\n');
  file.begin()('new\n');
  expect(readFileSync(path, 'utf8')).toBe('new\n');
});

test('where nobody asked for it, it is gone when the session is over', () => {
  const file = new JournalFile(path, false);
  file.begin()('one\n');
  file.over();
  expect(existsSync(path)).toBe(false);
});

test('where somebody asked for it, it stays', () => {
  const file = new JournalFile(path, true);
  file.begin()('one\n');
  file.over();
  expect(existsSync(path)).toBe(true);
});

// A device that is always full is Linux's own.
test.runIf(existsSync('/dev/full'))('a disk that takes nothing is told, and stops nothing', () => {
  const file = new JournalFile('/dev/full', true);
  const sink = file.begin();
  expect(file.failure).toBeNull();
  expect(() => sink('one\n')).not.toThrow();
  expect(file.failure).toBe('ENOSPC');
});

test('a place that cannot be written is told at once', () => {
  const file = new JournalFile(join(path, 'nowhere', 'session.jsonl'), true);
  file.begin();
  expect(file.failure).toBe('ENOENT');
});

test('a journal that somebody asked for and that is there already is kept beside the new one', () => {
  new JournalFile(path, true).begin()('of a session that broke off\n');
  new JournalFile(path, true).begin()('new\n');
  expect(readFileSync(`${path}.1`, 'utf8')).toBe('of a session that broke off\n');
  expect(readFileSync(path, 'utf8')).toBe('new\n');
});

test('in two places at once: each has every line, and what fails in one is told', () => {
  const both = new Recordings([new JournalFile(path, false), new JournalFile('/dev/full', true)]);
  const sink = both.begin();
  sink('one\n');
  expect([readFileSync(path, 'utf8'), both.failure]).toEqual(['one\n', 'ENOSPC']);
  both.over();
  expect(existsSync(path)).toBe(false);
});
