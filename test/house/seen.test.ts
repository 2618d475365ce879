/** What test commands saw is kept by project: for the hazard table, which wants all of them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepSeen, keptSeen, type State } from '../support/seen.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tactus-seen-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const seenBy = (project: string, tests: Readonly<Record<string, State>>) =>
  new Map([[project, new Map(Object.entries(tests))]]);

test('what several commands saw is there together, and a project that has not been played is named', () => {
  keepSeen(seenBy('virtual', { 'a.test.ts > holds': 'passed' }), { isNew: true }, folder);
  keepSeen(seenBy('pages', {}), {}, folder);
  keepSeen(seenBy('live-long', { 'b.long.test.ts > holds': 'failed' }), {}, folder);
  const { seen, missing } = keptSeen(['virtual', 'pages', 'live-long', 'pages-long'], folder);
  expect([...seen]).toEqual([
    ['a.test.ts > holds', 'passed'],
    ['b.long.test.ts > holds', 'failed'],
  ]);
  expect(missing).toEqual(['pages-long']);
});

test('of a file that is played as a sample and in full, what was seen in full counts', () => {
  keepSeen(seenBy('virtual', { 'a.test.ts > holds': 'passed' }), {}, folder);
  keepSeen(seenBy('virtual-long', { 'a.test.ts > holds': 'failed' }), {}, folder);
  expect(keptSeen(['virtual', 'virtual-long'], folder).seen.get('a.test.ts > holds')).toBe('failed');
});

test('a command that begins anew forgets what was seen before: it may have been of another tree', () => {
  keepSeen(seenBy('live-long', { 'b.long.test.ts > holds': 'passed' }), {}, folder);
  keepSeen(seenBy('virtual', { 'a.test.ts > holds': 'passed' }), { isNew: true }, folder);
  expect(keptSeen(['virtual', 'live-long'], folder).missing).toEqual(['live-long']);
});
