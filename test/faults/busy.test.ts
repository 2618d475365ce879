/** A long session with five thousand kept before it: every route and page in turn, and floods of TLS handshakes. */
import { expect, onTestFinished, test } from 'vitest';
import { recordsOf } from '../../src/history/records.ts';
import { askForAll, busySession, handshakeFlood, latestOf } from '../support/busy-session.ts';
import { lanAddress } from '../support/lan.ts';
import { waited } from '../support/waited.ts';
import { note, sized } from './figures.ts';
import { pause } from './support/pins-after.ts';

const lateMs = 20;
const minutes = sized(20, 0.25);
const floodMs = 4000;

/** A person who answers whatever is asked. */
const script = [
  { at: 0, intent: 'screen', complaint: true, others: 'no' },
  ...['bath', 'oil', 'position'].map(step => ({ at: 0, intent: 'confirm', step })),
  { at: 0, intent: 'baseline', local: 0, leg: 0 },
  { at: 500, intent: 'start' },
  { on: 'transition', afterMs: 3000, intent: 'go' },
  { on: 'checkIn', afterMs: 3000, intent: 'checkIn', local: 1, leg: 0, firmer: true },
];

test('none of its moments is late by more than 20 ms that the machine was not late itself', async () => {
  const host = lanAddress();
  const words = ['--routine', 'evening-legs', '--lan', '--host', host];
  const { controller, ids, stopped, end } = await busySession(5000, script, words);
  onTestFinished(() => end());
  const waitedMs = waited(controller.child.pid ?? 0);
  const page = new URL(controller.address);
  const until = performance.now() + minutes * 60_000;
  let rounds = 0;
  while (performance.now() < until) {
    await askForAll(page, ids[rounds % 1000] ?? '');
    rounds += 1;
    if (rounds % 10 === 1) await handshakeFlood(host, Number(page.port), floodMs);
    // As often as a person could look at all of it.
    await pause(2000);
  }
  const kept = await stopped();
  const latestMs = latestOf(kept);
  const machineMs = waitedMs();
  note({
    id: 'busy-late',
    what: 'latest moment of a session while every page is asked for and handshakes flood in, 5,000 sessions kept',
    value: Math.round(latestMs * 10) / 10,
    unit: 'ms',
    of: `${minutes} min, ${recordsOf(kept, 'stroke').length} strokes, ${rounds} rounds; the machine made a thread wait ${machineMs} ms at most`,
  });
  expect(recordsOf(kept, 'fault')).toEqual([]);
  expect(latestMs).toBeLessThanOrEqual(lateMs + machineMs);
});
