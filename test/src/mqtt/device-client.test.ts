/** A device on a broker, in virtual time: what it says in which order, what it does while nobody is there, and who may stop it. */

import * as v from 'valibot';
import { beforeEach, describe, expect, it } from 'vitest';
import type { BrokerSaid } from '../../../src/mqtt/connection-teller.ts';
import { DeviceClient, type DeviceClientPorts } from '../../../src/mqtt/device-client.ts';
import { EventQueue } from '../../../src/mqtt/event-queue.ts';
import { answerSchema, type DeviceEvent, type DeviceState } from '../../../src/mqtt/messages.ts';
import { mostAnswered } from '../../../src/mqtt/stop-wishes.ts';
import { topicsOf } from '../../../src/mqtt/topics.ts';
import { VirtualClock } from '../../../src/time/virtual-clock.ts';
import { FakeBroker } from '../../support/fake-broker.ts';

const topics = topicsOf('couch');
const at = '2026-11-30T12:00:00.000Z';

const state = (secondsLeft: number): DeviceState => ({
  v: 1,
  at,
  activity: 'underway',
  stage: 'strokes',
  phase: { number: 2, of: 3 },
  zone: 'calf',
  side: 'left',
  secondsLeft,
  runs: true,
  pressure: 'light',
  board: 'real',
  outcome: null,
});
const event = (id: string): DeviceEvent => ({ v: 1, id, at, type: 'began' });

class Rig {
  readonly clock = new VirtualClock();
  readonly broker = new FakeBroker(this.clock);
  readonly said: BrokerSaid[] = [];
  readonly queue = new EventQueue({
    path: null,
    say: () => {},
    stamp: () => ({ id: 'dropped-1', at }),
    limits: { events: 5, bytes: 10_000 },
  });
  stops = 0;
  readonly client: DeviceClient;

  constructor(ports: Partial<DeviceClientPorts> = {}) {
    this.client = new DeviceClient({
      clock: this.clock,
      wallNow: () => Date.parse(at) + this.clock.now(),
      random: () => 0.5,
      topics,
      queue: this.queue,
      connect: this.broker.connect,
      say: said => this.said.push(said),
      stop: () => {
        this.stops += 1;
      },
      ...ports,
    });
  }

  for(ms: number): this {
    this.clock.runUntil(this.clock.now() + ms);
    return this;
  }
  get words(): readonly string[] {
    return this.said.map(({ word }) => word);
  }
  get events(): readonly string[] {
    return this.broker.of(topics.event).map(payload => String(JSON.parse(payload).id));
  }
}

let rig: Rig;
beforeEach(() => {
  rig = new Rig();
});

describe('on a connection', () => {
  it('it can be stopped before it says that it is on, and stands there retained', () => {
    rig.client.state(state(60));
    rig.client.open();
    rig.for(20);
    expect(rig.broker.subscribed).toEqual([topics.stop]);
    expect(rig.broker.taken).toEqual([
      { topic: topics.availability, payload: 'online', retain: true },
      { topic: topics.state, payload: JSON.stringify(state(60)), retain: true },
    ]);
    expect(rig.words).toEqual(['connected']);
  });

  it('only the newest state follows the one that is on its way', () => {
    rig.client.open();
    rig.for(10);
    rig.broker.acknowledges = false;
    for (const seconds of [50, 49, 48, 47]) rig.client.state(state(seconds));
    expect(rig.broker.of(topics.state)).toEqual([JSON.stringify(state(50))]);
    rig.broker.acknowledge();
    expect(rig.broker.of(topics.state)).toEqual([50, 47].map(seconds => JSON.stringify(state(seconds))));
  });

  it('events go one by one, each once the one before it is acknowledged', () => {
    rig.client.open();
    rig.for(10);
    rig.broker.acknowledges = false;
    for (const id of ['a', 'b', 'c']) rig.client.event(event(id));
    expect(rig.events).toEqual(['a']);
    rig.broker.acknowledge();
    expect(rig.events).toEqual(['a', 'b']);
    rig.broker.acknowledge();
    rig.broker.acknowledge();
    expect(rig.events).toEqual(['a', 'b', 'c']);
    expect(rig.queue.count).toBe(0);
  });

  it('a broker that acknowledges nothing for ten seconds is left, and the event is sent again', () => {
    rig.client.open();
    rig.for(10);
    rig.broker.acknowledges = false;
    rig.client.event(event('a'));
    rig.for(9_900);
    expect(rig.broker.isUp).toBe(true);
    rig.for(200);
    expect(rig.broker.ends).toEqual(['cut']);
    rig.broker.acknowledges = true;
    rig.for(3000);
    expect(rig.events).toEqual(['a', 'a']);
    expect(rig.queue.count).toBe(0);
  });

  it('what is not taken is said once, and offered again a minute later', () => {
    rig.client.open();
    rig.for(10);
    rig.broker.refuses.set(topics.event, 135);
    rig.client.event(event('a'));
    rig.client.event(event('b'));
    rig.for(59_000);
    expect(rig.events).toEqual(['a']);
    expect(rig.said.filter(({ word }) => word === 'notTaken')).toEqual([{ word: 'notTaken', code: '135' }]);
    rig.broker.refuses.clear();
    rig.for(2000);
    expect(rig.events).toEqual(['a', 'a', 'b']);
  });

  it('what stands there beside the state is published anew when somebody else starts anew', () => {
    const config = { topic: 'homeassistant/device/x/config', payload: '{}', retain: true };
    const announced = new Rig({ retained: [config], renewOn: 'homeassistant/status' });
    announced.client.open();
    announced.for(10);
    expect(announced.broker.of(config.topic)).toEqual(['{}']);
    announced.broker.publish('homeassistant/status', 'offline');
    announced.broker.publish('homeassistant/status', 'online');
    expect(announced.broker.of(config.topic)).toEqual(['{}', '{}']);
    // However often that is said.
    announced.broker.acknowledges = false;
    announced.for(10);
    for (let count = 0; count < 100; count++) announced.broker.publish('homeassistant/status', 'online');
    expect(announced.broker.of(config.topic)).toHaveLength(3);
  });
});

describe('without one', () => {
  it('it is tried ever more seldom, once a minute in the end', () => {
    rig.broker.door = { why: 'unreachable', code: 'ECONNREFUSED' };
    rig.client.open();
    rig.for(400_000);
    const waits = rig.broker.tries.map(({ at: tried }, index, all) => tried - (all[index - 1]?.at ?? 0));
    expect(waits.slice(1, 8).map(ms => Math.round(ms / 1000))).toEqual([1, 2, 4, 8, 16, 32, 60]);
    expect(waits.slice(8).every(ms => Math.round(ms / 1000) === 60)).toBe(true);
    expect(rig.said).toEqual([{ word: 'unreachable', code: 'ECONNREFUSED' }]);
  });

  it('events wait, the oldest are dropped aloud, and all that is left is sent in order, each once', () => {
    rig.client.open();
    rig.for(10);
    rig.broker.door = { why: 'unreachable', code: 'ECONNREFUSED' };
    rig.broker.drop();
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) rig.client.event(event(id));
    rig.for(30_000);
    rig.broker.door = 'open';
    rig.for(60_000);
    expect(rig.events).toEqual(['dropped-1', 'c', 'd', 'e', 'f', 'g']);
    const [dropped = ''] = rig.broker.of(topics.event);
    expect(JSON.parse(dropped)).toMatchObject({ type: 'dropped', count: 2 });
    expect(rig.words).toEqual(['connected', 'dropped', 'lost', 'connected']);
  });

  it('a loss that is mended within three seconds is nobody’s concern', () => {
    rig.client.open();
    rig.for(10);
    for (let loss = 0; loss < 3; loss++) {
      rig.broker.drop();
      rig.for(40_000);
    }
    expect(rig.broker.tries).toHaveLength(4);
    expect(rig.words).toEqual(['connected']);
  });

  it('three that do not hold are said once: another device may have the same name', () => {
    rig.client.open();
    for (let loss = 0; loss < 6; loss++) {
      for (let step = 0; step < 200 && !rig.broker.isUp; step++) rig.for(500);
      rig.for(100);
      expect(rig.words.includes('unsteady')).toBe(loss >= 3);
      rig.broker.drop();
    }
    expect(rig.words.filter(word => word === 'unsteady')).toHaveLength(1);
  });

  it.each([
    [{ why: 'refusedUser', code: '134' }, 60_000],
    [{ why: 'takenOver', code: '142' }, 60_000],
    [{ why: 'unknownCertificate', code: 'SELF_SIGNED_CERT_IN_CHAIN' }, 1000],
  ] as const)('%o is said once and tried again after %i ms', (door, waitMs) => {
    rig.broker.door = door;
    rig.client.open();
    rig.for(waitMs + 500);
    expect(rig.broker.tries.map(({ at: tried }) => tried)).toEqual([0, waitMs + 5]);
    rig.for(200_000);
    expect(rig.said).toEqual([{ word: door.why, code: door.code }]);
  });

  it('a broker that does not know MQTT 5 is spoken to in MQTT 3.1.1 at once', () => {
    rig.broker.knowsMqtt5 = false;
    rig.client.open();
    rig.for(30);
    expect(rig.broker.tries.map(({ version }) => version)).toEqual([5, 4]);
    expect(rig.words).toEqual(['connectedOld']);
  });

  it('a broker that knows neither is not asked all the time', () => {
    rig.broker.door = { why: 'oldProtocol', code: '1' };
    rig.client.open();
    rig.for(60_000);
    expect(rig.broker.tries.length).toBeLessThan(10);
    expect(rig.said).toEqual([{ word: 'refused', code: '1' }]);
  });

  it('while who paces does not answer, the line is cut, and made anew when it does', () => {
    rig.client.open();
    rig.for(10);
    rig.client.suspend();
    rig.for(300_000);
    expect([rig.broker.ends, rig.broker.tries.length]).toEqual([['cut'], 1]);
    rig.client.open();
    rig.for(10);
    expect(rig.broker.isUp).toBe(true);
  });
});

describe('a stop', () => {
  beforeEach(() => {
    rig.client.open();
    rig.for(10);
  });
  const answers = () =>
    rig.broker.of(topics.answer).map(payload => v.parse(answerSchema, JSON.parse(payload)));

  it.each([
    ['a wish with an id', '{"id":"one"}', 'one'],
    ['one that says more', '{"id":"one","more":true}', 'one'],
    ['nothing at all', '', null],
    ['a word', 'PRESS', null],
    ['an id that is none', '{"id":7}', null],
    ['a list', '[]', null],
    ['noise', '\u0000\uFFFF', null],
    ['an id that is too long', `{"id":"${'x'.repeat(65)}"}`, null],
    ['five thousand blanks', ' '.repeat(5000), null],
  ])('with %s stops, and is answered', (_, payload, id) => {
    rig.broker.publish(topics.stop, payload);
    expect(rig.stops).toBe(1);
    rig.for(15);
    rig.client.stopped(true);
    expect(answers()).toMatchObject([{ id, confirmed: true, tookMs: 15 }]);
  });

  it('that was retained is old: it stops nothing, and that is said once', () => {
    for (let count = 0; count < 3; count++) rig.broker.publish(topics.stop, '{"id":"old"}', true);
    expect([rig.stops, answers()]).toEqual([0, []]);
    expect(rig.words).toEqual(['connected', 'staleStop']);
  });

  it('that nobody carries out within three seconds is answered as not confirmed', () => {
    rig.broker.publish(topics.stop, '{"id":"one"}');
    rig.for(3100);
    expect(answers()).toMatchObject([{ id: 'one', confirmed: false, tookMs: 3000 }]);
    rig.client.stopped(true);
    expect(answers()).toHaveLength(1);
  });

  it('that comes while another is carried out is one more stop, and has its own answer', () => {
    rig.broker.publish(topics.stop, '{"id":"one"}');
    rig.broker.publish(topics.stop, '{"id":"two"}');
    rig.broker.publish(topics.stop, '{"id":"three"}');
    expect(rig.stops).toBe(1);
    rig.for(15);
    rig.client.stopped(true);
    // Not in the very same moment.
    expect(rig.stops).toBe(1);
    rig.for(25);
    expect(rig.stops).toBe(2);
    rig.client.stopped(false);
    expect(answers().map(({ id, confirmed }) => [id, confirmed])).toEqual([
      ['one', true],
      ['two', false],
      ['three', false],
    ]);
    expect(rig.stops).toBe(2);
  });

  it('a thousand at once are two stops and a bounded number of answers', () => {
    for (let count = 0; count < 1000; count++) rig.broker.publish(topics.stop, `{"id":"${count}"}`);
    rig.client.stopped(true);
    rig.for(40);
    rig.client.stopped(true);
    rig.for(5000);
    expect(rig.stops).toBe(2);
    expect(answers()).toHaveLength(mostAnswered);
  });

  it('that follows one a second ago is carried out in the very moment', () => {
    rig.broker.publish(topics.stop, '');
    rig.client.stopped(true);
    rig.for(1000);
    rig.broker.publish(topics.stop, '');
    expect(rig.stops).toBe(2);
  });

  it('that comes without an end for a second is at most 26 stops, each carried out', () => {
    for (let ms = 0; ms < 1000; ms++) {
      rig.broker.publish(topics.stop, '');
      rig.client.stopped(true);
      rig.for(1);
    }
    expect([rig.stops >= 24, rig.stops <= 26]).toEqual([true, true]);
  });

  it('is all that is listened to: whatever else is sent, wherever, does nothing', () => {
    const elsewhere = [
      ...Object.values(topics).filter(topic => topic !== topics.stop),
      'tactus/couch/start',
      'tactus/couch/resume',
      'tactus/couch/go',
      'tactus/couch/firmer',
      'tactus/couch/stop/start',
      'tactus/couch/set',
      'tactus/stop',
      'homeassistant/status',
    ];
    const before = rig.broker.sent.length;
    for (const topic of elsewhere) {
      rig.broker.publish(topic, '{"intent":"start"}');
      expect(rig.broker.subscribed).not.toContain(topic);
    }
    rig.for(1000);
    expect([rig.stops, rig.broker.sent.length]).toEqual([0, before]);
  });

  it('cannot be had where the broker does not allow it, and that is said', () => {
    const barred = new Rig();
    barred.broker.refuses.set(topics.stop, 135);
    barred.client.open();
    barred.for(10);
    expect(barred.said).toContainEqual({ word: 'noStop', code: '135' });
  });
});

describe('at its end', () => {
  it('what waits is told, then that it is off, then it leaves in form', async () => {
    rig.client.open();
    rig.for(10);
    rig.client.event(event('a'));
    rig.client.event(event('b'));
    rig.client.state(state(1));
    const closed = rig.client.close();
    for (let turn = 0; turn < 20; turn++) {
      rig.for(50);
      await Promise.resolve();
    }
    await closed;
    expect(rig.broker.taken.slice(-1)).toEqual([
      { topic: topics.availability, payload: 'offline', retain: true },
    ]);
    expect(rig.broker.taken.map(({ topic }) => topic)).toEqual(
      expect.arrayContaining([topics.event, topics.state]),
    );
    expect([rig.events, rig.broker.ends]).toEqual([['a', 'b'], ['left']]);
  });

  it('a broker that says nothing is not waited for longer than 600 ms', async () => {
    rig.client.open();
    rig.for(10);
    rig.broker.acknowledges = false;
    rig.client.event(event('a'));
    const began = rig.clock.now();
    let closedAt: number | null = null;
    const closed = rig.client.close().then(() => {
      closedAt = rig.clock.now();
    });
    for (let turn = 0; turn < 20 && closedAt === null; turn++) {
      rig.for(50);
      for (let tick = 0; tick < 5; tick++) await Promise.resolve();
    }
    await closed;
    expect((closedAt ?? Number.POSITIVE_INFINITY) - began).toBeLessThanOrEqual(650);
    expect(rig.broker.ends).toEqual(['cut']);
  });
});
