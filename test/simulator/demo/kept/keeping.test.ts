/** What a browser keeps, whatever becomes of it: damage, no room, no permission, another tab, an older version. */

import fc from 'fast-check';
import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fromLibrary } from '../../../../machines/routine/library.ts';
import type { Routine } from '../../../../machines/routine/schema.ts';
import { keptWords } from '../../../../machines/text/kept.ts';
import type { ToKeeper } from '../../../../simulator/demo/kept/kept-messages.ts';
import { mostOnWay, RecordingLine } from '../../../../simulator/demo/kept/recording/recording-line.ts';
import { databaseName, databaseVersion } from '../../../../simulator/demo/kept/rows/database.ts';
import { rememberedOn, rememberLoaded, takePlayedInto } from '../../../../simulator/demo/kept/take-played.ts';
import { onBoardOf } from '../../../../src/app/alone/known-alone.ts';
import { type SessionRecord, writtenRecord } from '../../../../src/history/records.ts';
import { BrowserInMemory, putRow, type Tab } from '../../../support/browser-kept.ts';
import { headerOf } from '../../../support/kept.ts';

let memory: BrowserInMemory;
let tab: Tab;
const now = Date.parse('2026-03-01T18:30:00Z');
beforeEach(() => {
  memory = new BrowserInMemory(() => now);
  tab = memory.tab();
});
afterEach(() => {
  vi.restoreAllMocks();
  memory.close();
});

const library = fromLibrary('first-touch');
const own = (id: string): Routine => {
  if (!library) throw new Error('the library has lost first-touch');
  return { ...library, id };
};
const records: readonly SessionRecord[] = [
  { type: 'stroke', at: 0, period: 1000, lateMs: 0 },
  { type: 'outcome', at: 9000, outcome: 'completed', reason: 'routineDone' },
];
const id = '20260301-183000-abcd';
const ownIds = async (of: Tab): Promise<readonly string[]> =>
  (await of.keeping.state()).routines.map(routine => routine.id);
const notices = async (): Promise<string> => {
  const { body } = await tab.ask('GET', '/sessions/place');
  return ((body as { notices?: readonly string[] }).notices ?? []).join('\n');
};

/** The browser refuses whatever is written from now on. */
function refuseWrites(name: string): void {
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('refused', name);
  });
}

describe('what cannot be understood', () => {
  it('of preferences is told, nothing is recorded or erased by it, and it is set aside before another takes its place', async () => {
    await tab.keep(headerOf({ id: '20250101-000000-aaaa', startedAt: '2025-01-01T00:00:00.000Z' }), records);
    for (const spoiled of ['{"v":1,"keep":"nothing","quiet":"phases"}', '{"quiet":"phases"', 17]) {
      await putRow(tab, 'texts', 'preferences', spoiled);
      expect((await tab.keeping.state()).keeping).toBeNull();
      await tab.keeping.eraseOld({ why: 'over', id: null });
      expect((await tab.ask('GET', '/sessions')).body).toHaveLength(1);
      expect(await notices()).toContain('nothing is kept and nothing is erased');
    }
    await putRow(tab, 'texts', 'preferences', '{"quiet":"phases"');
    await tab.ask('PUT', '/preferences', { keep: 'plain', keepDays: 60 });
    const state = await tab.keeping.state();
    expect([state.preferences.quiet, state.keeping]).toEqual(['phases', { keep: 'plain', keepDays: 60 }]);
    expect(await (await tab.database.open()).get('texts', 'preferences.aside-1')).toBe('{"quiet":"phases"');
    expect(await notices()).toContain('Preferences, set aside 1');
  });

  it('of a routine stays as it is, takes its room, and stands aside once another has its name', async () => {
    await putRow(tab, 'texts', 'routine/mine', '{"id":"mine"');
    expect(await ownIds(tab)).toEqual([]);
    expect(await notices()).toContain('Routine mine: cannot be understood');
    expect((await tab.ask('PUT', '/routines', own('mine'))).status).toBe(201);
    expect(await (await tab.database.open()).get('texts', 'routine/mine.aside-1')).toBe('{"id":"mine"');
    expect((await tab.ask('DELETE', '/kept')).body).toEqual({ stays: 0 });
    expect(await (await tab.database.open()).getAllKeys('texts')).toEqual([]);
    expect(await notices()).toBe('');
  });

  it('of a session in the middle costs that piece alone', async () => {
    await putRow(tab, 'lines', [id, 0], writtenRecord(headerOf({ id })));
    await putRow(tab, 'lines', [id, 1], { not: 'text' });
    await putRow(tab, 'lines', [id, 2], records.map(writtenRecord).join(''));
    expect((await tab.ask('GET', '/sessions')).body).toMatchObject([
      { id, strokes: 1, outcome: 'completed' },
    ]);
    expect(await notices()).toMatch(/has 1 lines that cannot be understood/);
  });
});

describe('where the browser refuses', () => {
  it.each([
    ['QuotaExceededError', keptWords.failures.full],
    ['UnknownError', 'UnknownError'],
  ])('with %s a change holds for this visit, and that is said', async (name, sentence) => {
    await tab.ask('PUT', '/routines', own('before'));
    refuseWrites(name);
    expect((await tab.ask('PUT', '/routines', own('mine'))).status).toBe(507);
    expect((await tab.ask('PUT', '/preferences', { quiet: 'phases' })).status).toBe(507);
    expect(await ownIds(tab)).toEqual(['before', 'mine']);
    expect((await tab.keeping.state()).preferences.quiet).toBe('phases');
    expect(await notices()).toContain(sentence);
    await tab.keep(headerOf({ id }), records);
    expect(tab.failures[0]?.message).toContain(sentence);
    vi.restoreAllMocks();
    // There is room again: it is kept with the next thing that is.
    expect((await tab.ask('PUT', '/routines', own('mine'))).status).toBe(201);
    expect(await ownIds(memory.tab())).toEqual(['before', 'mine']);
  });

  it('all storage, the library is there, what is made holds for this visit, and nothing is recorded', async () => {
    vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    expect((await tab.ask('PUT', '/routines', own('mine'))).status).toBe(507);
    expect([await ownIds(tab), (await tab.keeping.state()).keeping]).toEqual([['mine'], null]);
    expect((await tab.ask('GET', '/sessions')).body).toEqual({ message: keptWords.failures.denied });
    expect(await notices()).toBe(keptWords.failures.denied);
    await tab.keep(headerOf({ id }), records);
    expect(tab.failures.map(({ kind }) => kind)).toEqual(['denied']);
  });

  it('because a newer version of the page keeps things here, nothing of those is touched', async () => {
    const newer = await openDB(databaseName, databaseVersion + 1, {
      upgrade: database => void database.createObjectStore('else'),
    });
    expect((await tab.ask('GET', '/sessions')).body).toEqual({ message: keptWords.failures.newer });
    newer.close();
  });
});

describe('another tab', () => {
  it('loses nothing of what this one saves at the same time, and this one nothing of its', async () => {
    const other = memory.tab();
    await Promise.all([
      ...['a', 'b', 'c'].map(name => tab.ask('PUT', '/routines', own(name))),
      ...['d', 'e', 'f'].map(name => other.ask('PUT', '/routines', own(name))),
      tab.ask('PUT', '/preferences', { quiet: 'phases' }),
      other.ask('PUT', '/preferences', { firstSide: 'right' }),
      tab.keep(headerOf({ id }), records),
      other.keep(headerOf({ id: '20260301-183000-ffff' }), records),
    ]);
    expect(await ownIds(tab)).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    expect((await other.keeping.state()).preferences).toMatchObject({ quiet: 'phases', firstSide: 'right' });
    expect((await other.ask('GET', '/sessions')).body).toHaveLength(2);
  });

  it('that is closed within a session leaves one that broke off; one that goes on is erased by nobody', async () => {
    const other = memory.tab();
    await other.recordings.begin(id, writtenRecord(headerOf({ id })));
    expect((await tab.ask('DELETE', '/sessions')).body).toEqual({ erased: 0 });
    expect((await tab.ask('DELETE', '/kept')).body).toEqual({ stays: 1 });
    expect((await tab.ask('GET', '/sessions')).body).toMatchObject([{ underWay: true }]);
    other.die();
    expect((await tab.ask('GET', '/sessions')).body).toMatchObject([
      { underWay: false, outcome: 'brokeOff' },
    ]);
  });

  it('that erases the database within a session ends its record, which is said, and what comes later is kept', async () => {
    await tab.recordings.begin(id, writtenRecord(headerOf({ id })));
    await deleteDB(databaseName);
    await tab.recordings.add(id, records.map(writtenRecord).join(''));
    expect(tab.failures.map(({ message }) => message)).toEqual([keptWords.failures.goneSession]);
    expect((await tab.ask('GET', '/sessions')).body).toEqual([]);
    await tab.keep(headerOf({ id: '20260301-183000-ffff' }), records);
    expect((await tab.ask('GET', '/sessions')).body).toHaveLength(1);
  });
});

describe('what an earlier version kept', () => {
  const before = { v: 1, routines: [own('mine')], likes: { quiet: 'phases' } };

  it('is taken over, and replaces nothing that is here', async () => {
    await tab.ask('PUT', '/preferences', { firstSide: 'right' });
    expect(await tab.keeping.takeBefore(JSON.stringify({ ...before, likes: { minutes: 12 } }))).toBe(true);
    expect(await ownIds(tab)).toEqual(['mine']);
    expect((await tab.keeping.state()).preferences.firstSide).toBe('right');
  });

  it('is salvaged field by field, and stands aside as it was, once', async () => {
    for (const text of [
      JSON.stringify({ ...before, routines: [own('mine'), { id: 'odd' }] }),
      JSON.stringify({ ...before, likes: { quiet: 'phases', keepDays: -1 } }),
      JSON.stringify({ ...before, more: 1 }),
    ]) {
      memory.close();
      memory = new BrowserInMemory(() => now);
      tab = memory.tab();
      expect([await tab.keeping.takeBefore(text), await tab.keeping.takeBefore(text)]).toEqual([true, true]);
      expect(await ownIds(tab)).toEqual(['mine']);
      expect((await tab.keeping.state()).preferences.quiet).toBe('phases');
      const database = await tab.database.open();
      expect(await database.get('texts', 'before.aside-1')).toBe(text);
      expect(await database.get('texts', 'before.aside-2')).toBeUndefined();
    }
  });

  it('stays where it was while it cannot be kept here', async () => {
    await tab.database.open();
    refuseWrites('QuotaExceededError');
    expect(await tab.keeping.takeBefore(JSON.stringify(before))).toBe(false);
    expect(await ownIds(tab)).toEqual(['mine']);
  });
});

describe('a file of all that is kept', () => {
  const saved = async (of: Tab): Promise<string> =>
    (await of.keeping.answer({ method: 'GET', path: '/kept/file', body: undefined })).body;
  const plain = (file: string): unknown => ({ ...JSON.parse(file), savedAt: '' });

  it('brings all of it into another browser, and nothing twice', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: 0, max: 0xffff }), { maxLength: 4 }),
        fc.uniqueArray(fc.constantFrom('one', 'two', 'three'), { maxLength: 3 }),
        fc.constantFrom({}, { quiet: 'phases' }, { keep: 'scores', keepDays: 300 }),
        async (numbers, names, likes) => {
          memory.close();
          memory = new BrowserInMemory(() => now);
          tab = memory.tab();
          for (const number of numbers) {
            const one = `20260301-183000-${number.toString(16).padStart(4, '0')}`;
            await tab.keep(headerOf({ id: one }), number % 2 ? records : records.slice(0, 1));
          }
          for (const name of names) await tab.ask('PUT', '/routines', own(name));
          await tab.ask('PUT', '/preferences', likes);
          const file = await saved(tab);
          memory.close();
          memory = new BrowserInMemory(() => now);
          tab = memory.tab();
          const took = { sessions: numbers.length, routines: names.length };
          expect((await tab.ask('POST', '/kept/file', file)).body).toMatchObject({ took, left: [] });
          expect(plain(await saved(tab))).toEqual(plain(file));
          const again = await tab.ask('POST', '/kept/file', file);
          expect(again.body).toMatchObject({ took: { sessions: 0, routines: 0, preferences: 0 }, left: [] });
        },
      ),
      { numRuns: 6 },
    );
  });

  it('replaces nothing, and says of each fault where it stands', async () => {
    await tab.keep(headerOf({ id }), records);
    await tab.ask('PUT', '/routines', own('mine'));
    await tab.ask('PUT', '/preferences', { keep: 'plain', quiet: 'phases' });
    const file = {
      tactus: 'kept',
      v: 1,
      savedAt: '',
      preferences: { keep: 'scores', quiet: 'full', firstSide: 'right', mood: 1, keepDays: 0 },
      routines: [{ ...own('mine'), summary: 'Another.' }, { id: 'x' }, own('first-touch')],
      sessions: [
        { id, lines: [JSON.stringify(headerOf({ id, client: 'C' }))] },
        { id: '20260301-183000-0001', lines: ['no header'] },
        { id: '20260301-183000-0002', lines: [JSON.stringify({ ...headerOf(), v: 9 })] },
        {
          id: '20200301-183000-0003',
          lines: [JSON.stringify(headerOf({ id: '20200301-183000-0003' })), '?'],
        },
        7,
      ],
    };
    const { body } = await tab.ask('POST', '/kept/file', file);
    const { took, left, notes } = body as {
      took: unknown;
      left: readonly { where: string; why: string }[];
      notes: readonly { why: string }[];
    };
    expect(took).toEqual({ sessions: 1, routines: 0, preferences: 1, boards: 0 });
    const places = left.map(({ where }) => where);
    expect([...new Set(places)]).toEqual([
      'preferences.keep',
      'preferences.quiet',
      'preferences.mood',
      'preferences.keepDays',
      'routines[0] mine',
      'routines[1]',
      'routines[2] first-touch',
      `sessions[0] ${id}`,
      'sessions[1] 20260301-183000-0001',
      'sessions[2] 20260301-183000-0002',
      'sessions[4]',
    ]);
    expect(notes.map(({ why }) => why).join()).toMatch(/1 lines cannot be understood.*older than 30 days/);
    expect((await tab.ask('GET', `/sessions/${id}`)).body).toMatchObject({ header: { client: null } });
  });

  it('says of a session in steered time there, too, that it was practice', async () => {
    await tab.keep(headerOf({ id }), [{ type: 'steered', at: 0 }, ...records]);
    const listed = async () => (await tab.ask('GET', '/sessions')).body as readonly { practice: boolean }[];
    expect(await listed()).toMatchObject([{ practice: true }]);
    for (const path of ['/kept/file', `/sessions/${id}/report.json`]) {
      const { body } = await tab.ask('GET', path);
      await tab.ask('DELETE', '/kept');
      expect(await listed()).toEqual([]);
      await tab.ask('POST', '/kept/file', body);
      expect(await listed()).toMatchObject([{ practice: true }]);
    }
  });

  it('may be a controller’s report of one session, and is refused where it is neither', async () => {
    await tab.keep(headerOf({ id }), records);
    const { body } = await tab.ask('GET', `/sessions/${id}/report.json`);
    await tab.ask('DELETE', '/kept');
    expect((await tab.ask('POST', '/kept/file', body)).body).toMatchObject({
      took: { sessions: 1 },
      left: [],
    });
    expect((await tab.ask('GET', `/sessions/${id}/report.json`)).body).toMatchObject({ records });
    for (const [text, why] of [
      ['{"tactus":\n"kept",,', /is not JSON from line 2/],
      ['{"tactus":"kept","v":2}', /newer/],
      ['[{"minutes":3}]', /sums only/],
      ['7', /no file that this page/],
    ] as const) {
      const refused = (await tab.ask('POST', '/kept/file', text)).body as {
        left: readonly { why: string }[];
      };
      expect(refused.left[0]?.why).toMatch(why);
    }
  });
});

it('a worker that does not keep up ends the record and never the session: what is on its way is bounded', () => {
  const sent: ToKeeper[] = [];
  const later: (() => void)[] = [];
  const line = new RecordingLine({
    send: one => sent.push(one),
    wallNow: () => now,
    after: (_, run) => later.push(run),
  });
  const sink = line.begin(headerOf({ id }));
  const note: SessionRecord = { type: 'note', writtenAt: '2026-03-01T18:30:00.000Z', text: 'x'.repeat(2000) };
  for (let count = 0; count * 2000 < 2 * mostOnWay; count++) {
    sink.keep(note);
    for (const run of later.splice(0)) run();
  }
  expect([sink.failure, line.failure]).toEqual([keptWords.failures.slow, keptWords.failures.slow]);
  const letters = sent.reduce((sum, one) => sum + ('text' in one ? one.text.length : 0), 0);
  expect(letters).toBeLessThanOrEqual(mostOnWay);
  expect(line.begin(headerOf({ id: '20260301-183000-ffff' })).failure).not.toBeUndefined();
});

it('what a board played by itself is taken in once, by whichever tab, and not at all where nothing is kept', async () => {
  const played = {
    id: 'board-1',
    sessions: [{ sequence: 1, epoch: 1, routineHash: 7, end: null, atLeastMinutes: 4 }],
  };
  const other = memory.tab();
  const take = (of: Tab) => of.keeping.change(parts => takePlayedInto(parts, played, now));
  await tab.ask('PUT', '/preferences', { keep: 'off' });
  expect(await take(tab)).toEqual({ count: 0, isOff: true });
  await tab.ask('PUT', '/preferences', { keep: 'plain' });
  const counts = (await Promise.all([take(tab), take(other)])).map(({ count }) => count);
  expect(counts.toSorted()).toEqual([0, 1]);
  expect((await tab.ask('GET', '/sessions')).body).toMatchObject([{ outcome: 'brokeOff', alone: {} }]);
  // Erased stays erased.
  await tab.ask('DELETE', '/sessions');
  expect(await take(tab)).toEqual({ count: 0, isOff: false });
});

it('routines that a board was given have their names again, and what it had played by then lies before that', async () => {
  const one = fromLibrary('first-touch');
  if (!one) throw new Error('the library is empty');
  const scaled = { ...onBoardOf(one), hash: 7, title: 'Ten minutes' };
  const sessions = [{ sequence: 1, epoch: 1, routineHash: 7, end: null, atLeastMinutes: 4 }];
  const load = (at: number) =>
    tab.keeping.change(parts => rememberLoaded(parts, { id: 'board-1', sessions, routines: [scaled] }, at));
  const remembered = () => tab.keeping.change(parts => rememberedOn(parts, 'board-1'));
  expect(await remembered()).toEqual([]);
  await tab.ask('PUT', '/preferences', { keep: 'plain' });
  await load(now - 3_600_000);
  await load(now - 60_000);
  expect(await remembered()).toEqual([scaled]);
  const taken = await tab.keeping.change(parts => takePlayedInto(parts, { id: 'board-1', sessions }, now));
  expect(taken).toEqual({ count: 1, isOff: false });
  const [session] = (await tab.ask('GET', '/sessions')).body as readonly object[];
  expect(session).toMatchObject({
    title: 'Ten minutes',
    startedAt: new Date(now - 3_600_000 - 4 * 60_000).toISOString(),
  });
});
