/** The history in a thread of its own: it answers as it does here, and nothing that becomes of it becomes of us. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { historyIn } from '../../../src/history/history-folder.ts';
import type { HistoryStore } from '../../../src/history/store.ts';
import { packageRoot } from '../../../src/installed.ts';
import type { MadeAnswer } from '../../../src/server/answer.ts';
import type { HistoryRequest } from '../../../src/server/history-answers.ts';
import { HistoryApi } from '../../../src/server/history-api.ts';
import { HistoryThread } from '../../../src/server/history-thread.ts';
import type { FileNotice } from '../../../src/storage/notices.ts';
import { OwnRoutines } from '../../../src/storage/own-routines.ts';
import { SystemClock } from '../../../src/time/system-clock.ts';
import { VirtualClock } from '../../../src/time/virtual-clock.ts';
import { fileOf } from '../../support/files.ts';
import { headerOf } from '../../support/kept.ts';
import { routine, routineFields, shortPhases } from '../../support/routines.ts';

const built = pathToFileURL(join(packageRoot, 'dist', 'history-worker.js'));

let state: string;
let store: HistoryStore;
let thread: HistoryThread;
let said: FileNotice[];

const threadOf = (worker: URL, clock: SystemClock | VirtualClock): HistoryThread =>
  new HistoryThread({
    stateFolder: state,
    clock,
    wallNow: () => Date.now(),
    say: notice => void said.push(notice),
    worker,
    mostMegabytes: 48,
  });

beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'tactus-thread-'));
  store = historyIn(state, () => Date.now());
  said = [];
  thread = threadOf(built, new SystemClock());
});

afterEach(async () => {
  await thread.close();
  rmSync(state, { recursive: true, force: true });
});

const get = (id?: string, leaf?: string): HistoryRequest => ({ method: 'GET', id, leaf, body: '' });
const textOf = ({ body }: MadeAnswer): string => Buffer.from(body).toString('utf8');

/** A session begun so many days ago; under way, where it has no outcome. */
function begin(daysAgo = 0) {
  const at = new Date(Date.now() - daysAgo * 86_400_000);
  const id = historyIn(state, () => at.getTime()).newId();
  const file = store.begin(headerOf({ id, startedAt: at.toISOString(), pid: process.pid }));
  return {
    id,
    close: () => {
      file.keep({ type: 'outcome', at: 1000, outcome: 'completed', reason: 'routineDone' });
      file.close();
    },
  };
}

describe('the history in a thread of its own', () => {
  test('answers every request as it would be answered here', async () => {
    const { id, close } = begin();
    close();
    const here = new HistoryApi({ stateFolder: state, wallNow: () => Date.now(), say: () => {} });
    const requests: readonly HistoryRequest[] = [
      get(),
      ...['trends.html', 'trends.csv', 'trends.json', id, 'latest', 'none', '../preferences'].map(one =>
        get(one),
      ),
      ...['report.html', 'report.csv', 'report.json', 'chart.svg', 'note', 'other'].map(leaf =>
        get(id, leaf),
      ),
      { method: 'POST', id, leaf: 'note', body: '{"text":""}' },
      { method: 'PATCH', id, leaf: undefined, body: '' },
      { method: 'DELETE', id: 'none', leaf: undefined, body: '' },
    ];
    for (const request of requests) {
      const answer = await thread.answer(request);
      expect([request, { ...answer, body: textOf(answer) }]).toEqual([request, here.answer(request)]);
    }
  });

  test('erases nothing that this process is writing, also what it began to after the request', async () => {
    const before = begin();
    const asked = thread.answer({ method: 'DELETE', id: undefined, leaf: undefined, body: '' });
    const after = begin();
    expect(JSON.parse(textOf(await asked))).toEqual({ erased: 0 });
    const listed = JSON.parse(textOf(await thread.answer(get())));
    expect(listed).toHaveLength(2);
    expect(listed.map(({ underWay }: { underWay: boolean }) => underWay)).toEqual([true, true]);
    before.close();
    after.close();
    expect((await thread.answer({ method: 'DELETE', id: before.id, leaf: undefined, body: '' })).status).toBe(
      200,
    );
  });

  test('erases by age, and is waited for where the process ends', async () => {
    begin(40).close();
    const { id, close } = begin();
    close();
    // However long it takes here: on this clock no time passes.
    const patient = threadOf(built, new VirtualClock());
    patient.eraseOld({ why: 'agreed' }, 30);
    await patient.close();
    expect(store.list().map(({ header }) => header.id)).toEqual([id]);
    expect((await patient.answer(get())).status).toBe(503);
  });

  test('keeps and erases routines as it would be done here, and tells whoever knows them', async () => {
    const told: string[] = [];
    const known = {
      stamps: new Map<string, string>(),
      learn({ id }: { id: string }, stamp = '') {
        this.stamps.set(id, stamp);
        told.push(`learn ${id}`);
      },
      forget(id: string) {
        this.stamps.delete(id);
        told.push(`forget ${id}`);
      },
    };
    const other = mkdtempSync(join(tmpdir(), 'tactus-thread-'));
    const here = new HistoryApi({ stateFolder: other, wallNow: () => Date.now(), say: () => {} });
    const change = (method: string, id: string | undefined, body: string): HistoryRequest => ({
      method,
      id,
      leaf: undefined,
      body,
    });
    const mine = fileOf(routineFields(shortPhases, { id: 'mine' }));
    const requests = [
      change('PUT', undefined, mine),
      change('PUT', undefined, `[${'{"a":1},'.repeat(1000)}1]`),
      change('PUT', undefined, fileOf(routineFields(shortPhases, { id: 'evening-legs' }))),
      change('PUT', 'mine', mine),
      change('PATCH', undefined, ''),
      change('DELETE', 'mine', ''),
      change('DELETE', 'none', ''),
    ];
    for (const request of requests) {
      const answer = await thread.routines(request, known);
      const expected = here.routines(request, { ...known, learn: () => {}, forget: () => {} });
      expect({ ...answer, body: textOf(answer) }).toEqual(expected);
    }
    expect(told).toEqual(['learn mine', 'forget mine']);
    // What another process has kept is in the list that is asked for next.
    new OwnRoutines(state).keep(routine(shortPhases, { id: 'of-another' }));
    const list = JSON.parse(textOf(await thread.routines(change('GET', undefined, ''), known)));
    expect(list.map(({ id }: { id: string }) => id)).toContain('of-another');
    expect(told).toEqual(['learn mine', 'forget mine', 'learn of-another']);
    rmSync(other, { recursive: true, force: true });
  });

  test('says what is wrong with files where everything is said', async () => {
    const { id, close } = begin();
    close();
    writeFileSync(join(state, 'history', `${id}.jsonl`), 'x\n');
    await thread.answer(get());
    expect(said).toMatchObject([{ file: join(state, 'history', `${id}.jsonl`) }]);
  });
});

describe('a thread that fails', () => {
  const worker = (text: string): URL => {
    const path = join(state, 'worker.mjs');
    writeFileSync(path, `import { parentPort } from 'node:worker_threads';\n${text}`);
    return pathToFileURL(path);
  };

  test.each([
    ['ends', 'process.exit(1)'],
    ['throws', "throw new Error('x')"],
    ['needs more memory than it may have', 'const all = []; for (;;) all.push(new Array(1e6).fill({}))'],
  ])('and %s is told, and another takes its place', async (_, deed) => {
    const failing = threadOf(
      worker(`parentPort.on('message', ({ id, task }) => {
        if (task.request.id === 'bad') { ${deed} }
        parentPort.postMessage({ id, result: { status: 200, type: 'x', body: new Uint8Array() } });
      });`),
      new SystemClock(),
    );
    const both = [failing.answer(get('bad')), failing.answer(get('good'))];
    expect((await Promise.all(both)).map(({ status }) => status)).toEqual([503, 503]);
    expect((await failing.answer(get('good'))).status).toBe(200);
    await failing.close();
  });

  test('and answers nothing is given up, asked no more than so much, and left behind at the end', async () => {
    const clock = new VirtualClock();
    const hanging = threadOf(worker("parentPort.on('message', () => {});"), clock);
    const asked = Array.from({ length: 20 }, () => hanging.answer(get()));
    const first = await Promise.all(asked.slice(16));
    expect(first.map(({ status }) => status)).toEqual([503, 503, 503, 503]);
    clock.runUntil(120_000);
    expect((await Promise.all(asked)).every(({ status }) => status === 503)).toBe(true);
    hanging.eraseOld({ why: 'over', id: null }, 30);
    const closed = hanging.close();
    clock.runUntil(clock.now() + 1000);
    await closed;
  });
});
