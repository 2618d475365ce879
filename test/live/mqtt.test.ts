/** `start --mqtt` from outside: what a broker hears of it, a stop from there, and how it goes. */
import * as v from 'valibot';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { answerSchema, eventSchema, stateSchema } from '../../src/mqtt/messages.ts';
import { topicsOf } from '../../src/mqtt/topics.ts';
import { Broker } from '../support/broker.ts';
import { type Controller, startController } from '../support/controller.ts';
import { brokerWords, isOf, planted, sessionWords, toldAs } from '../support/told-start.ts';

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

test('a broker hears how a session goes, and nothing of a person; a stop from there is confirmed; at the end it is off', async () => {
  controller = await startController('--headless', ...sessionWords(), ...brokerWords(broker.port));
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
