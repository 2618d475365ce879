import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, uptime } from 'node:os';
import { basename, join } from 'node:path';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { sessionLimits } from '../../../machines/limits.ts';
import { journalPath, unfinishedSessions } from '../../../src/app/unfinished-sessions.ts';
import { type FileNotice, noticeSentence } from '../../../src/storage/notices.ts';
import { Holder } from '../../support/holder.ts';
import { seededPlaces } from '../../support/seeded-bytes.ts';
import { begun, type RawStep, simulated } from '../../support/simulated.ts';

/** No process has so high a number: Linux counts to 4,194,304. */
const dead = 4_999_999;
let folder: string;
let under: string;
let stopped: string;

/** The journal of a session, cut off in its midst. */
const cutOff = async (...steps: readonly RawStep[]): Promise<string> => {
  const { journal } = await simulated({ steps: [...begun, ...steps] });
  const lines = journal.trimEnd().split('\n');
  return `${lines
    .slice(
      0,
      lines.findIndex(line => line.includes('"session.end"')),
    )
    .join('\n')}\n`;
};

beforeAll(async () => {
  under = await cutOff({ at: 10_000, intent: 'end' });
  stopped = await cutOff({ at: 10_000, intent: 'stop' }, { at: 11_000, intent: 'end' });
});

const said: string[] = [];
const say = (notice: FileNotice): void => {
  said.push(noticeSentence(notice));
};

beforeEach(() => {
  said.length = 0;
  folder = mkdtempSync(join(tmpdir(), 'tactus-'));
});

function left(text: string, { pid = dead, ageS = 5, board = 'emulated' } = {}): string {
  const path = join(folder, `session-${board}-${pid}-abc.jsonl`);
  writeFileSync(path, text);
  const at = Date.now() / 1000 - ageS;
  utimesSync(path, at, at);
  return path;
}

test('a session whose process died is found, told and kept until it is taken up', () => {
  const path = left(under);
  const before = unfinishedSessions(folder, 'emulated', true);
  expect(before?.said).toMatch(
    /^the last session broke off at "Warm up", 5 s ago; the page offers to go on, paused$/,
  );
  expect(before?.found?.unfinished.goneMs).toBeGreaterThanOrEqual(5000);
  expect(existsSync(path)).toBe(true);
  before?.forget();
  expect(readdirSync(folder)).toEqual([]);
});

test('a session under way in another process is nobody else’s', async () => {
  const other = new Holder();
  const path = left(under, { pid: other.pid });
  await other.hold(path);
  expect(unfinishedSessions(folder, 'emulated', true)).toBeNull();
  expect(existsSync(path)).toBe(true);
  await other.end();
});

test.runIf(process.platform === 'linux')(
  'a process that only has its number by now is not writing it',
  () => {
    // Whoever started this test is alive, and has never heard of it.
    left(under, { pid: process.ppid });
    expect(unfinishedSessions(folder, 'emulated', true)?.found).not.toBeNull();
  },
);

test('one from before this machine was started is nobody’s any more, whoever has the number now', () => {
  left(under, { pid: process.ppid, ageS: uptime() + 60 });
  expect(unfinishedSessions(folder, 'emulated', true)).not.toBeNull();
});

test('a process with this very number has died: a container counts from 1 each time', () => {
  left(under, { pid: process.pid });
  expect(unfinishedSessions(folder, 'emulated', true)?.found).not.toBeNull();
});

test('another board’s session is another session', () => {
  left(under, { board: 'dev-ttyACM0' });
  expect(unfinishedSessions(folder, 'emulated', true)).toBeNull();
  expect(unfinishedSessions(folder, '/dev/ttyACM0', true)?.found).not.toBeNull();
});

test('under a clock that was put back it counts as long ago: only the cooldown is left', () => {
  left(under, { ageS: -18_000 });
  const before = unfinishedSessions(folder, 'emulated', true);
  expect(before?.said).toContain('some time ago');
  expect(before?.found?.unfinished.goneMs).toBeGreaterThan(sessionLimits.longestPauseMs);
});

test('one that was stopped is over, and that is said', () => {
  left(stopped);
  const before = unfinishedSessions(folder, 'emulated', true);
  expect([before?.found, before?.said]).toEqual([
    null,
    'the last session broke off at "stopped", 5 s ago; it is over',
  ]);
});

test('without a page it is told and over: nobody could say whether to go on', () => {
  left(under);
  const before = unfinishedSessions(folder, 'emulated', false);
  expect([before?.found, before?.said]).toEqual([
    null,
    'the last session broke off at "Warm up", 5 s ago; it is over',
  ]);
});

test('looking changes nothing: what is found is put away once it is certain that this process runs', () => {
  left(under, { pid: dead - 1 });
  left('nonsense\n', { pid: dead - 2 });
  left(`${under.split('\n')[0]}\n`);
  const names = readdirSync(folder);
  unfinishedSessions(folder, 'emulated', true);
  expect(readdirSync(folder)).toEqual(names);
});

test('what had not begun is forgotten without a word, and so is a first line that was cut off', () => {
  for (const text of [`${under.split('\n')[0]}\n`, '', '{"jour', under.slice(0, 200)]) {
    left(text);
    const before = unfinishedSessions(folder, 'emulated', true, say);
    expect([before?.found, before?.said]).toEqual([null, null]);
    before?.forget();
    expect(readdirSync(folder)).toEqual([]);
  }
  expect(said).toEqual([]);
});

test('what is no journal is kept under another name, and said', () => {
  const path = left('nonsense');
  const before = unfinishedSessions(folder, 'emulated', true, say);
  expect([before?.found, before?.said]).toEqual([null, null]);
  before?.forget();
  expect(readFileSync(`${path}.aside-1`, 'utf8')).toBe('nonsense');
  expect(said).toEqual([expect.stringContaining(`${path}: is no journal`)]);
});

test('a damaged newest journal takes no older good one with it', () => {
  left(under, { pid: dead - 1, ageS: 100 });
  const spoiled = left('nonsense\n', { ageS: 3 });
  const before = unfinishedSessions(folder, 'emulated', true, say);
  expect(before?.found?.phase).toBe('Warm up');
  before?.forget();
  expect(readdirSync(folder)).toEqual([`${basename(spoiled)}.aside-1`]);
});

test('whichever bit of a journal is flipped, what stands before it is offered, and the file is kept', () => {
  const bytes = Buffer.from(under);
  const headerEnd = under.indexOf('\n') + 1;
  const began = under.indexOf('session.start');
  const offered = seededPlaces(bytes.length * 8, 24).map(bit => {
    const flipped = Buffer.from(bytes);
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    const path = left('');
    writeFileSync(path, flipped);
    const before = unfinishedSessions(folder, 'emulated', true, say);
    before?.forget();
    expect([bit, readFileSync(`${path}.aside-1`).equals(flipped)]).toEqual([bit, true]);
    rmSync(`${path}.aside-1`);
    const place = bit >> 3;
    if (place > headerEnd + began && place < bytes.length - 1)
      expect([bit, before?.found === null]).toEqual([bit, false]);
    return before?.found !== null;
  });
  expect(offered.filter(Boolean).length).toBeGreaterThan(3);
  expect(said.length).toBeGreaterThan(20);
});

test('a journal that somebody else wrote is told, and left as it is', () => {
  const path = join(folder, `session-emulated-${dead}-abc.jsonl`);
  mkdirSync(path);
  unfinishedSessions(folder, 'emulated', true, say)?.forget();
  expect(said).toEqual([
    expect.stringContaining(`${path}: is a journal of a session that broke off, and is not a file`),
  ]);
  expect(readdirSync(folder)).toHaveLength(1);
});

test('of several the newest is told, and all are forgotten with it', () => {
  left(stopped, { pid: dead - 1, ageS: 100 });
  left(under, { ageS: 3 });
  const before = unfinishedSessions(folder, 'emulated', true);
  expect(before?.found).not.toBeNull();
  before?.forget();
  expect(readdirSync(folder)).toEqual([]);
});

test('each process has a journal of its own', () => {
  expect(journalPath(folder, '/dev/ttyACM0')).toMatch(
    new RegExp(`^${folder}/session--dev-ttyACM0-${process.pid}-[0-9a-z]+\\.jsonl$`),
  );
});
