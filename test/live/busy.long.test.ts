/** A session under way while everything heavy is asked of the same process: none of its moments is late for that. */
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { type Kept, readKept, recordsOf } from '../../src/history/records.ts';
import { scratch } from '../support/cli.ts';
import { type Controller, startControllerIn } from '../support/controller.ts';
import { lanAddress } from '../support/lan.ts';
import { keepMany } from '../support/many-sessions.ts';
import { type Lateness, measured, repeatedIfStarved } from '../support/starved.ts';
import { waited } from '../support/waited.ts';

const { file } = scratch();
const lateMs = 20;

const begin = [
  { at: 0, intent: 'screen', complaint: true, others: 'no' },
  { at: 0, intent: 'confirm', step: 'position' },
  { at: 0, intent: 'baseline', local: 0, leg: 0 },
  { at: 500, intent: 'start' },
];

/** How late the machine was, or a thread of the process that is looked at had to wait for it. */
let latenessNow: Lateness = () => 0;
let threads: Lateness = () => 0;
function begun(): Lateness {
  const machine = measured();
  threads = () => 0;
  latenessNow = () => Math.max(machine(), threads());
  return latenessNow;
}
const again = async (): Promise<void> => void begun();

type Session = Readonly<{ controller: Controller; state: string; stopped(): Promise<Kept> }>;

/** A session under way. */
async function session(count: number, ...words: readonly string[]): Promise<Session> {
  const state = mkdtempSync(join(tmpdir(), 'tactus-busy-'));
  const before = new Set(await keepMany(state, count));
  const controller = await startControllerIn(
    state,
    '--routine',
    'first-touch',
    '--script',
    file('session.json', begin),
    ...words,
  );
  onTestFinished(async () => void (await controller.stop()));
  threads = waited(controller.child.pid ?? 0);
  const own = (): Kept | null => {
    const name = readdirSync(join(state, 'history')).find(one => !before.has(one.replace('.jsonl', '')));
    return name === undefined ? null : readKept(readFileSync(join(state, 'history', name), 'utf8'));
  };
  await expect.poll(own, { timeout: 10_000 }).not.toBeNull();
  return {
    controller,
    state,
    stopped: async () => {
      const page = new URL(controller.address);
      const socket = new WebSocket(`ws://${page.host}/ws`, { origin: page.origin });
      await once(socket, 'message');
      for (const intent of [{ intent: 'stop' }, { intent: 'afterStop', why: 'pain' }, { intent: 'end' }])
        socket.send(JSON.stringify({ v: 1, id: 1, type: 'intent', intent }));
      const isOver = (): boolean => recordsOf(own() ?? { records: [] }, 'outcome').length > 0;
      await expect.poll(isOver, { timeout: 10_000, interval: 50 }).toBe(true);
      const kept = own();
      socket.terminate();
      if (!kept) throw new Error('the session is gone');
      return kept;
    },
  };
}

/** What the machine itself was late by is none of ours. */
function expectInTime(kept: Kept): void {
  expect(recordsOf(kept, 'outcome').at(-1)?.outcome).toBe('stopped');
  expect(recordsOf(kept, 'fault')).toEqual([]);
  const strokes = recordsOf(kept, 'stroke').map(stroke => stroke.lateMs);
  const worstMs = Math.max(...strokes, recordsOf(kept, 'timing').at(-1)?.worstMs ?? Number.NaN);
  expect(strokes.length).toBeGreaterThan(0);
  expect(worstMs).toBeLessThanOrEqual(lateMs + latenessNow());
}

type Asked = Readonly<{ method?: string; path: string; body?: unknown; status?: number }>;

const everyRoute = (id: string, other: string): readonly Asked[] => [
  { path: '/' },
  { path: '/demo/' },
  { path: '/nothing', status: 404 },
  { path: '/routines' },
  { path: '/routines/evening-legs' },
  { path: '/preferences' },
  { path: '/phone' },
  { path: '/sessions/place' },
  { path: '/sessions' },
  ...['html', 'csv', 'json'].map(format => ({ path: `/sessions/trends.${format}` })),
  ...['', '/note', '/chart.svg', '/report.html', '/report.csv', '/report.json'].map(leaf => ({
    path: `/sessions/${id}${leaf}`,
  })),
  { method: 'POST', path: `/sessions/${id}/note`, body: { text: 'left calf' }, status: 201 },
  { method: 'DELETE', path: `/sessions/${other}` },
  { method: 'PUT', path: '/preferences', body: { keepDays: 365 } },
  { path: '/sessions' },
];

describe('none of a session’s moments is late', () => {
  test(
    'while each route and page is asked for, with five thousand sessions kept',
    repeatedIfStarved(
      async () => {
        const count = 5000;
        const { controller, state, stopped } = await session(count);
        const page = new URL(controller.address);
        const [id = '', other = ''] = readdirSync(join(state, 'history')).map(name =>
          name.replace('.jsonl', ''),
        );
        for (const { method = 'GET', path, body, status = 200 } of everyRoute(id, other)) {
          const answer = await fetch(new URL(path, page), {
            method,
            headers: { origin: page.origin, 'content-type': 'application/json' },
            ...(body !== undefined && { body: JSON.stringify(body) }),
          });
          const text = await answer.text();
          expect([path, answer.status]).toEqual([path, status]);
          // Of more than are shown the newest are: the session under way is among them.
          if (path === '/sessions' && method === 'GET')
            expect(JSON.parse(text)[0]).toMatchObject({ underWay: true });
        }
        // That takes longer than the session still does.
        const left = new AbortController();
        const erased = fetch(new URL('/sessions', page), {
          method: 'DELETE',
          headers: { origin: page.origin },
          signal: left.signal,
        }).catch(() => null);
        expectInTime(await stopped());
        left.abort();
        await erased;
        expect(readdirSync(join(state, 'history')).length).toBeLessThan(count);
      },
      again,
      begun,
    ),
  );

  test(
    'in a flood of TLS handshakes from five addresses, and whoever belongs here is still let in',
    repeatedIfStarved(
      async () => {
        const host = lanAddress();
        const { controller, stopped } = await session(0, '--lan', '--host', host);
        const { port } = new URL(controller.address);
        const flood = new Worker(
          `const tls = require('node:tls');
         const { workerData: { host, port } } = require('node:worker_threads');
         const until = performance.now() + 4000;
         const one = nth => {
           if (performance.now() > until) return;
           const socket = tls.connect({ host, port, rejectUnauthorized: false, localAddress: '127.0.0.' + (2 + nth % 5) });
           const next = () => setTimeout(one, 5, nth + 1);
           socket.on('secureConnect', () => socket.destroy());
           socket.on('error', () => socket.destroy());
           socket.on('close', next);
         };
         for (let nth = 0; nth < 10; nth++) one(nth);`,
          { eval: true, workerData: { host, port: Number(port) } },
        );
        onTestFinished(async () => void (await flood.terminate()));
        const answers: number[] = [];
        const flooded = once(flood, 'exit');
        for (let nth = 0; nth < 5; nth++) answers.push((await fetch(controller.address)).status);
        await flooded;
        expect(answers).toEqual([200, 200, 200, 200, 200]);
        expectInTime(await stopped());
      },
      again,
      begun,
    ),
  );
});
