/** A session under way while everything heavy is asked of the same process: none of its moments is late for that. */
import { readdirSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type KeptSession, recordsOf } from '../../src/history/records.ts';
import {
  asked,
  askForAll,
  type BusySession,
  busySession,
  handshakeFlood,
  latestOf,
} from '../support/busy-session.ts';
import { lanAddress } from '../support/lan.ts';
import { type Lateness, measured, repeatedIfStarved } from '../support/starved.ts';
import { waited } from '../support/waited.ts';

const lateMs = 20;

const script = [
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

async function session(kept: number, ...words: readonly string[]): Promise<BusySession> {
  const found = await busySession(kept, script, ['--routine', 'first-touch', ...words]);
  onTestFinished(() => found.end());
  threads = waited(found.controller.child.pid ?? 0);
  return found;
}

/** What the machine itself was late by is none of ours. */
function expectInTime(kept: KeptSession): void {
  expect(recordsOf(kept, 'outcome').at(-1)?.outcome).toBe('stopped');
  expect(recordsOf(kept, 'fault')).toEqual([]);
  expect(recordsOf(kept, 'stroke').length).toBeGreaterThan(0);
  expect(latestOf(kept)).toBeLessThanOrEqual(lateMs + latenessNow());
}

describe('none of a session’s moments is late', () => {
  test(
    'while each route and page is asked for, with five thousand sessions kept',
    repeatedIfStarved(
      async () => {
        const count = 5000;
        const { controller, ids, historyFolder, stopped } = await session(count);
        const page = new URL(controller.address);
        await askForAll(page, ids[0] ?? '');
        expect((await asked(page, { method: 'DELETE', path: `/sessions/${ids[1]}` })).status).toBe(200);
        // Of more than are shown the newest are: the session under way is among them.
        const listed = await (await asked(page, { path: '/sessions' })).json();
        expect((listed as readonly unknown[])[0]).toMatchObject({ underWay: true });
        // That takes longer than the session still does.
        const left = new AbortController();
        const erased = asked(page, { method: 'DELETE', path: '/sessions' }, left.signal).catch(() => null);
        expectInTime(await stopped());
        left.abort();
        await erased;
        // The first names go once the bytes of hundreds are overwritten.
        const remaining = (): number => readdirSync(historyFolder).length;
        await expect.poll(remaining, { timeout: 60_000 }).toBeLessThan(count);
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
        const page = new URL(controller.address);
        const flooded = handshakeFlood(host, Number(page.port), 4000);
        for (let nth = 0; nth < 5; nth++) expect((await asked(page, { path: '/' })).status).toBe(200);
        await flooded;
        expectInTime(await stopped());
      },
      again,
      begun,
    ),
  );
});
