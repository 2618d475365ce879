/** One history, two places for it: each behaviour is asked of the files of a folder and of the rows of a browser. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fromLibrary } from '../../../../machines/routine/library.ts';
import { historyIn } from '../../../../src/history/history-folder.ts';
import { type SessionHeader, type SessionRecord, writtenRecord } from '../../../../src/history/records.ts';
import { newSessionId } from '../../../../src/history/session-id.ts';
import type { SessionSink } from '../../../../src/history/session-place.ts';
import { pathParts } from '../../../../src/server/answer.ts';
import { HistoryApi } from '../../../../src/server/history-api.ts';
import { noticeSentence } from '../../../../src/storage/notices.ts';
import { BrowserInMemory, putRow, type Tab } from '../../../support/browser-kept.ts';
import { headerOf, keptOf } from '../../../support/kept.ts';

const dayMs = 24 * 3_600_000;
let now: number;

type Answer = Readonly<{ status: number; body: string }>;

interface Place {
  ask(method: string, path: string, body?: string): Promise<Answer>;
  keep(header: SessionHeader, records: readonly SessionRecord[]): Promise<void>;
  /** Begins one that stays under way until the answer is called. */
  begin(header: SessionHeader): Promise<() => Promise<void>>;
  /** Has this text stand for a session. */
  write(id: string, text: string): Promise<void>;
  textOf(id: string): Promise<string>;
  over(id: string | null, keepDays: number): Promise<void>;
  said(): Promise<readonly string[]>;
  close(): void;
}

function files(): Place {
  const state = mkdtempSync(join(tmpdir(), 'tactus-two-'));
  const said: string[] = [];
  const ports = {
    stateFolder: state,
    wallNow: () => now,
    say: (notice: Parameters<typeof noticeSentence>[0]) => said.push(noticeSentence(notice)),
  };
  const api = new HistoryApi(ports);
  const store = historyIn(state, () => now);
  const path = (id: string): string => join(state, 'history', `${id}.jsonl`);
  const begin = (header: SessionHeader): SessionSink => store.begin(header);
  return {
    ask: async (method, asked, body = '') => {
      const [, id, leaf] = pathParts(asked);
      return api.answer({ method, id, leaf, body });
    },
    keep: async (header, records) => {
      const sink = begin(header);
      for (const record of records) sink.keep(record);
      sink.close();
    },
    begin: async header => {
      const sink = begin(header);
      return async () => sink.close();
    },
    write: async (id, text) => writeFileSync(path(id), text),
    textOf: async id => readFileSync(path(id), 'utf8'),
    over: async (id, keepDays) => void api.eraseOld({ why: 'over', id }, keepDays),
    said: async () => said,
    close: () => rmSync(state, { recursive: true, force: true }),
  };
}

function browser(): Place {
  const memory = new BrowserInMemory(() => now);
  const tab: Tab = memory.tab();
  const { keeping, recordings } = tab;
  return {
    ask: (method, path, body) => keeping.answer({ method, path, body }),
    keep: (header, records) => tab.keep(header, records),
    begin: async header => {
      await recordings.begin(header.id, writtenRecord(header));
      return () => recordings.close(header.id);
    },
    write: (id, text) => putRow(tab, 'lines', [id, 0], text),
    textOf: async id => {
      const rows = await (await tab.database.open()).getAll('lines', IDBKeyRange.bound([id, 0], [id, 99]));
      return rows.join('');
    },
    over: async (id, keepDays) => {
      if (keepDays !== 30)
        await keeping.answer({ method: 'PUT', path: '/preferences', body: `{"keepDays":${keepDays}}` });
      await keeping.eraseOld({ why: 'over', id });
    },
    said: async () => {
      const { body } = await tab.ask('GET', '/sessions/place');
      return (body as { notices?: readonly string[] }).notices ?? [];
    },
    close: () => memory.close(),
  };
}

describe.each([
  ['files', files],
  ['a browser', browser],
] as const)('the history in %s', (_, open) => {
  let place: Place;
  beforeEach(() => {
    now = Date.parse('2026-03-01T18:30:00Z');
    place = open();
  });
  afterEach(() => place.close());

  const outcome: SessionRecord = { type: 'outcome', at: 9000, outcome: 'completed', reason: 'routineDone' };
  const strokes: readonly SessionRecord[] = [0, 1, 2].map(index => ({
    type: 'stroke',
    at: index * 1000,
    period: 1000,
    lateMs: 0.5,
  }));
  const records = [...strokes, outcome];
  const fresh = (fields: Partial<SessionHeader> = {}): SessionHeader =>
    headerOf({ id: newSessionId(now), startedAt: new Date(now).toISOString(), pid: 2 ** 30, ...fields });

  async function keep(fields: Partial<SessionHeader> = {}, kept = records): Promise<string> {
    const header = fresh(fields);
    await place.keep(header, kept);
    return header.id;
  }
  const json = async (path: string): Promise<unknown> => JSON.parse((await place.ask('GET', path)).body);
  const listed = async (): Promise<readonly string[]> =>
    ((await json('/sessions')) as readonly { id: string }[]).map(({ id }) => id);

  it('keeps a session as it was, and lists the newest first', async () => {
    const first = await keep({ client: 'C' });
    now += 60_000;
    const second = await keep();
    expect(await json(`/sessions/${first}/report.json`)).toMatchObject({ header: { client: 'C' }, records });
    expect(await listed()).toEqual([second, first]);
    expect(await json('/sessions')).toMatchObject([
      { strokes: 3, outcome: 'completed', underWay: false },
      {},
    ]);
    expect((await place.ask('GET', '/sessions/20260301-183000-ffff')).status).toBe(404);
    expect((await place.ask('GET', '/sessions/nothing')).status).toBe(404);
  });

  it('adds a note, also behind a line that was cut off, and loses nothing else', async () => {
    const id = await keep();
    const whole = await place.textOf(id);
    await place.ask('DELETE', `/sessions/${id}`);
    await place.write(id, whole.slice(0, -7));
    expect((await place.ask('POST', `/sessions/${id}/note`, '{"text":"left calf"}')).status).toBe(201);
    expect((await place.ask('POST', `/sessions/${id}/note`, '{"text":""}')).status).toBe(422);
    expect(await json(`/sessions/${id}/report.json`)).toMatchObject({
      records: [...strokes, { type: 'note', text: 'left calf' }],
      tailDropped: false,
    });
    expect(await json('/sessions')).toMatchObject([{ notes: 1, outcome: 'brokeOff' }]);
  });

  it('says what it cannot understand, lists the rest, and touches none of it', async () => {
    const good = await keep();
    const odd = '20260301-100000-0001';
    const newer = '20260301-100000-0002';
    const partly = '20260301-100000-0003';
    await place.write(odd, 'not a header\n');
    await place.write(newer, `${JSON.stringify({ ...headerOf({ id: newer }), v: 2 })}\n`);
    const header = writtenRecord(headerOf({ id: partly, startedAt: '2026-03-01T10:00:00.000Z' }));
    await place.write(partly, `${header}[\n{"type":"mood"}\n${writtenRecord(outcome)}`);
    expect(await listed()).toEqual([good, partly]);
    const said = (await place.said()).join('\n');
    expect(said).toContain(odd);
    expect(said).toContain('newer version');
    expect(said).toMatch(/2 lines/);
    expect(await place.textOf(odd)).toBe('not a header\n');
    expect((await place.ask('GET', `/sessions/${odd}`)).status).toBe(404);
  });

  it('erases one, and all', async () => {
    const [one, other] = [await keep(), await keep({ id: '20260301-170000-aaaa' })];
    await place.write('20260301-100000-0001', 'not a header\n');
    expect((await place.ask('DELETE', `/sessions/${one}`)).status).toBe(200);
    expect((await place.ask('DELETE', `/sessions/${one}`)).status).toBe(404);
    expect(await listed()).toEqual([other]);
    expect(JSON.parse((await place.ask('DELETE', '/sessions')).body)).toEqual({ erased: 2 });
    expect(await listed()).toEqual([]);
  });

  it('erases none that is under way, and shows it as one', async () => {
    const header = fresh({ pid: process.pid });
    const end = await place.begin(header);
    expect(await json('/sessions')).toMatchObject([{ underWay: true, outcome: 'brokeOff' }]);
    expect((await place.ask('DELETE', `/sessions/${header.id}`)).status).toBe(409);
    expect(JSON.parse((await place.ask('DELETE', '/sessions')).body)).toEqual({ erased: 0 });
    await end();
    expect((await place.ask('DELETE', `/sessions/${header.id}`)).status).toBe(200);
  });

  it('lets go of what is too old when a session ends, of nothing newer, and of nothing by looking', async () => {
    const old = await keep({ id: '20260130-182959-aaaa', startedAt: '2026-01-30T18:29:59.000Z' });
    const young = await keep({ id: '20260130-183001-bbbb', startedAt: '2026-01-30T18:30:01.000Z' });
    const spoiled = '20250101-000000-cccc';
    const newer = '20250101-000000-dddd';
    await place.write(spoiled, 'spoiled\n');
    await place.write(newer, `${JSON.stringify({ ...headerOf({ id: newer }), v: 2 })}\n`);
    const living = fresh({
      id: '20250101-000000-eeee',
      startedAt: '2025-01-01T00:00:00.000Z',
      pid: process.pid,
    });
    const end = await place.begin(living);
    const last = await keep();
    expect(await listed()).toContain(old);
    await place.over(null, 30);
    expect(await listed()).toEqual([last, young, living.id]);
    expect(await place.textOf(newer)).toContain('"v":2');
    await end();
  });

  it('erases nothing where the clock has leapt, or fewer days stand there than were agreed to', async () => {
    const old = await keep();
    await place.over(old, 30);
    now += 400 * dayMs;
    await place.over(await keep(), 30);
    expect(await listed()).toContain(old);
    now += 2 * dayMs;
    await place.over(await keep(), 30);
    expect(await listed()).not.toContain(old);
  });
});

it('the same session is told by the same bytes, wherever it stands', async () => {
  now = Date.parse('2026-03-01T18:30:00Z');
  const routine = fromLibrary('first-touch');
  const { header, records } = await keptOf({ ...(routine && { routine }), keeps: 'scores' });
  const [one, other] = [files(), browser()];
  const told = await Promise.all(
    [one, other].map(async place => {
      await place.keep(header, records);
      const { id } = header;
      const paths = ['', '/chart.svg', '/report.html', '/report.csv', '/report.json', '/note'];
      const all = [...paths.map(leaf => `/sessions/${id}${leaf}`), '/sessions', '/sessions/trends.html'];
      return await Promise.all(all.map(path => place.ask('GET', path)));
    }),
  );
  expect(told[1]).toEqual(told[0]);
  expect(await other.textOf(header.id)).toBe(await one.textOf(header.id));
  one.close();
  other.close();
});
