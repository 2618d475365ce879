/** Many devices in one process, on one broker: each is heard in full and in order, and each can be stopped. */

import * as v from 'valibot';
import { afterEach, expect, it } from 'vitest';
import { answerSchema, eventSchema } from '../../../src/mqtt/messages.ts';
import { topicsOf } from '../../../src/mqtt/topics.ts';
import { SystemClock } from '../../../src/time/system-clock.ts';
import { Broker, until } from '../../support/broker.ts';
import { SimulatedDevice } from '../../support/simulated-device.ts';

let broker: Broker;
const devices: SimulatedDevice[] = [];
afterEach(async () => {
  await Promise.all(devices.splice(0).map(device => device.close()));
  await broker.close();
});

it('twenty of them lose nothing and double nothing, over a broker that goes and comes back', async () => {
  broker = await Broker.open();
  const { port } = broker;
  const clock = new SystemClock();
  for (let count = 0; count < 20; count++) {
    const device = new SimulatedDevice({
      address: broker.address,
      name: `device-${count}`,
      clock,
      everyMs: 200,
    });
    device.start(count * 10);
    devices.push(device);
  }
  await until(() => devices.every(({ isUp, events }) => isUp && events.length > 3));
  const before = broker.published;
  await broker.close();
  broker = await Broker.open({ port });
  await until(() => devices.every(({ isUp }) => isUp));
  await broker.publish(topicsOf('device-7').stop, '{"id":"wish"}');
  const answer = v.parse(answerSchema, JSON.parse(await broker.heard(topicsOf('device-7').answer)));
  expect([answer.id, answer.confirmed, devices[7]?.stops]).toEqual(['wish', true, 1]);
  await Promise.all(devices.map(device => device.close()));
  const all = [...before, ...broker.published];
  for (const [index, { events }] of devices.entries()) {
    const topics = topicsOf(`device-${index}`);
    const ids = all
      .filter(({ topic }) => topic === topics.event)
      .map(({ payload }) => v.parse(eventSchema, JSON.parse(payload)).id);
    // At least once, and by their names once; whatever still waited at the end waits for the next start.
    const distinct = [...new Set(ids)];
    expect(distinct).toEqual(events.slice(0, distinct.length));
    expect(distinct.length).toBeGreaterThan(3);
    expect(broker.of(topics.availability).at(-1)).toBe('offline');
  }
});
