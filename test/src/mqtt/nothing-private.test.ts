/**
 * What leaves for a broker, over many sessions of chance: every payload is read. It is made of closed lists, numbers and
 * times alone, and nothing that somebody has written, answered or is called is in it.
 */
import * as v from 'valibot';
import { expect, it } from 'vitest';
import type { Routine } from '../../../machines/routine/schema.ts';
import type { Message } from '../../../src/mqtt/connection.ts';
import { discoveryOf } from '../../../src/mqtt/discovery.ts';
import { answerSchema, eventSchema, stateSchema } from '../../../src/mqtt/messages.ts';
import { rememberedStage } from '../../../src/simulation/recorded-stage.ts';
import { simulate } from '../../../src/simulation/simulate.ts';
import { BrokerRig } from '../../support/broker-rig.ts';
import { isLong } from '../../support/length.ts';
import { randomScript } from '../../support/random-script.ts';
import { cooldown, phaseFields, ramp, routine, warmUp } from '../../support/routines.ts';
import { type RawStep, stepsOf } from '../../support/simulated.ts';

const sessions = isLong ? 200 : 16;

/** Words that stand wherever a person can write, or that name what a person can answer. */
const planted = ['Marlene', 'Oberhuber', 'sciatic', 'Knieschmerz', 'for-marlene', 'client', 'Quietly'];

const own: Routine = routine(
  [
    warmUp({ id: 'marleneWarm', title: 'Marlene, gently', instruction: 'As Marlene Oberhuber likes it.' }),
    phaseFields({ id: 'oberhuber', title: 'Oberhuber’s calf', zone: 'calf', instruction: 'Quietly.' }),
    ramp({ id: 'knieschmerz', title: 'Knieschmerz', durationS: 120, instruction: 'sciatic' }),
    cooldown({ id: 'clientQ', title: 'Client Q' }),
  ],
  { id: 'for-marlene', title: 'For Marlene Oberhuber', summary: 'Knieschmerz, client Q' },
);

/** What people say beside what moves a session: answers of all kinds, symptoms, places, why they stopped. */
const confided: readonly RawStep[] = [
  { at: 5000, intent: 'pause', why: 'toilet' },
  { at: 6500, intent: 'resume' },
  { at: 9000, intent: 'checkIn', local: 7, leg: 2, firmer: false },
  { at: 15_000, intent: 'symptom', id: 'dizziness' },
  { at: 16_000, intent: 'afterStop', why: 'pain' },
  { at: 17_000, intent: 'after', local: 8, leg: 6 },
];
const declines: readonly RawStep[] = [
  { at: 100, intent: 'screen', complaint: true, answers: { S1: 'yes' } },
  { at: 500, intent: 'end' },
];

const scriptOf = (seed: number): readonly RawStep[] => {
  if (seed % 20 === 0) return declines;
  const script = randomScript(seed, 20_000);
  return seed % 2 === 0
    ? [...script, ...confided].toSorted((one, other) => Number(one.at) - Number(other.at))
    : script;
};

async function published(seed: number): Promise<readonly Message[]> {
  const stage = rememberedStage();
  const rigs: BrokerRig[] = [];
  try {
    await simulate(
      // Between two deadlines promises have their turn, as they do on a machine.
      { ...stage, hop: async () => stage.hop() },
      {
        routine: own,
        steps: stepsOf(scriptOf(seed)),
        product: 'test',
        follow: run => {
          const rig = new BrokerRig(run, stage.clock);
          rigs.push(rig);
          // Every third is stopped from there in its middle.
          if (seed % 3 === 0)
            stage.clock.at(8000, () => rig.broker.publish(rig.topics.stop, '{"id":"Marlene-1"}'));
        },
      },
    );
    const closed = rigs.map(({ follower }) => follower.close());
    for (let step = 0; step < 200; step++) {
      stage.clock.runUntil(stage.clock.now() + 10);
      await Promise.resolve();
    }
    await Promise.all(closed);
    return rigs.flatMap(({ broker }) => broker.sent);
  } finally {
    stage.close();
  }
}

const schemas = { state: stateSchema, event: eventSchema, answer: answerSchema };
const topics = {
  'tactus/couch/state': schemas.state,
  'tactus/couch/event': schemas.event,
  'tactus/couch/stop/answer': schemas.answer,
} as const;
const isKnown = (topic: string): topic is keyof typeof topics => Object.hasOwn(topics, topic);

/** Whatever is text and in no closed list: times, ids of events, the asker's own id. */
const free = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z|0123456789abcdef-\d+|[0-9a-f]{16}-[0-9a-f]{12})$/;

function strangeIn({ topic, payload }: Message): string | null {
  if (topic === 'tactus/couch/availability') return /^(online|offline)$/.test(payload) ? null : payload;
  if (!isKnown(topic)) return topic;
  const parsed = v.safeParse(topics[topic], JSON.parse(payload));
  if (!parsed.success) return `${topic} ${payload}`;
  const { at, id = null } = { id: null, ...parsed.output };
  if (!free.test(at)) return payload;
  return id === null || free.test(id) || topic === 'tactus/couch/stop/answer' ? null : payload;
}

it(`of ${sessions} sessions nothing leaves but what is listed, and nothing of a person`, {
  timeout: 180_000,
}, async () => {
  let count = 0;
  const kinds = new Set<string>();
  for (let seed = 1; seed <= sessions; seed++) {
    const messages = await published(seed);
    count += messages.length;
    for (const message of messages) {
      const strange = strangeIn(message);
      if (strange !== null) expect([seed, strange]).toEqual([seed, null]);
      const isAsked = message.topic === 'tactus/couch/stop/answer';
      // Whoever asks has the id back that it gave.
      const payload = message.payload.toLowerCase();
      const leaked = planted.filter(word => !isAsked && payload.includes(word.toLowerCase()));
      if (leaked.length > 0) expect([payload, leaked]).toEqual([payload, []]);
      if (message.topic === 'tactus/couch/event') kinds.add(String(JSON.parse(message.payload).type));
      if (isAsked) kinds.add('answer');
    }
  }
  // It was no idle look: all there is has been seen.
  expect([...kinds].sort()).toEqual(['activity', 'answer', 'began', 'ended', 'fault', 'remoteStop', 'stage']);
  expect(count).toBeGreaterThan(sessions * 10);
});

it('and the look would find something', () => {
  const state = {
    v: 1,
    at: '2026-11-30T12:00:00.000Z',
    activity: 'idle',
    stage: null,
    phase: null,
    zone: null,
  };
  const rest = { side: null, secondsLeft: null, runs: false, pressure: null, board: 'real', outcome: null };
  const as = (more: object): Message => ({
    topic: 'tactus/couch/state',
    payload: JSON.stringify({ ...state, ...rest, ...more }),
    retain: true,
  });
  expect(strangeIn(as({}))).toBeNull();
  expect(strangeIn(as({ title: 'x' }))).not.toBeNull();
  expect(strangeIn(as({ activity: 'Marlene' }))).not.toBeNull();
  expect(strangeIn(as({ outcome: 'declined' }))).not.toBeNull();
  expect(strangeIn({ topic: 'tactus/couch/note', payload: '{}', retain: true })).not.toBeNull();
});

it('what Home Assistant is told of a device is the same whatever is played on it', () => {
  const { payload } = discoveryOf({ uniqueId: 'a'.repeat(32), name: 'couch', version: '1' });
  for (const word of planted) expect(payload.toLowerCase()).not.toContain(word.toLowerCase());
});
