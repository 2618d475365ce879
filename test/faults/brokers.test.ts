/**
 * A session beside a real broker that fails in one way for a whole while: none of its moments is late for that, and its
 * stop switch stops it. The same in short, in one session, stands in test/live/brokers.long.test.ts.
 */
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it, onTestFinished } from 'vitest';
import { recordsOf } from '../../src/history/records.ts';
import { homeAssistantStatus } from '../../src/mqtt/discovery.ts';
import { answerSchema } from '../../src/mqtt/messages.ts';
import { topicsOf } from '../../src/mqtt/topics.ts';
import { BrokerWatch, plainAddress } from '../support/broker-watch.ts';
import { latestOf } from '../support/busy-session.ts';
import { FaultyLine } from '../support/faulty-line.ts';
import { freePort, hasMosquitto, Mosquitto, type MosquittoOptions } from '../support/mosquitto.ts';
import { ownAuthority } from '../support/own-authority.ts';
import { type Lateness, measured, repeatedIfStarved } from '../support/starved.ts';
import { countedFromOne, eventsOf, numbersOf } from '../support/told-events.ts';
import { stallMs, type ToldSession, toldSession } from '../support/told-session.ts';
import { note, sized } from './figures.ts';
import { isDriven, pause } from './support/pins-after.ts';

const lateMs = 20;
/** On the board's own clock, from a word to its process on. */
const stopMs = 50;
/** So long the fault is there. */
const forMs = sized(60_000, 4000);
const name = 'couch';
const topics = topicsOf(name);

let machine: Lateness = () => 0;
let latenessNow: Lateness = () => 0;
function begun(): Lateness {
  machine = measured();
  latenessNow = machine;
  return () => latenessNow();
}

async function mosquitto(options: MosquittoOptions = {}): Promise<Mosquitto> {
  const broker = await Mosquitto.start(options);
  onTestFinished(() => broker.stop());
  return broker;
}

async function lineTo(broker: Mosquitto): Promise<FaultyLine> {
  const line = await FaultyLine.to(broker.port);
  onTestFinished(() => line.end());
  return line;
}

async function watching(broker: Mosquitto): Promise<BrokerWatch> {
  const watch = new BrokerWatch(plainAddress(broker.port));
  onTestFinished(() => watch.end());
  await expect.poll(() => watch.isListening, { timeout: 20_000 }).toBe(true);
  return watch;
}

async function begin(url: string | null, files: Readonly<Record<string, string>> = {}): Promise<ToldSession> {
  const session = await toldSession(url, name, machine, state => {
    for (const [file, text] of Object.entries(files)) writeFileSync(join(state, file), text, { mode: 0o600 });
  });
  latenessNow = session.lateness;
  return session;
}

/** In mid-session, and the broker knows it. */
async function beginTold(line: FaultyLine, watch: BrokerWatch): Promise<ToldSession> {
  const session = await begin(`mqtt://127.0.0.1:${line.port}`);
  await expect.poll(() => watch.availability(name), { timeout: 30_000 }).toBe('online');
  return session;
}

/** Stops it by its own switch, and looks at all of its moments. */
async function expectUnharmed(session: ToldSession, id: string, what: string): Promise<void> {
  const { board } = session;
  await board.next(isDriven, 60_000);
  const after = await session.pressStop();
  const until = board.lines.length;
  await pause(1000);
  const kept = await session.stopped();
  const latestMs = latestOf(kept);
  const strokes = recordsOf(kept, 'stroke').length;
  note({
    id: `broker-${id}-late`,
    what: `latest moment of a session ${what}`,
    value: Math.round(latestMs * 10) / 10,
    unit: 'ms',
    of: `${forMs / 1000} s, ${strokes} strokes; the machine made a thread wait ${latenessNow()} ms at most`,
  });
  note({
    id: `broker-${id}-stop`,
    what: `STOP pressed in a session ${what}: both motor pins low after`,
    value: Math.round(after.ms * 10) / 10,
    unit: 'ms',
  });
  expect(after.ms).toBeLessThanOrEqual(stopMs + latenessNow());
  expect(board.lines.slice(until).filter(isDriven)).toEqual([]);
  expect(strokes).toBeGreaterThan(0);
  if (latenessNow() <= stallMs) expect(recordsOf(kept, 'fault')).toEqual([]);
  expect(latestMs).toBeLessThanOrEqual(lateMs + latenessNow());
}

const again = async (): Promise<void> => void begun();

describe.skipIf(!hasMosquitto)('no moment is late, and STOP stops, beside a broker', () => {
  const test = (title: string, body: () => Promise<void>): void =>
    it(title, repeatedIfStarved(body, again, begun));

  test('that nobody has asked for: what there is to compare with', async () => {
    const session = await begin(null);
    await pause(forMs);
    expect(session.controller.errors()).not.toContain('MQTT');
    await expectUnharmed(session, 'none', 'that is told to no broker');
    note({
      id: 'broker-machine',
      what: 'how many wanted a processor while brokers failed, over a quarter of an hour',
      value: Math.round((loadavg()[2] ?? 0) * 10) / 10,
      unit: 'processes',
      of: `${cpus().length} processors (${cpus()[0]?.model.trim()}), Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`,
    });
  });

  test('that is killed and begun anew again and again, and has each event once and in order in the end', async () => {
    const broker = await mosquitto();
    const line = await lineTo(broker);
    const watch = await watching(broker);
    const session = await beginTold(line, watch);
    const until = performance.now() + forMs;
    let kills = 0;
    while (performance.now() < until) {
      await line.close();
      await broker.kill();
      kills += 1;
      await session.intend({ intent: 'pause' });
      await pause(500);
      await session.intend({ intent: 'resume' });
      await broker.begin();
      await expect.poll(() => watch.isListening, { timeout: 20_000 }).toBe(true);
      const before = watch.at(topics.availability).length;
      await line.open();
      await expect
        .poll(() => watch.at(topics.availability).length, { timeout: 120_000 })
        .toBeGreaterThan(before);
      expect(watch.availability(name)).toBe('online');
    }
    await expectUnharmed(session, 'killed', `beside a broker that was killed and begun anew ${kills} times`);
    await expect
      .poll(() => eventsOf(watch, name).at(-1), { timeout: 20_000 })
      .toMatchObject({ type: 'ended', outcome: 'stopped' });
    const events = eventsOf(watch, name);
    expect(numbersOf(events)).toEqual(countedFromOne(events));
  });

  test('that takes 300 bytes a second', async () => {
    const broker = await mosquitto();
    const line = await lineTo(broker);
    const session = await beginTold(line, await watching(broker));
    line.bytesPerSecond = 300;
    await pause(forMs);
    await expectUnharmed(session, 'slow', 'beside a broker that takes 300 bytes a second');
  });

  test('whose line is half-open and stays so for whoever comes anew', async () => {
    const broker = await mosquitto();
    const line = await lineTo(broker);
    const session = await beginTold(line, await watching(broker));
    line.halfOpen({ staysSo: true });
    await pause(forMs);
    await expectUnharmed(session, 'half-open', 'beside a broker whose line is half-open');
  });

  test('that refuses its password', async () => {
    const broker = await mosquitto({ users: { couch: 'right' } });
    const credentials = JSON.stringify({ username: 'couch', password: 'wrong' });
    const session = await begin(`mqtt://127.0.0.1:${broker.port}`, { 'mqtt.json': credentials });
    await pause(forMs);
    expect(session.controller.errors()).toContain('refuses this user');
    await expectUnharmed(session, 'refusing', 'beside a broker that refuses its password');
  });

  test('whose certificate is of nobody it trusts', async () => {
    const broker = await mosquitto({ tls: await (await ownAuthority()).sign('127.0.0.1') });
    const session = await begin(`mqtts://127.0.0.1:${broker.port}`);
    await pause(forMs);
    expect(session.controller.errors()).toContain('is of nobody who is trusted here');
    await expectUnharmed(session, 'distrusted', 'beside a broker whose certificate is of nobody it trusts');
  });

  test('that is not there from the beginning', async () => {
    const session = await begin(`mqtt://127.0.0.1:${await freePort()}`);
    await pause(forMs);
    expect(session.controller.errors()).toContain('does not answer (ECONNREFUSED)');
    await expectUnharmed(session, 'absent', 'beside a broker that is not there');
  });

  test('that floods it with what it listens to, at last with stops, none of which is answered twice', async () => {
    const broker = await mosquitto();
    const watch = await watching(broker);
    const session = await begin(`mqtt://127.0.0.1:${broker.port}`);
    await expect.poll(() => watch.availability(name), { timeout: 30_000 }).toBe('online');
    const until = performance.now() + forMs;
    let sent = 0;
    while (performance.now() < until) {
      await Promise.all(Array.from({ length: 50 }, () => watch.publish(homeAssistantStatus, 'online')));
      sent += 50;
      await pause(20);
    }
    await expectUnharmed(
      session,
      'flooding',
      `beside a broker that said ${sent} times that Home Assistant had begun anew`,
    );
    const from = session.board.lines.length;
    const ids = Array.from({ length: 500 }, (_, index) => `flood-${index}`);
    await Promise.all(ids.map(id => watch.publish(topics.stop, JSON.stringify({ id }))));
    const answered = (): readonly (string | null)[] =>
      watch.at(topics.answer).map(payload => v.parse(answerSchema, JSON.parse(payload)).id);
    await expect.poll(() => answered().length, { timeout: 20_000 }).toBeGreaterThan(0);
    await pause(1000);
    expect(answered().filter(id => id === null || !ids.includes(id))).toEqual([]);
    expect(new Set(answered()).size).toBe(answered().length);
    expect(session.controller.child.exitCode).toBeNull();
    // A flood of stops for a session that is over begins none.
    expect(session.board.lines.slice(from).filter(isDriven)).toEqual([]);
  });
});
