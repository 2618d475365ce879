/** Sessions whose broker is not there, or does not want them: each says why, and each plays to its end, in time. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type KeptSession, readSession, recordsOf } from '../../src/history/records.ts';
import { packageRoot } from '../../src/installed.ts';
import { latestOf } from '../support/busy-session.ts';
import { freePort, hasMosquitto, Mosquitto } from '../support/mosquitto.ts';
import { ownAuthority } from '../support/own-authority.ts';
import { type Lateness, measured, repeatedIfStarved } from '../support/starved.ts';
import { waited } from '../support/waited.ts';

const lateMs = 20;
/** A machine that gives no processor for so long makes a session stand still. */
const stallMs = 100;

/** Stopped by the script itself: it wants nobody, and no network. */
const script = [
  { at: 0, intent: 'screen', complaint: true, others: 'no' },
  { at: 0, intent: 'confirm', step: 'position' },
  { at: 0, intent: 'baseline', local: 0, leg: 0 },
  { at: 500, intent: 'start' },
  { at: 8000, intent: 'stop' },
  { at: 8200, intent: 'afterStop', why: 'pain' },
  { at: 8300, intent: 'end' },
];

let latenessNow: Lateness = () => 0;
let threads: readonly Lateness[] = [];
function begun(): Lateness {
  const machine = measured();
  threads = [];
  latenessNow = () => Math.max(machine(), ...threads.map(late => late()));
  return latenessNow;
}

type Ended = Readonly<{ code: number | null; errors: string; kept: KeptSession }>;

/** A session at this broker, to its end. `files`: what is in its state folder before. */
async function played(url: string, files: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const state = mkdtempSync(join(tmpdir(), 'tactus-refused-'));
  onTestFinished(() => rmSync(state, { recursive: true, force: true }));
  for (const [name, text] of Object.entries({ ...files, 'script.json': JSON.stringify(script) }))
    writeFileSync(join(state, name), text, { mode: 0o600 });
  const words = ['--headless', '--routine', 'first-touch', '--script', join(state, 'script.json')];
  const child = spawn(process.execPath, ['src/tactus.js', 'start', ...words, '--mqtt', url], {
    cwd: packageRoot,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, TACTUS_STATE: state },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  threads = [...threads, waited(child.pid ?? 0)];
  let errors = '';
  child.stderr.on('data', bytes => {
    errors += String(bytes);
  });
  const code = await new Promise<number | null>(resolve => child.once('close', resolve));
  const folder = join(state, 'history');
  const [name = ''] = readdirSync(folder);
  const kept = readSession(readFileSync(join(folder, name), 'utf8'));
  if (!kept) throw new Error(`nothing was kept of the session: ${errors}`);
  return { code, errors, kept };
}

/** What the machine itself was late by is none of ours. */
function expectPlayed({ code, kept }: Ended): void {
  const faults = recordsOf(kept, 'fault');
  if (latenessNow() <= stallMs) expect([code, faults]).toEqual([0, []]);
  expect(recordsOf(kept, 'outcome').at(-1)?.outcome).toBe('stopped');
  expect(recordsOf(kept, 'stroke').length).toBeGreaterThan(0);
  expect(latestOf(kept)).toBeLessThanOrEqual(lateMs + latenessNow());
}

describe.skipIf(!hasMosquitto)('a session plays to its end, in time, and says why', () => {
  it(
    'where no broker is there, where its password is refused, and where the certificate is of nobody it trusts',
    repeatedIfStarved(
      async () => {
        const authority = await ownAuthority();
        const closed = await Mosquitto.start({ users: { couch: 'right' } });
        onTestFinished(() => closed.stop());
        const strange = await Mosquitto.start({ tls: await authority.sign('127.0.0.1') });
        onTestFinished(() => strange.stop());
        const nobody = await freePort();
        const wrong = JSON.stringify({ username: 'couch', password: 'wrong' });
        const [absent, refused, distrusted, unknown] = await Promise.all([
          played(`mqtt://127.0.0.1:${nobody}`),
          played(`mqtt://127.0.0.1:${closed.port}`, { 'mqtt.json': wrong }),
          played(`mqtts://127.0.0.1:${strange.port}`),
          played(`mqtts://127.0.0.1:${strange.port}`, {
            'ca.pem': (await ownAuthority('Somebody else')).ca,
            'mqtt.json': JSON.stringify({ ca: 'ca.pem' }),
          }),
        ]);
        expect(absent.errors).toContain(`MQTT: 127.0.0.1, port ${nobody}, does not answer (ECONNREFUSED)`);
        expect(refused.errors).toContain('MQTT: 127.0.0.1 refuses this user; the session continues');
        expect(refused.errors).not.toContain('wrong');
        for (const { errors } of [distrusted, unknown])
          expect(errors).toContain('MQTT: the certificate of 127.0.0.1 is of nobody who is trusted here');
        for (const one of [absent, refused, distrusted, unknown]) expectPlayed(one);
      },
      async () => void begun(),
      begun,
    ),
  );

  it(
    'and one that knows the authority, with the right password, is there',
    repeatedIfStarved(async () => {
      const authority = await ownAuthority();
      const tls = await authority.sign('127.0.0.1');
      const broker = await Mosquitto.start({ tls, users: { couch: 'right' } });
      onTestFinished(() => broker.stop());
      const { errors } = await played(`mqtts://127.0.0.1:${broker.port}`, {
        'ca.pem': authority.ca,
        'mqtt.json': JSON.stringify({ username: 'couch', password: 'right', ca: 'ca.pem' }),
      });
      expect(errors).toContain('MQTT: connected to 127.0.0.1.');
    }),
  );
});
