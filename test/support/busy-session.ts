/** A session under way in a controller of its own, and everything heavy that may be asked of it meanwhile. */
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect } from 'vitest';
import { WebSocket } from 'ws';
import { fromLibrary } from '../../machines/routine/library.ts';
import { type KeptSession, readSession, recordsOf } from '../../src/history/records.ts';
import type { FromServer } from '../../src/server/messages.ts';
import { type Controller, startControllerIn } from './controller.ts';
import { keepMany } from './many-sessions.ts';

export type BusySession = Readonly<{
  controller: Controller;
  /** Ids of the sessions that were kept before, the newest first. */
  ids: readonly string[];
  historyFolder: string;
  /** Says something to it as its page does, which stays open from then on. */
  intend(...intents: readonly object[]): Promise<void>;
  /** The state that the page was told last; empty before it has said anything. */
  state(): string;
  /** Stops it; what was kept of it. */
  stopped(): Promise<KeptSession>;
  /** Ends the controller; nothing of it is left behind. */
  end(): Promise<void>;
}>;

/** `kept`: how many sessions there are already; `words`: of `start`; `prepare`: what is in its state folder before. */
export async function busySession(
  kept: number,
  script: readonly object[],
  words: readonly string[],
  prepare: (state: string) => void = () => {},
): Promise<BusySession> {
  const state = mkdtempSync(join(tmpdir(), 'tactus-busy-'));
  prepare(state);
  const historyFolder = join(state, 'history');
  const ids = await keepMany(state, kept);
  const before = new Set(ids);
  const scriptFile = join(state, 'script.json');
  writeFileSync(scriptFile, JSON.stringify(script));
  const controller = await startControllerIn(state, '--script', scriptFile, ...words);
  const own = (): KeptSession | null => {
    const name = readdirSync(historyFolder).find(one => !before.has(one.replace('.jsonl', '')));
    return name === undefined ? null : readSession(readFileSync(join(historyFolder, name), 'utf8'));
  };
  try {
    await expect.poll(own, { timeout: 60_000 }).not.toBeNull();
  } catch (error) {
    // Nobody has it to end it.
    await controller.stop('SIGKILL');
    throw error;
  }
  let socket: WebSocket | null = null;
  let told = '';
  const intend = async (...intents: readonly object[]): Promise<void> => {
    if (!socket) {
      const page = new URL(controller.address);
      socket = new WebSocket(`ws://${page.host}/ws`, { origin: page.origin });
      socket.on('message', data => {
        const message = JSON.parse(String(data)) as FromServer;
        if (message.type === 'view' || message.type === 'change') told = message.view.session?.state ?? told;
      });
      await once(socket, 'message');
    }
    for (const intent of intents) socket.send(JSON.stringify({ v: 1, id: 1, type: 'intent', intent }));
  };
  const stopped = async (): Promise<KeptSession> => {
    await intend({ intent: 'stop' }, { intent: 'afterStop', why: 'pain' }, { intent: 'end' });
    const isOver = (): boolean => recordsOf(own() ?? { records: [] }, 'outcome').length > 0;
    await expect.poll(isOver, { timeout: 20_000, interval: 50 }).toBe(true);
    const found = own();
    socket?.terminate();
    if (!found) throw new Error('the session is gone');
    return found;
  };
  const end = async (): Promise<void> => {
    socket?.terminate();
    await controller.stop();
    rmSync(state, { recursive: true, force: true });
  };
  return { controller, ids, historyFolder, intend, state: () => told, stopped, end };
}

/** How late the latest of its moments was, in ms: of its strokes and of every other deadline. */
export const latestOf = (kept: KeptSession): number =>
  Math.max(
    ...recordsOf(kept, 'stroke').map(({ lateMs }) => lateMs),
    recordsOf(kept, 'timing').at(-1)?.worstMs ?? Number.NaN,
  );

type Asked = Readonly<{ method?: string; path: string; body?: unknown; status?: number }>;

/** Every route there is, of each kind one, but those that erase. */
const everyRoute = (id: string): readonly Asked[] => [
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
  { method: 'PUT', path: '/preferences', body: { keepDays: 365 } },
  { method: 'PUT', path: '/routines', body: { ...fromLibrary('evening-legs'), id: 'mine' }, status: 201 },
  // As long as a file may be, and wrong in every place.
  { method: 'PUT', path: '/routines', body: Array.from({ length: 25_000 }, () => ({ a: 1 })), status: 422 },
  { method: 'DELETE', path: '/routines/mine' },
];

/** Asks as the page does. */
export function asked(
  page: URL,
  { method = 'GET', path, body }: Asked,
  signal?: AbortSignal,
): Promise<Response> {
  return fetch(new URL(path, page), {
    method,
    headers: { origin: page.origin, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  });
}

/** Asks for every route and page in turn. */
export async function askForAll(page: URL, id: string): Promise<void> {
  for (const one of everyRoute(id)) {
    const answer = await asked(page, one);
    await answer.arrayBuffer();
    expect([one.path, answer.status]).toEqual([one.path, one.status ?? 200]);
  }
}

/** TLS handshakes from five addresses, as many as they are let; resolves once it is over. */
export async function handshakeFlood(host: string, port: number, forMs: number): Promise<void> {
  const flood = new Worker(
    `const tls = require('node:tls');
     const { workerData: { host, port, forMs } } = require('node:worker_threads');
     const until = performance.now() + forMs;
     const one = nth => {
       if (performance.now() > until) return;
       const localAddress = '127.0.0.' + (2 + nth % 5);
       const socket = tls.connect({ host, port, rejectUnauthorized: false, localAddress });
       socket.on('secureConnect', () => socket.destroy());
       socket.on('error', () => socket.destroy());
       socket.on('close', () => setTimeout(one, 5, nth + 1));
     };
     for (let nth = 0; nth < 10; nth++) one(nth);`,
    { eval: true, workerData: { host, port, forMs } },
  );
  await once(flood, 'exit');
}
