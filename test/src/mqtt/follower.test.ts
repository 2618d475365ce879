/** A session on a broker, from its motors to what is published: the time left, and stops from afar on the page's own way. */
import * as v from 'valibot';
import { beforeEach, describe, expect, it } from 'vitest';
import { answerSchema, eventSchema, stateSchema } from '../../../src/mqtt/messages.ts';
import { BrokerRig, settled } from '../../support/broker-rig.ts';
import { TestRun } from '../../support/run.ts';

let test: TestRun;
let rig: BrokerRig;
beforeEach(async () => {
  test = new TestRun();
  rig = new BrokerRig(test.run, test.clock);
  await passed(100);
});

/** Time, with all that promises wait for. */
async function passed(ms: number): Promise<void> {
  const until = test.at + ms;
  for (await settled(); test.at < until; await settled()) test.until(Math.min(until, test.at + 10));
}
const states = () =>
  rig.broker.of(rig.topics.state).map(payload => v.parse(stateSchema, JSON.parse(payload)));
const events = () =>
  rig.broker.of(rig.topics.event).map(payload => v.parse(eventSchema, JSON.parse(payload)));
const answers = () =>
  rig.broker.of(rig.topics.answer).map(payload => v.parse(answerSchema, JSON.parse(payload)));
/** Whether the board has been told to be silent since then. */
const hushes = (): number => test.driver.orders.filter(({ type }) => type === 'hush').length;

it('tells the time left each ten seconds while it runs, and each minute that it stands still', async () => {
  test.start();
  await passed(1000);
  const before = states().length;
  await passed(30_000);
  expect(
    states()
      .slice(before)
      .map(({ secondsLeft }) => secondsLeft),
  ).toEqual([230, 220, 210]);
  test.intend({ intent: 'pause' });
  await passed(1000);
  const paused = states().length;
  await passed(58_000);
  expect(states()).toHaveLength(paused);
  await passed(62_000);
  const renewed = states().slice(paused);
  expect(renewed).toMatchObject([
    { activity: 'paused', runs: false },
    { activity: 'paused', runs: false },
  ]);
  // The same, said a minute later.
  const [first, second] = renewed.map(({ at }) => Date.parse(at));
  expect((second ?? 0) - (first ?? 0)).toBe(60_000);
});

it('a stop from there is the page’s own: the motors are off before it is answered', async () => {
  test.start();
  await passed(5000);
  expect(test.run.conductor.frame).not.toBeNull();
  const before = hushes();
  rig.broker.publish(rig.topics.stop, '{"id":"wish-1"}');
  // In the very moment it came.
  expect([test.run.conductor.frame, test.run.state, hushes() > before]).toEqual([null, 'stopped', true]);
  expect(answers()).toEqual([]);
  await passed(50);
  expect(answers()).toMatchObject([{ id: 'wish-1', confirmed: true }]);
  expect(events().slice(-2)).toMatchObject([
    { type: 'activity', activity: 'stopped' },
    { type: 'remoteStop', confirmed: true },
  ]);
  expect(rig.said.filter(line => line.includes('stop came'))).toHaveLength(1);
});

it('one that the firmware does not confirm is answered so', async () => {
  rig.confirms = false;
  test.start();
  await passed(5000);
  rig.broker.publish(rig.topics.stop, 'x');
  await passed(50);
  expect(answers()).toMatchObject([{ id: null, confirmed: false }]);
  expect(events().at(-1)).toMatchObject({ type: 'remoteStop', confirmed: false });
  expect(test.run.state).toBe('stopped');
});

it('a retained stop leaves the session as it is', async () => {
  test.start();
  await passed(5000);
  rig.broker.publish(rig.topics.stop, '{"id":"old"}', true);
  await passed(1000);
  expect([test.run.state, answers()]).toEqual(['warmUp', []]);
});

describe('nothing that comes from there begins or firms anything', () => {
  const payloads = [
    ...['start', 'go', 'resume', 'next', 'extend', 'firmer', 'acknowledge', 'end', 'slip', 'ON', 'OPEN', '1'],
    '{"intent":"start"}',
    '{"intent":"resume"}',
    '{"intent":"afterStop","why":"slip"}',
    '{"intent":"checkIn","local":0,"leg":0,"firmer":true}',
    '{"intent":"screen","complaint":true,"answers":{},"others":"no"}',
    '{"button":"go","down":true}',
    '{"type":"session.start"}',
    '{"type":"session.resume","at":0}',
    '{"id":"x","intent":"start","then":"start","confirmed":false}',
    '{"__proto__":{"intent":"start"},"id":"x"}',
    '[{"intent":"start"}]',
    '\u0000',
  ];
  const topicsTried = (): readonly string[] => [
    ...Object.values(rig.topics),
    ...['start', 'go', 'resume', 'firmer', 'set', 'command', 'stop/set', 'state/set', 'pressure/set'].map(
      name => `tactus/couch/${name}`,
    ),
    'homeassistant/status',
    'homeassistant/device/tactus_x/config',
  ];

  const ready = (): TestRun =>
    test.intend(
      { intent: 'screen', complaint: true, others: 'no' },
      { intent: 'confirm', step: 'position' },
      { intent: 'baseline', local: 0, leg: 0 },
    );
  it.each([
    ['while nobody has answered', () => {}],
    ['while all is ready to begin', () => ready()],
    ['in a session', () => test.start()],
    ['in a pause', () => test.start().for(5000).intend({ intent: 'pause' })],
    ['after a stop', () => test.start().for(5000).intend({ intent: 'stop' })],
  ])('%s', async (_, come) => {
    come();
    await passed(1000);
    const { pressure, ceiling } = test.run.snapshot.context;
    const arms = (): number => test.driver.orders.filter(({ type }) => type === 'arm').length;
    const before = arms();
    for (const topic of topicsTried())
      for (const payload of payloads)
        for (const isOld of [true, false]) {
          rig.broker.publish(topic, payload, isOld);
          await settled();
        }
    await passed(2000);
    expect([test.run.state, test.run.conductor.frame, arms()]).toEqual(['stopped', null, before]);
    expect(test.run.snapshot.context).toMatchObject({ pressure, ceiling });
    // The only thing that has come of all that is a stop.
    expect(new Set(rig.said.filter(line => !line.startsWith('MQTT')))).toEqual(
      new Set(['A stop came from the broker.']),
    );
  });
});

it('at its end nothing runs there any more, and it is off', async () => {
  test.start();
  await passed(5000);
  const closed = rig.follower.close();
  await passed(1000);
  await closed;
  expect(states().at(-1)).toMatchObject({ activity: 'idle', runs: false, outcome: 'interrupted' });
  expect(events().at(-1)).toMatchObject({ type: 'ended', outcome: 'interrupted' });
  expect(rig.broker.taken.at(-1)).toEqual({
    topic: rig.topics.availability,
    payload: 'offline',
    retain: true,
  });
  expect(rig.broker.ends).toEqual(['left']);
});

it('while this process stands still the device is off there, and on again as it goes on', async () => {
  test.start();
  await passed(5000);
  // No word of the pacing side comes through: its own timers are late, the broker's side has others.
  rig.holds = true;
  await passed(30_000);
  expect(rig.broker.ends).toEqual(['cut']);
  rig.holds = false;
  await passed(30_000);
  expect(rig.broker.isUp).toBe(true);
});
