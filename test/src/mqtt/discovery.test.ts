/**
 * What Home Assistant is told. The schemas are written after its documentation: the pages MQTT (device discovery payload),
 * MQTT Sensor, Binary sensor, Event and Button, with the keys that each allows and needs.
 */
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { zones } from '../../../machines/routine/names.ts';
import { sides, stages } from '../../../machines/vocabulary.ts';
import { discoveryOf, eventTypes, nameAnnounced, removalOf } from '../../../src/mqtt/discovery.ts';
import {
  activities,
  boards,
  endings,
  eventSchema,
  pressures,
  renewedEveryMs,
  stateSchema,
} from '../../../src/mqtt/messages.ts';
import { topicsOf } from '../../../src/mqtt/topics.ts';

const text = v.pipe(v.string(), v.minLength(1));
/** A topic that is published to or listened to: no wildcard, no empty level. */
const topic = v.pipe(v.string(), v.regex(/^[^/+#\0]+(\/[^/+#\0]+)*$/), v.maxLength(200));
const category = v.optional(v.picklist(['config', 'diagnostic']));
const icon = v.optional(v.pipe(v.string(), v.regex(/^mdi:[a-z-]+$/)));

/** Every entity of a device discovery needs a platform and an id of its own. */
const entity = {
  name: text,
  unique_id: v.pipe(text, v.regex(/^[A-Za-z0-9_-]+$/)),
  entity_category: category,
  icon,
};
/** In whole seconds. Each of ours has one: two renewals at rest can be lost. */
const expiry = v.pipe(v.number(), v.integer(), v.minValue((2 * renewedEveryMs.resting) / 1000));
const read = { state_topic: v.optional(topic), value_template: text };

const sensor = v.pipe(
  v.strictObject({
    ...entity,
    ...read,
    platform: v.literal('sensor'),
    device_class: v.optional(v.picklist(['enum', 'duration'])),
    options: v.optional(v.pipe(v.array(text), v.minLength(1))),
    unit_of_measurement: v.optional(v.picklist(['d', 'h', 'min', 's', 'ms'])),
    state_class: v.optional(v.picklist(['measurement', 'total', 'total_increasing'])),
    expire_after: expiry,
    entity_category: v.optional(v.literal('diagnostic')),
  }),
  v.check(
    one =>
      one.options === undefined ||
      (one.device_class === 'enum' && one.unit_of_measurement === undefined && one.state_class === undefined),
    'options need device_class enum, and neither a unit nor a state_class beside them',
  ),
  v.check(
    one => one.device_class !== 'duration' || one.unit_of_measurement !== undefined,
    'a duration needs its unit',
  ),
);
const binarySensor = v.strictObject({
  ...entity,
  ...read,
  platform: v.literal('binary_sensor'),
  device_class: v.optional(v.picklist(['connectivity', 'problem', 'running'])),
  expire_after: expiry,
  entity_category: v.optional(v.literal('diagnostic')),
});
const event = v.strictObject({
  ...entity,
  ...read,
  platform: v.literal('event'),
  state_topic: topic,
  event_types: v.pipe(v.array(text), v.minLength(1)),
});
const button = v.strictObject({
  ...entity,
  platform: v.literal('button'),
  command_topic: topic,
  payload_press: v.optional(text),
  retain: v.optional(v.boolean()),
});
const deviceDiscovery = v.strictObject({
  device: v.strictObject({
    identifiers: v.pipe(v.array(text), v.minLength(1)),
    name: text,
    manufacturer: v.optional(text),
    model: v.optional(text),
    sw_version: v.optional(text),
  }),
  origin: v.strictObject({ name: text, sw_version: v.optional(text), support_url: v.optional(text) }),
  availability: v.pipe(
    v.array(
      v.strictObject({
        topic,
        payload_available: v.optional(text),
        payload_not_available: v.optional(text),
      }),
    ),
    v.minLength(1),
  ),
  state_topic: topic,
  qos: v.picklist([0, 1, 2]),
  components: v.record(
    v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]+$/)),
    v.variant('platform', [sensor, binarySensor, event, button]),
  ),
});

const device = { uniqueId: '4f9c2b7e', name: 'room-1', version: '1.2.3' };
const topics = topicsOf('room-1');
const message = discoveryOf(device);
const payload = v.parse(deviceDiscovery, JSON.parse(message.payload));
const { components } = payload;

describe('the announcement to Home Assistant', () => {
  it('is one retained message at the topic of its device, of the documented shape', () => {
    expect(message).toMatchObject({
      topic: 'homeassistant/device/tactus_4f9c2b7e/config',
      qos: 1,
      retain: true,
    });
    expect(payload.device).toEqual({
      identifiers: ['tactus_4f9c2b7e'],
      name: 'Tactus room-1',
      manufacturer: 'Tactus',
      model: 'Massage pacer',
      sw_version: '1.2.3',
    });
    expect(payload.origin).toEqual({ name: 'Tactus', sw_version: '1.2.3' });
  });

  it('has the device’s own topics, and no other', () => {
    expect(payload.availability).toEqual([
      { topic: topics.availability, payload_available: 'online', payload_not_available: 'offline' },
    ]);
    expect(payload.state_topic).toBe(topics.state);
    expect(components.events).toMatchObject({ state_topic: topics.event });
    expect(components.stop).toMatchObject({ command_topic: topics.stop });
    const named = message.payload.match(/tactus\/[^"]*/g) ?? [];
    expect(named.toSorted()).toEqual(
      [topics.availability, topics.event, topics.state, topics.stop].toSorted(),
    );
  });

  it('has ids that no restart, no other name and no other version changes', () => {
    const ids = (one: typeof device): string[] =>
      Object.values(v.parse(deviceDiscovery, JSON.parse(discoveryOf(one).payload)).components).map(
        ({ unique_id }) => unique_id,
      );
    expect(discoveryOf(device)).toEqual(message);
    expect(ids({ ...device, name: 'room-2', version: '9.0.0' })).toEqual(ids(device));
    expect(new Set(ids(device)).size).toBe(Object.keys(components).length);
    expect(ids({ ...device, uniqueId: 'other' }).filter(id => ids(device).includes(id))).toEqual([]);
    // What has been published once is what somebody’s dashboards and automations name.
    expect(ids(device).map(id => id.replace('tactus_4f9c2b7e_', ''))).toEqual([
      'activity',
      'stage',
      'phase',
      'zone',
      'side',
      'timeLeft',
      'pressure',
      'outcome',
      'board',
      'boardConnected',
      'problem',
      'events',
      'stop',
    ]);
  });

  it('offers exactly the words that the device may say', () => {
    const lists = Object.fromEntries(
      Object.entries(components).flatMap(([name, one]) =>
        'options' in one && one.options ? [[name, one.options]] : [],
      ),
    );
    expect(lists).toEqual({
      activity: activities,
      stage: stages,
      zone: zones,
      side: sides,
      pressure: pressures,
      outcome: endings,
      board: boards,
    });
    expect(components.events).toMatchObject({ event_types: eventTypes });
    expect(eventTypes).toEqual(eventSchema.options.map(one => one.entries.type.literal));
    expect(eventTypes.length).toBeGreaterThan(5);
  });

  it('looks only at fields that the state has', () => {
    const asked = Object.entries(components).flatMap(([name, one]) =>
      'value_template' in one
        ? [...one.value_template.matchAll(/\.get\('(\w+)'\)/g)].map(([, field]) => `${name}: ${field}`)
        : [],
    );
    expect(new Set(asked)).toEqual(
      new Set([
        'activity: activity',
        'stage: stage',
        'phase: phase',
        'zone: zone',
        'side: side',
        'timeLeft: secondsLeft',
        'pressure: pressure',
        'outcome: outcome',
        'board: board',
        'boardConnected: board',
        'problem: activity',
      ]),
    );
    const fields = Object.keys(stateSchema.entries);
    expect(asked.filter(one => !fields.includes(one.split(': ')[1] ?? ''))).toEqual([]);
    expect(Object.keys(stateSchema.entries.phase.wrapped.entries)).toEqual(['number', 'of']);
  });

  it('has the one button that stops, and nothing that starts or firms', () => {
    const commands = Object.entries(components).filter(([, one]) => 'command_topic' in one);
    expect(commands.map(([name]) => name)).toEqual(['stop']);
    expect(components.stop).toMatchObject({ platform: 'button', retain: false });
  });

  it('takes a component away by its bare platform, and the device by nothing at all', () => {
    const { components: left } = JSON.parse(discoveryOf(device, { gone: { lamp: 'sensor' } }).payload) as {
      components: Readonly<Record<string, unknown>>;
    };
    expect(left).toEqual({ ...components, lamp: { platform: 'sensor' } });
    expect(removalOf('4f9c2b7e')).toEqual({ ...message, payload: '' });
  });

  it('goes below another prefix where Home Assistant listens there', () => {
    expect(discoveryOf(device, { prefix: 'ha' }).topic).toBe('ha/device/tactus_4f9c2b7e/config');
    expect(removalOf('4f9c2b7e', 'ha').topic).toBe('ha/device/tactus_4f9c2b7e/config');
  });
});

describe('whose announcement it is', () => {
  it('is told by the topic of its state', () => {
    expect(nameAnnounced(message.topic, message.payload)).toBe('room-1');
  });

  it.each([
    ['somebody else’s device', 'homeassistant/device/lamp_1/config', message.payload],
    ['no JSON', message.topic, 'room-1'],
    ['nothing', message.topic, ''],
    ['no state', message.topic, '{}'],
    ['another topic of ours', message.topic, '{"state_topic":"tactus/room-1/event"}'],
    ['no name of a device', message.topic, '{"state_topic":"tactus/+/state"}'],
    ['a list', message.topic, '[]'],
  ])('is nobody’s of ours where it is %s', (_what, topic, text) => {
    expect(nameAnnounced(topic, text)).toBeNull();
  });
});
