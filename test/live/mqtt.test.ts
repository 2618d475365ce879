/** `start --mqtt` from outside: what a broker hears of it, a stop from there, and how it goes. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { packageRoot } from '../../src/installed.ts';
import { answerSchema, eventSchema, stateSchema } from '../../src/mqtt/messages.ts';
import { topicsOf } from '../../src/mqtt/topics.ts';
import { Broker, until } from '../support/broker.ts';
import { type Controller, startController, startControllerIn } from '../support/controller.ts';
import { cooldown, phaseFields, routineFields, warmUp } from '../support/routines.ts';

const topics = topicsOf('couch');
const planted = ['Marlene', 'Oberhuber', 'Knieschmerz', 'hunter2'];

let broker: Broker;
let controller: Controller | null = null;
beforeEach(async () => {
  broker = await Broker.open();
});
afterEach(async () => {
  await controller?.stop();
  controller = null;
  await broker.close();
});

const folder = (): string => mkdtempSync(join(tmpdir(), 'tactus-mqtt-'));

/** A routine of somebody's own, begun at once, for a client. */
function session(): readonly string[] {
  const at = folder();
  const fields = routineFields(
    [
      warmUp({ title: 'Marlene, gently', durationS: 100 }),
      phaseFields({ title: 'Oberhuber', durationS: 100, instruction: 'Knieschmerz' }),
      cooldown(),
    ],
    { id: 'for-marlene', title: 'For Marlene Oberhuber' },
  );
  const steps = [
    { at: 0, intent: 'screen', complaint: true, others: 'no' },
    { at: 0, intent: 'confirm', step: 'position' },
    { at: 0, intent: 'baseline', local: 3, leg: 1 },
    { at: 200, intent: 'start' },
    { at: 200_000, intent: 'end' },
  ];
  writeFileSync(join(at, 'own.json'), JSON.stringify(fields));
  writeFileSync(join(at, 'script.json'), JSON.stringify(steps));
  return ['--routine', join(at, 'own.json'), '--script', join(at, 'script.json'), '--client', 'Q'];
}
const asked = (): readonly string[] => ['--mqtt', `mqtt://127.0.0.1:${broker.port}`, '--mqtt-name', 'couch'];
const isOf = (type: string) => (payload: string) => JSON.parse(payload).type === type;

test('a broker hears how a session goes, and nothing of a person; a stop from there is confirmed; at the end it is off', async () => {
  controller = await startController('--headless', ...session(), ...asked());
  await broker.heard(topics.event, isOf('began'));
  await broker.heard(topics.state, payload => JSON.parse(payload).runs === true);
  expect(broker.of(topics.availability)).toEqual(['online']);
  await broker.publish(topics.stop, '{"id":"wish-1"}');
  const answer = v.parse(answerSchema, JSON.parse(await broker.heard(topics.answer)));
  // The firmware's own STATUS has said so.
  expect(answer).toMatchObject({ id: 'wish-1', confirmed: true });
  await broker.heard(topics.event, isOf('remoteStop'));
  const stopped = await broker.heard(topics.state, payload => JSON.parse(payload).activity === 'stopped');
  expect(JSON.parse(stopped)).toMatchObject({ runs: false, board: 'emulated' });
  expect(await controller.stop('SIGTERM')).toBe(143);
  expect(broker.of(topics.availability)).toEqual(['online', 'offline']);
  expect(JSON.parse(broker.of(topics.state).at(-1) ?? '')).toMatchObject({ activity: 'idle', runs: false });
  const last = broker.of(topics.event).at(-1) ?? '';
  expect(JSON.parse(last)).toMatchObject({ type: 'ended', outcome: 'interrupted' });
  // Each of them is what is listed, once, and nothing else was ever published.
  for (const payload of broker.of(topics.state)) v.parse(stateSchema, JSON.parse(payload));
  const ids = broker.of(topics.event).map(payload => v.parse(eventSchema, JSON.parse(payload)).id);
  expect(new Set(ids).size).toBe(ids.length);
  const all = JSON.stringify(broker.published);
  for (const word of planted) expect(all.toLowerCase()).not.toContain(word.toLowerCase());
  expect(controller.errors()).toContain(
    `127.0.0.1, port ${broker.port}, not encrypted, is told below tactus/couch/`,
  );
  expect(controller.errors()).not.toMatch(/\n\s+at /);
});

test('what one that was killed had not told is told by the next; that is off by its last will when it is killed', async () => {
  const state = folder();
  const { port } = broker;
  await broker.close();
  controller = await startControllerIn(state, '--headless', ...session(), ...asked());
  const queue = join(state, 'mqtt-events.jsonl');
  await until(() => existsSync(queue) && readFileSync(queue, 'utf8').includes('"began"'));
  controller.child.kill('SIGKILL');
  await until(() => controller?.child.signalCode === 'SIGKILL');
  broker = await Broker.open({ port });
  controller = await startControllerIn(state, '--headless', ...asked());
  await broker.heard(topics.event, isOf('began'));
  await until(() => readFileSync(queue, 'utf8') === '');
  const ids = broker.of(topics.event).map(payload => v.parse(eventSchema, JSON.parse(payload)).id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(broker.of(topics.availability)).toEqual(['online']);
  controller.child.kill('SIGKILL');
  controller = null;
  await broker.heard(topics.availability, payload => payload === 'offline');
});

test('a broker that is not there changes nothing of a session, and is said once', async () => {
  const { port } = broker;
  await broker.close();
  controller = await startController('--headless', ...session(), ...asked());
  await until(() => (controller?.errors() ?? '').includes(`port ${port}, does not answer (ECONNREFUSED)`));
  broker = await Broker.open({ port });
  await broker.heard(topics.event, isOf('began'));
  expect(controller.errors().match(/does not answer/g)).toHaveLength(1);
  expect(await controller.stop()).toBe(143);
});

test.each([
  [['--mqtt', 'mqtt://anna:hunter2@broker'], 64, 'TACTUS_MQTT_USERNAME'],
  [['--mqtt', 'http://broker'], 64, 'mqtts://'],
  [['--mqtt-name', 'couch'], 64, '--mqtt'],
])('%j is refused', (words, code, said) => {
  const tried = spawnSync(process.execPath, ['src/tactus.js', 'start', ...words], {
    cwd: packageRoot,
    encoding: 'utf8',
    env: { ...process.env, TACTUS_STATE: folder() },
  });
  expect(tried.status).toBe(code);
  expect(tried.stderr).toContain(said);
  expect(tried.stderr).not.toContain('hunter2');
  expect(tried.stderr.trim().split('\n')).toHaveLength(1);
});
