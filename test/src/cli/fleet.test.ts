/** What `tactus fleet` does once and ends, within the test's own process, where waiting until all is said takes no time. */
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { thisMachine } from '../../../src/app/surroundings.ts';
import { discoveryOf } from '../../../src/mqtt/discovery.ts';
import { topicsOf } from '../../../src/mqtt/topics.ts';
import type { Ended } from '../../support/cli.ts';
import { HurriedClock } from '../../support/hurried-clock.ts';
import { InProcess } from '../../support/in-process.ts';
import { SmallBroker } from '../../support/small-broker.ts';

async function run(words: readonly string[]): Promise<Ended> {
  const input = new PassThrough();
  input.end();
  const clock = new HurriedClock();
  try {
    return await new InProcess(words, { ...thisMachine(), clock, input }).ended;
  } finally {
    clock.close();
  }
}

const fleet = (broker: SmallBroker, ...words: readonly string[]) =>
  run(['fleet', '--mqtt', broker.url, ...words]);

describe('the list', () => {
  it('is one JSON document for scripts, of 200 devices too', async () => {
    const broker = await SmallBroker.open();
    await broker.rooms(200);
    await broker.device('room-7');
    const { code, out } = await fleet(broker, '--json');
    const told = JSON.parse(out) as { devices: { name: string; live: boolean }[] };
    expect([code, told.devices.length]).toEqual([0, 200]);
    expect(told.devices.filter(({ live }) => live).map(({ name }) => name)).toEqual(['room-7']);
  });

  it('says that there is nobody, and is no failure', async () => {
    const broker = await SmallBroker.open();
    expect(await fleet(broker)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^No device has said anything/),
    });
  });
});

describe('a stop', () => {
  it('ends with 0 once the device has confirmed it, and is never kept by the broker', async () => {
    const broker = await SmallBroker.open();
    await broker.device('room-1');
    const { code, out } = await fleet(broker, '--stop', 'room-1');
    expect([code, out]).toEqual([0, 'room-1: motors off, confirmed by the device in 14 ms\n']);
    expect(broker.stops).toEqual([
      {
        topic: 'tactus/room-1/stop',
        payload: expect.stringMatching(/^\{"id":"[0-9a-f-]{36}"\}$/),
        retain: false,
      },
    ]);
  });

  it('of all says which device has not confirmed, and which has not answered', async () => {
    const broker = await SmallBroker.open();
    await broker.device('room-1');
    await broker.device('room-2', { answers: false });
    expect(await fleet(broker, '--stop-all')).toMatchObject({
      code: 75,
      err: 'tactus: Not stopped, or not known to be: room-2\n',
    });
    await broker.device('room-3', { answers: null });
    const { code, out, err } = await fleet(broker, '--stop-all', '--wait', '2', '--json');
    expect([code, err]).toEqual([69, 'tactus: Not stopped, or not known to be: room-2, room-3\n']);
    expect(JSON.parse(out)).toEqual([
      { name: 'room-1', result: 'confirmed', tookMs: 14 },
      { name: 'room-2', result: 'unconfirmed', tookMs: 14 },
      { name: 'room-3', result: 'silent', tookMs: null },
    ]);
  });

  it('of all where nobody is known has stopped nobody', async () => {
    const broker = await SmallBroker.open();
    expect(await fleet(broker, '--stop-all')).toMatchObject({ code: 69 });
  });
});

describe('a device that is gone', () => {
  it('is forgotten with its announcement; one that is connected is not', async () => {
    const broker = await SmallBroker.open();
    const { client } = await broker.device('room-1');
    const { topic, payload } = discoveryOf({ uniqueId: 'abc', name: 'room-1', version: '1' });
    await broker.keep(topic, payload);
    expect(await fleet(broker, '--forget', 'room-1')).toMatchObject({ code: 75 });
    await client.publishAsync(topicsOf('room-1').availability, 'offline', { qos: 1, retain: true });
    const { code, out } = await fleet(broker, '--forget', 'room-1', '--json');
    expect([code, JSON.parse(out)]).toEqual([
      0,
      { name: 'room-1', topics: [topic, 'tactus/room-1/availability', 'tactus/room-1/state'] },
    ]);
    expect(await fleet(broker)).toMatchObject({ out: expect.stringMatching(/^No device/) });
    expect(await fleet(broker, '--forget', 'room-1')).toMatchObject({ code: 66 });
  });
});

describe('what cannot be', () => {
  it('is said in one line: a wrong password, no broker, a secret on the command line, two wishes at once', async () => {
    const broker = await SmallBroker.open({ password: 'right' });
    const { url } = broker;
    expect(await fleet(broker)).toMatchObject({
      code: 77,
      err: expect.stringMatching(/^tactus: .*refuses this user.*\n$/),
    });
    await broker.cut();
    expect(await fleet(broker)).toMatchObject({
      code: 69,
      err: expect.stringMatching(/^tactus: .*no broker answers.*\n$/),
    });
    const secret = await run(['fleet', '--mqtt', url.replace('//', '//anna:secret@')]);
    expect(secret.code).toBe(64);
    expect(secret.err).not.toContain('secret');
    expect(await fleet(broker, '--stop', 'a', '--stop-all')).toMatchObject({ code: 64 });
    expect(await fleet(broker, '--stop', 'No Name')).toMatchObject({ code: 64 });
  });
});
