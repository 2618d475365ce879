/** What a page asks for beside the live session, as the network sees it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fromLibrary, library } from '../../../machines/routine/library.ts';
import { historyIn } from '../../../src/history/history-folder.ts';
import type { HistoryStore } from '../../../src/history/store.ts';
import { Api, bodyBytes } from '../../../src/server/api.ts';
import { HistoryApi } from '../../../src/server/history-api.ts';
import { Server } from '../../../src/server/server.ts';
import { Viewers } from '../../../src/server/viewers.ts';
import { Sessions } from '../../../src/session/sessions.ts';
import { OwnRoutines } from '../../../src/storage/own-routines.ts';
import { PreferencesFile } from '../../../src/storage/preferences.ts';
import { SystemClock } from '../../../src/time/system-clock.ts';
import { fileOf } from '../../support/files.ts';
import { headerOf } from '../../support/kept.ts';
import { routineFields, shortPhases } from '../../support/routines.ts';
import { StandInDriver } from '../../support/stand-in-driver.ts';

const routine = fromLibrary('first-touch');
if (!routine) throw new Error('the library has lost first-touch');

let state: string;
let store: HistoryStore;
let preferences: PreferencesFile;
let server: Server;
let sessions: Sessions;
let address: URL;
let clock: SystemClock;

beforeEach(async () => {
  state = mkdtempSync(join(tmpdir(), 'tactus-api-'));
  store = historyIn(state, () => Date.now());
  preferences = new PreferencesFile(state);
  clock = new SystemClock();
  sessions = new Sessions({ clock, driver: new StandInDriver(), product: 'test' }, { routine });
  server = new Server({
    clock,
    viewers: new Viewers({ sessions, now: () => clock.now() }),
    files: new Map(),
    api: new Api({
      own: new OwnRoutines(state),
      history: new HistoryApi({ stateFolder: state, wallNow: () => Date.now(), say: () => {} }),
      preferences: () => preferences.read(),
      change: change => preferences.change(change),
    }),
  });
  address = new URL(await server.listen(0));
});

afterEach(() => {
  sessions.run.close();
  server.close();
  rmSync(state, { recursive: true, force: true });
});

type Told = Readonly<{ status: number; body: string; headers: NodeJS.Dict<string | string[]> }>;

/** Without `headers` as our own page asks. */
function ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Told> {
  // Without a length of its own a body of DELETE would be taken for the next request.
  const text =
    body === undefined || method === 'DELETE' || method === 'GET'
      ? undefined
      : typeof body === 'string'
        ? body
        : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        host: address.hostname,
        port: address.port,
        method,
        path,
        headers: headers ?? { origin: address.origin, 'content-type': 'application/json' },
      },
      response => {
        let answer = '';
        response.on('data', part => {
          answer += String(part);
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, body: answer, headers: response.headers }),
        );
      },
    );
    asked.on('error', reject);
    asked.end(text);
  });
}

function keepOne(title = 'Small'): string {
  const id = store.newId();
  const file = store.begin(
    headerOf({
      id,
      startedAt: new Date().toISOString(),
      routine: { id: 'small', title, plannedMs: 1 },
      pid: 2 ** 30,
    }),
  );
  file.keep({ type: 'outcome', at: 1000, outcome: 'completed', reason: 'routineDone' });
  file.close();
  return id;
}

describe('who may ask', () => {
  const changes: readonly (readonly [string, string])[] = [
    ['PUT', '/routines'],
    ['PUT', '/preferences'],
    ['DELETE', '/sessions'],
    ['POST', '/sessions/latest/note'],
  ];

  test.each(changes)('%s %s wants our own page behind it, and JSON', async (method, path) => {
    const json = { 'content-type': 'application/json' };
    expect((await ask(method, path, '{}', json)).status).toBe(401);
    expect((await ask(method, path, '{}', { ...json, origin: 'http://evil.example' })).status).toBe(403);
    expect((await ask(method, path, '{}', { ...json, origin: 'null' })).status).toBe(403);
    if (method !== 'DELETE')
      expect(
        (await ask(method, path, '{}', { origin: address.origin, 'content-type': 'text/plain' })).status,
      ).toBe(415);
  });

  test('nobody under another name, whatever they ask', async () => {
    for (const [method, path] of [...changes, ['GET', '/sessions'] as const])
      expect(
        (
          await ask(method, path, '{}', {
            host: 'evil.example',
            origin: address.origin,
            'content-type': 'application/json',
          })
        ).status,
      ).toBe(421);
  });

  test('reading needs no origin, but not a foreign one', async () => {
    expect((await ask('GET', '/sessions', undefined, {})).status).toBe(200);
    expect((await ask('GET', '/sessions', undefined, { origin: 'http://evil.example' })).status).toBe(403);
  });

  test('other methods are refused, and too many changes at once too', async () => {
    expect((await ask('PATCH', '/preferences', '{}')).status).toBe(405);
    // At one moment, however long the machine takes over it.
    vi.spyOn(clock, 'now').mockReturnValue(clock.now());
    const statuses = await Promise.all(
      Array.from({ length: 40 }, async () => (await ask('PUT', '/preferences', {})).status),
    );
    vi.restoreAllMocks();
    expect(statuses).toContain(429);
  });
});

describe('routines', () => {
  const own = routineFields(shortPhases, { id: 'mine' });

  test('are the library and ones own, each whole by its id', async () => {
    const listed = JSON.parse((await ask('GET', '/routines')).body) as { id: string; own: boolean }[];
    expect(listed.map(({ id }) => id)).toEqual(library().map(({ id }) => id));
    expect(JSON.parse((await ask('GET', '/routines/lower-back')).body)).toEqual(fromLibrary('lower-back'));
    expect((await ask('GET', '/routines/none')).status).toBe(404);
  });

  test('of ones own are kept where they are right, and erased again', async () => {
    expect((await ask('PUT', '/routines', fileOf(own))).status).toBe(201);
    const listed = JSON.parse((await ask('GET', '/routines')).body) as { id: string; own: boolean }[];
    expect(listed.at(-1)).toMatchObject({ id: 'mine', own: true });
    expect((await ask('DELETE', '/routines/mine')).status).toBe(200);
    expect((await ask('DELETE', '/routines/lower-back')).status).toBe(404);
  });

  test('with faults are told every one, and the library is never replaced', async () => {
    const { status, body } = await ask('PUT', '/routines', fileOf({ ...own, title: '', kind: 'x' }));
    expect(status).toBe(422);
    expect(JSON.parse(body).issues.length).toBeGreaterThanOrEqual(2);
    expect((await ask('PUT', '/routines', fileOf({ ...own, id: 'evening-legs' }))).status).toBe(409);
  });

  test('larger than a file may be are not even read', async () => {
    const told = await ask('PUT', '/routines', 'x'.repeat(bodyBytes + 1)).catch(() => ({ status: 413 }));
    expect(told.status).toBe(413);
  });
});

describe('what is remembered', () => {
  test('is read and changed, field by field', async () => {
    expect(JSON.parse((await ask('GET', '/preferences')).body)).toMatchObject({ keep: 'plain' });
    const { status, body } = await ask('PUT', '/preferences', { keep: 'scores', firstSide: 'right' });
    expect([status, JSON.parse(body)]).toEqual([
      200,
      expect.objectContaining({ keep: 'scores', firstSide: 'right', keepDays: 30 }),
    ]);
  });

  test.each([[{ keep: 'all' }], [{ keepDays: 0 }], [{ S1: 'yes' }], ['['], [[]], [{ routine: '../x' }]])(
    'refuses %j',
    async body => {
      expect((await ask('PUT', '/preferences', body)).status).toBe(422);
    },
  );
});

describe('the history', () => {
  test('is listed, reported, noted and erased', async () => {
    const id = keepOne();
    expect(JSON.parse((await ask('GET', '/sessions')).body)).toMatchObject([{ id, outcome: 'completed' }]);
    expect((await ask('POST', `/sessions/${id}/note`, { text: 'left calf' })).status).toBe(201);
    expect((await ask('GET', `/sessions/latest/note`)).body).toContain('left calf');
    for (const format of ['html', 'csv', 'json'])
      for (const path of [`/sessions/${id}/report.${format}`, `/sessions/trends.${format}`])
        expect([path, (await ask('GET', path)).status]).toEqual([path, 200]);
    expect((await ask('DELETE', `/sessions/${id}`)).status).toBe(200);
    expect(JSON.parse((await ask('GET', '/sessions')).body)).toEqual([]);
  });

  test('is told with how it ended, whether it is still under way, and where it all stands', async () => {
    const id = keepOne();
    const goingOn = store.newId().replace(/.{4}$/, 'ffff');
    const writer = store.begin(
      headerOf({ id: goingOn, startedAt: new Date().toISOString(), pid: process.pid }),
    );
    const list = JSON.parse((await ask('GET', '/sessions')).body);
    expect(list).toMatchObject([
      { id: goingOn, outcome: 'brokeOff', reason: null, underWay: true },
      { id, outcome: 'completed', reason: 'routineDone', underWay: false },
    ]);
    expect(JSON.parse((await ask('GET', '/sessions/place')).body)).toEqual({
      folder: join(state, 'history'),
    });
    const { status, body } = await ask('DELETE', `/sessions/${goingOn}`);
    expect([status, JSON.parse(body).message]).toEqual([409, 'this session is still running']);
    writer.close();
    expect(JSON.parse((await ask('GET', '/sessions')).body)).toMatchObject([
      { underWay: false },
      { underWay: false },
    ]);
  });

  test('of one session comes to facts without its records, and a drawing that runs nothing', async () => {
    const id = keepOne('<script>alert(1)</script>');
    const facts = JSON.parse((await ask('GET', `/sessions/${id}`)).body);
    expect(facts).toMatchObject({
      header: { id },
      summary: { outcome: { reason: 'routineDone' } },
      underWay: false,
    });
    expect(facts.header).not.toHaveProperty('pid');
    expect(facts).not.toHaveProperty('records');
    const chart = await ask('GET', `/sessions/${id}/chart.svg`);
    expect(chart.headers['content-type']).toBe('image/svg+xml; charset=utf-8');
    expect(chart.headers['content-security-policy']).toContain("default-src 'none'");
    expect(chart.headers['content-security-policy']).toContain('sandbox');
    expect(chart.body).toMatch(/^<svg /);
    expect(chart.body).not.toContain('<script>');
    for (const path of ['/sessions/place/note', '/sessions/none/chart.svg', '/sessions/place/chart.svg'])
      expect([path, (await ask('GET', path)).status]).toEqual([path, 404]);
  });

  test('reports run nothing and reach nothing, whatever stands in them', async () => {
    const id = keepOne('<script>alert(1)</script>');
    const { headers, body } = await ask('GET', `/sessions/${id}/report.html`);
    expect(headers['content-security-policy']).toMatch(
      /default-src 'none'; style-src 'unsafe-inline';.*sandbox/,
    );
    expect(body).not.toContain('<script');
  });

  test('knows nothing else', async () => {
    for (const path of [
      '/sessions/none',
      '/sessions/../preferences.json/report.html',
      '/sessions/x/y/z',
      '/sessions/%ff',
    ])
      expect([path, (await ask('GET', path)).status]).toEqual([path, 404]);
    expect((await ask('POST', '/sessions/latest/note', { text: 'x' })).status).toBe(404);
  });
});
