import {
  appendFileSync,
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, uptime } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { historyIn } from '../../../src/history/history-folder.ts';
import {
  readSession,
  type SessionHeader,
  type SessionRecord,
  writtenRecord,
} from '../../../src/history/records.ts';
import { SessionMissing, SessionUnderWay } from '../../../src/history/session-place.ts';
import type { HistoryStore } from '../../../src/history/store.ts';
import { eraseFile, replaceFile } from '../../../src/storage/private-files.ts';
import { letGo, writesHere } from '../../../src/storage/writers.ts';
import { Holder } from '../../support/holder.ts';
import { headerOf } from '../../support/kept.ts';

let state: string;
let now: number;
let store: HistoryStore;
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'tactus-history-'));
  now = Date.parse('2026-03-01T18:30:00Z');
  store = historyIn(state, () => now);
});
afterEach(() => rmSync(state, { recursive: true, force: true }));

const outcome: SessionRecord = { type: 'outcome', at: 9000, outcome: 'completed', reason: 'routineDone' };
const strokes = (count: number): readonly SessionRecord[] =>
  Array.from({ length: count }, (_, index) => ({
    type: 'stroke',
    at: index * 1000,
    period: 1000,
    lateMs: 0.5,
  }));

function keep(
  fields: Partial<SessionHeader> = {},
  records: readonly SessionRecord[] = [...strokes(3), outcome],
): string {
  const id = fields.id ?? store.newId();
  const file = store.begin(headerOf({ id, startedAt: new Date(now).toISOString(), pid: 2 ** 30, ...fields }));
  for (const record of records) file.keep(record);
  file.close();
  return id;
}
const pathOf = (id: string): string => join(state, 'history', `${id}.jsonl`);

/** Every byte below a folder, with the names of what holds it. */
function everything(folder: string): string {
  return readdirSync(folder, { withFileTypes: true })
    .map(entry => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? everything(path) : `${entry.name}\n${readFileSync(path, 'latin1')}`;
    })
    .join('\n');
}

describe('the history', () => {
  it('keeps a session as it was, for this account alone', () => {
    const id = keep({ client: 'C' });
    expect(store.read(id).records).toEqual([...strokes(3), outcome]);
    expect(store.read('latest').header.client).toBe('C');
    expect(statSync(pathOf(id)).mode & 0o777).toBe(0o600);
    expect(statSync(join(state, 'history')).mode & 0o777).toBe(0o700);
  });

  it('lists the newest first, and leaves out what is none of its own', () => {
    const first = keep();
    now += 60_000;
    const second = keep();
    writeFileSync(join(state, 'history', 'stray.txt'), 'x');
    writeFileSync(pathOf('20260301-183000-0000'), 'not a header\n');
    expect(store.list().map(({ header }) => header.id)).toEqual([second, first]);
  });

  it('at a glance tells what a list needs, and notices whatever was added, noted or erased', () => {
    const file = store.begin(
      headerOf({ id: store.newId(), startedAt: new Date(now).toISOString(), pid: process.pid }),
    );
    const glance = () =>
      store
        .glances()
        .map(({ listed, isUnderWay }) => [listed.strokes, listed.outcome, listed.notes, isUnderWay]);
    expect(glance()).toEqual([[0, 'brokeOff', 0, true]]);
    for (const record of strokes(3)) file.keep(record);
    expect(glance()).toEqual([[3, 'brokeOff', 0, true]]);
    file.keep(outcome);
    file.close();
    expect(glance()).toEqual([[3, 'completed', 0, false]]);
    const header = store.glances()[0]?.header ?? headerOf();
    store.note(header.id, 'left calf');
    expect(glance()).toEqual([[3, 'completed', 1, false]]);
    expect(store.glances().map(({ header }) => header)).toEqual(store.list().map(({ header }) => header));
    store.erase(header.id);
    expect(glance()).toEqual([]);
  });

  it('reads at a glance only what has changed since the last', () => {
    const [first, second] = [keep(), keep()].toSorted().toReversed();
    const seen = () => store.glances().map(({ header }) => header);
    const before = seen();
    expect(before.map(({ id }) => id)).toEqual([first, second]);
    store.note(second ?? '', 'left calf');
    const after = seen();
    expect([after[0] === before[0], after[1] === before[1]]).toEqual([true, false]);
  });

  it('knows no session by another name, and follows no path out of its folder', () => {
    for (const id of ['', 'latest', '../preferences', '20260301-183000-ffff', '..%2f'])
      expect(() => store.read(id)).toThrow(SessionMissing);
  });

  it('cut off at any byte has lost the last record at most', () => {
    const records = [...strokes(5), outcome];
    const id = keep({}, records);
    const whole = readFileSync(pathOf(id), 'utf8');
    const headerEnd = whole.indexOf('\n') + 1;
    for (let end = headerEnd; end <= whole.length; end++) {
      const complete = whole.slice(headerEnd, end).split('\n').length - 1;
      expect(readSession(whole.slice(0, end))?.records).toEqual(records.slice(0, complete));
    }
  });

  it('takes a note after a line that was cut off, and loses nothing else', () => {
    const id = keep();
    truncateSync(pathOf(id), statSync(pathOf(id)).size - 7);
    store.note(id, 'later');
    expect(store.read(id).records.map(({ type }) => type)).toEqual(['stroke', 'stroke', 'stroke', 'note']);
    expect(store.read(id).tailDropped).toBe(false);
  });

  it('leaves out a record it does not know, and one that is wrong', () => {
    const id = keep();
    appendFileSync(
      pathOf(id),
      '{"type":"mood","at":1}\n{"type":"stroke","at":-1,"period":1,"lateMs":0}\n[\n',
    );
    store.note(id, 'still here');
    expect(store.read(id).records.at(-1)).toMatchObject({ type: 'note', text: 'still here' });
    expect(store.read(id).records).toHaveLength(5);
  });

  it('that takes nothing more says why, and the session is told once', () => {
    rmSync(join(state, 'history'), { recursive: true });
    const file = store.begin(headerOf());
    file.keep(outcome);
    expect(file.failure).toBe('ENOENT');
    file.close();
  });

  it('follows no link that somebody laid where a session will be written', () => {
    const target = join(state, 'target');
    writeFileSync(target, 'precious');
    symlinkSync(target, pathOf('20260301-183000-abcd'));
    expect(store.begin(headerOf()).failure).toBe('EEXIST');
    expect(readFileSync(target, 'utf8')).toBe('precious');
  });
});

describe('erasing', () => {
  it('leaves no byte of the session in the whole state folder', () => {
    const id = keep({ client: 'Q', routine: { id: 'marked-routine', title: 'Marked', plannedMs: 1 } });
    store.note(id, 'a word nobody else wrote');
    // What a crash can leave: the journal of a session that broke off, and a file that was being written.
    writeFileSync(
      join(state, 'session-emulated-7410.jsonl'),
      `{"journal":1,"id":"${id}","input":{"marked-routine":1}}\n`,
    );
    writeFileSync(join(state, 'session-other.jsonl'), '{"journal":1,"id":"20260101-000000-0000"}\n');
    writeFileSync(join(state, 'history', `${id}.jsonl.12ab34cd.new`), 'marked-routine');
    const other = keep();
    store.erase(id);
    const left = everything(state);
    for (const trace of [id, 'marked-routine', 'Marked', 'a word nobody else wrote', '"Q"'])
      expect([trace, left.includes(trace)]).toEqual([trace, false]);
    expect(store.list().map(({ header }) => header.id)).toEqual([other]);
    expect(readdirSync(state)).toContain('session-other.jsonl');
  });

  it('overwrites before it removes: who still holds the file open reads nothing of it', () => {
    const id = keep();
    const path = pathOf(id);
    const size = statSync(path).size;
    expect(size).toBeGreaterThan(100);
    // A second name for the same bytes shows what became of them.
    const alias = join(state, 'alias');
    rmSync(alias, { force: true });
    linkSync(path, alias);
    store.erase(id);
    expect(readFileSync(alias).length).toBe(0);
  });

  it('of all leaves an empty history', () => {
    for (let count = 0; count < 3; count++) keep();
    writeFileSync(join(state, 'history', 'stray'), 'x');
    expect(store.eraseAll()).toBe(3);
    expect(readdirSync(join(state, 'history'))).toEqual([]);
  });

  it('is refused while the session is under way, and possible once its process is gone', async () => {
    const other = new Holder();
    const id = keep({ pid: other.pid }, strokes(2));
    await other.hold(pathOf(id));
    expect(() => store.erase(id)).toThrow(SessionUnderWay);
    expect(store.eraseAll()).toBe(0);
    const gone = keep({ pid: 2 ** 30 }, strokes(2));
    store.erase(gone);
    expect(store.list().map(({ header }) => header.id)).toEqual([id]);
    await other.end();
    store.erase(id);
  });

  it('is refused to the very process that writes it, until it is over', () => {
    const id = store.newId();
    const file = store.begin(headerOf({ id, pid: process.pid }));
    expect(() => store.erase(id)).toThrow(SessionUnderWay);
    expect(store.eraseAll()).toBe(0);
    file.close();
    expect(store.erase(id)).toBe(id);
  });

  it('asks more of a process than its number, which another one soon has', () => {
    // This process' own number, as in a container that was started again.
    store.erase(keep({ pid: process.pid }, strokes(2)));
    // A living process' number, in a file from before this machine was started.
    const old = keep(
      { id: '20250101-000000-dddd', startedAt: '2025-01-01T00:00:00.000Z', pid: process.ppid },
      [],
    );
    const before = new Date(Date.now() - uptime() * 1000 - 60_000);
    utimesSync(pathOf(old), before, before);
    expect(store.prune(30)).toBe(1);
    expect(readdirSync(join(state, 'history'))).toEqual([]);
  });

  it('takes one that was killed while it wrote the first line, too, and the next newest is the latest', () => {
    const whole = keep();
    const torn = '20260301-190000-abcd';
    writeFileSync(pathOf(torn), '{"type":"sess');
    expect(store.read('latest').header.id).toBe(whole);
    expect(store.erase(torn)).toBe(torn);
    expect(everything(state)).not.toContain(torn);
  });

  it('of all takes the journals of sessions that broke off unkept, and none that is being written', async () => {
    const other = new Holder();
    const journal = (pid: number): string => join(state, `session-emulated-${pid}-abc.jsonl`);
    for (const pid of [2 ** 30, other.pid, process.pid])
      writeFileSync(journal(pid), '{"journal":1,"input":{}}\n');
    writesHere(journal(process.pid));
    await other.hold(journal(other.pid));
    mkdirSync(join(state, 'session-folder.jsonl'));
    mkdirSync(join(state, 'history', 'folder'));
    store.eraseAll();
    letGo(journal(process.pid));
    await other.end();
    expect(readdirSync(state).filter(name => name.startsWith('session-e'))).toEqual(
      [other.pid, process.pid].map(pid => `session-emulated-${pid}-abc.jsonl`).toSorted(),
    );
  });

  it('of what is not there is told', () => {
    expect(() => store.erase('20260301-183000-ffff')).toThrow(SessionMissing);
    expect(eraseFile(join(state, 'nothing'))).toBe(false);
  });
});

describe('retention', () => {
  it('lets go of what is older than so many days, and of nothing else', async () => {
    const old = keep({ id: '20260130-182959-aaaa', startedAt: '2026-01-30T18:29:59.000Z' });
    const young = keep({ id: '20260130-183001-bbbb', startedAt: '2026-01-30T18:30:01.000Z' });
    // One whose header cannot be read is judged by its name.
    writeFileSync(pathOf('20250101-000000-cccc'), 'spoiled\n');
    const other = new Holder();
    const living = keep(
      { id: '20250101-000000-dddd', startedAt: '2025-01-01T00:00:00.000Z', pid: other.pid },
      strokes(1),
    );
    await other.hold(pathOf(living));
    expect(store.prune(30)).toBe(2);
    expect(store.list().map(({ header }) => header.id)).toEqual([young, living]);
    expect(everything(state)).not.toContain(old);
    await other.end();
  });

  it('lets go of a journal that nobody came back to', () => {
    const path = join(state, 'session-usb-1-abc.jsonl');
    for (const [days, left] of [
      [29, true],
      [31, false],
    ] as const) {
      writeFileSync(path, '{"journal":1,"input":{}}\n');
      const at = new Date(now - days * 24 * 3_600_000);
      utimesSync(path, at, at);
      store.prune(30);
      expect([days, existsSync(path)]).toEqual([days, left]);
    }
  });
});

describe('a file that is replaced', () => {
  it('is the old or the new one, mode 0600, and leaves nothing beside it', () => {
    const path = join(state, 'one.json');
    replaceFile(path, 'old');
    chmodSync(path, 0o644);
    replaceFile(path, 'new');
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(state)).toEqual(['history', 'one.json']);
  });
});

it('every record is read as it was written', () => {
  const records: readonly SessionRecord[] = [
    { type: 'state', at: 0, state: 'warmUp', moves: true },
    { type: 'pressure', at: 0, side: 'left', pressure: 1, why: 'start' },
    { type: 'answer', at: 1, here: 'easy' },
    { type: 'answer', at: 2, here: 'light', leg: 'same', local: 1, down: 0 },
    { type: 'baseline', at: 0, local: 3, leg: 2 },
    { type: 'fault', at: 3, fault: 'linkLost' },
    { type: 'timing', at: 4, counts: [1, 2], worstMs: 1.5 },
    { type: 'deed', at: 5, deed: 'extend' },
    { type: 'note', writtenAt: '2026-03-01T19:00:00.000Z', text: 'line\nbreak "and" more' },
  ];
  const text = [headerOf(), ...records].map(writtenRecord).join('');
  expect(readSession(text)).toEqual({ header: headerOf(), records, tailDropped: false });
});
