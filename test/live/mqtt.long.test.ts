/** `start --mqtt` from outside: one that is killed, a broker that is not there, and what is refused. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { packageRoot } from '../../src/installed.ts';
import { eventSchema } from '../../src/mqtt/messages.ts';
import { topicsOf } from '../../src/mqtt/topics.ts';
import { Broker, until } from '../support/broker.ts';
import { type Controller, startController, startControllerIn } from '../support/controller.ts';
import { brokerWords, isOf, newFolder, refusedStarts, sessionWords, toldAs } from '../support/told-start.ts';

const topics = topicsOf(toldAs);

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

test('what one that was killed had not told is told by the next; that is off by its last will when it is killed', async () => {
  const state = newFolder();
  const { port } = broker;
  await broker.close();
  controller = await startControllerIn(state, '--headless', ...sessionWords(), ...brokerWords(broker.port));
  const queue = join(state, 'mqtt-events.jsonl');
  await until(() => existsSync(queue) && readFileSync(queue, 'utf8').includes('"began"'));
  controller.child.kill('SIGKILL');
  await until(() => controller?.child.signalCode === 'SIGKILL');
  broker = await Broker.open({ port });
  controller = await startControllerIn(state, '--headless', ...brokerWords(broker.port));
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
  controller = await startController('--headless', ...sessionWords(), ...brokerWords(broker.port));
  await until(() => (controller?.errors() ?? '').includes(`port ${port}, does not answer (ECONNREFUSED)`));
  broker = await Broker.open({ port });
  await broker.heard(topics.event, isOf('began'));
  expect(controller.errors().match(/does not answer/g)).toHaveLength(1);
  expect(await controller.stop()).toBe(143);
});

test.each(refusedStarts)('%j is refused', (words, code, said) => {
  const tried = spawnSync(process.execPath, ['src/tactus.js', 'start', ...words], {
    cwd: packageRoot,
    encoding: 'utf8',
    env: { ...process.env, TACTUS_STATE: newFolder() },
  });
  expect(tried.status).toBe(code);
  expect(tried.stderr).toContain(said);
  expect(tried.stderr).not.toContain('hunter2');
  expect(tried.stderr.trim().split('\n')).toHaveLength(1);
});
