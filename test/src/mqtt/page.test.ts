/** What the page about MQTT shows is what is published, and what its access list grants is what each needs. */
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { toldDevice } from '../../../src/app/fleet/told.ts';
import { eventTypes } from '../../../src/mqtt/discovery.ts';
import { answerSchema, eventSchema, stateSchema, stopSchema } from '../../../src/mqtt/messages.ts';
import { topicsOf, watched } from '../../../src/mqtt/topics.ts';
import { deviceState } from '../../support/fleet.ts';
import { fencesOf, pageText } from '../../support/markdown.ts';

const page = pageText('src/mqtt/README.md');
const blocks = (kind: string): readonly string[] =>
  fencesOf(page)
    .filter(({ language }) => language === kind)
    .map(({ text }) => text);
const parsed = (kind: string): readonly unknown[] => blocks(kind).map(text => JSON.parse(text));

const text = v.pipe(v.string(), v.minLength(1));
const credentials = v.strictObject({ username: text, password: text, ca: v.optional(text) });

describe('the page about MQTT', () => {
  it('shows payloads of the contract, each of its kind', () => {
    const kinds = {
      state: stateSchema,
      event: eventSchema,
      stop: stopSchema,
      answer: answerSchema,
      credentials,
    };
    for (const [kind, schema] of Object.entries(kinds)) {
      const shown = parsed(`json ${kind}`);
      expect([kind, shown.length > 0]).toEqual([kind, true]);
      for (const one of shown) expect(v.safeParse(schema, one).issues).toBeUndefined();
    }
    const known = [...Object.keys(kinds), 'device', 'node-red'].map(kind => `json ${kind}`);
    const others = fencesOf(page).filter(
      ({ language }) => language.startsWith('json') && !known.includes(language),
    );
    expect(others).toEqual([]);
  });

  it('shows a device of the list as it is printed for scripts', () => {
    const [shown] = parsed('json device') as [Record<string, unknown>];
    const told = toldDevice({
      name: 'room-1',
      isLive: true,
      silentSince: null,
      secondsLeft: 744,
      state: deviceState(),
      lastEvent: null,
    });
    expect(Object.keys(shown)).toEqual(Object.keys(told));
    expect(v.safeParse(stateSchema, shown.state).issues).toBeUndefined();
  });

  it('names every kind of event, and every topic with who publishes it', () => {
    expect(eventTypes.filter(type => !page.includes(`\`${type}\``))).toEqual([]);
    for (const topic of Object.values(topicsOf('NAME'))) expect(page).toContain(`| \`${topic}\` |`);
  });

  it('grants a device its own topics alone, and whoever watches no more than it listens to', () => {
    const [list = ''] = blocks('acl');
    const lines = list.split('\n').filter(line => line !== '' && !line.startsWith('#'));
    const patterns = lines.filter(line => line.startsWith('pattern '));
    const { availability, state, event, answer, stop } = topicsOf('%u');
    expect(patterns).toEqual([
      ...[availability, state, event, answer].map(topic => `pattern write ${topic}`),
      `pattern read ${stop}`,
      'pattern write homeassistant/device/+/config',
      'pattern read homeassistant/status',
    ]);
    const from = lines.indexOf('user fleet');
    const fleet = lines.slice(from + 1, lines.indexOf('user homeassistant'));
    expect(fleet).toEqual([
      ...watched().map(topic => `topic read ${topic}`),
      `topic write ${topicsOf('+').stop}`,
    ]);
  });

  it('has a flow for Node-RED whose wires lead somewhere, by topics of the contract', () => {
    const node = v.looseObject({
      id: text,
      type: text,
      z: v.optional(text),
      broker: v.optional(text),
      topic: v.optional(text),
      wires: v.optional(v.array(v.array(text))),
    });
    const [flow] = parsed('json node-red');
    const nodes = v.parse(v.pipe(v.array(node), v.minLength(3)), flow);
    const ids = nodes.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const led = nodes.flatMap(({ z, wires = [] }) => [...(z ? [z] : []), ...wires.flat()]);
    expect(led.filter(id => !ids.includes(id))).toEqual([]);
    const brokers = nodes.filter(({ type }) => type.startsWith('mqtt ')).map(({ broker }) => broker);
    expect(brokers.filter(id => id === undefined || !ids.includes(id))).toEqual([]);
    expect(nodes.find(({ type }) => type === 'mqtt in')?.topic).toBe(topicsOf('+').state);
    expect(nodes.find(({ type }) => type === 'mqtt out')).toMatchObject({
      topic: topicsOf('room-1').stop,
      retain: 'false',
    });
  });
});
