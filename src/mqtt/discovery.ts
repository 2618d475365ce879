/**
 * What tells Home Assistant of a device: one retained message with all its entities, as its "device discovery payload" has it
 * (https://www.home-assistant.io/integrations/mqtt/#device-discovery-payload, since 2024.11). Whatever the device says of
 * itself stands in its own topics; here is only where to look for it.
 *
 * Each `value_template` says `None` where there is nothing to say, which Home Assistant shows as unknown, and none fails
 * on a message that is empty or is no JSON.
 */
import * as v from 'valibot';
import { zones } from '../../machines/routine/names.ts';
import { homeAssistantWords } from '../../machines/text/home-assistant.ts';
import { fill } from '../../machines/text/text.ts';
import { sides, stages } from '../../machines/vocabulary.ts';
import {
  activities,
  boards,
  type DeviceEvent,
  type DeviceState,
  endings,
  eventSchema,
  pressures,
  silentAfterMs,
} from './messages.ts';
import { nameIn, type Topics, topicsOf } from './topics.ts';

const words = homeAssistantWords;

/** Where Home Assistant listens unless somebody has told it otherwise. */
export const discoveryPrefix = 'homeassistant';

/** Home Assistant says `online` there whenever it has started: what it may have missed is then told anew. */
export const homeAssistantStatus = `${discoveryPrefix}/status`;

/** `uniqueId` stays a device's own whatever it is called: it is made once and kept. `version`: of the program. */
export type DiscoveredDevice = Readonly<{ uniqueId: string; name: string; version: string }>;

/** A message that a broker keeps. An empty payload takes away what it has kept. */
export type RetainedMessage = Readonly<{ topic: string; payload: string; qos: 1; retain: true }>;

/** Home Assistant lets an id in a topic be made of letters, digits, `_` and `-`; ours is of hexadecimal digits. */
const idOf = (uniqueId: string): string => `tactus_${uniqueId}`;
const topicOf = (uniqueId: string, prefix: string): string => `${prefix}/device/${idOf(uniqueId)}/config`;

/** A field of the state, `None` where it is null. */
const field = (name: keyof DeviceState): string => `(value_json | default({})).get('${name}')`;
const says = (expression: string): string => `{{ ${expression} }}`;

/** In s. A device that died while its broker was away is not told as if it were there. */
const expires = { expire_after: silentAfterMs.resting / 1000 };

/** A word out of a closed list. */
const word = (name: keyof DeviceState, options: readonly string[]) => ({
  platform: 'sensor',
  device_class: 'enum',
  ...expires,
  options,
  value_template: says(field(name)),
});

/** On or off by one field of the state; unknown where there is none. */
const flag = (name: keyof DeviceState, value: string, whereSo: 'ON' | 'OFF') => ({
  platform: 'binary_sensor',
  ...expires,
  entity_category: 'diagnostic',
  value_template: says(
    `('${whereSo}' if ${field(name)} == '${value}' else '${whereSo === 'ON' ? 'OFF' : 'ON'}') if ${field(name)} else None`,
  ),
});

/** Every kind of event, as the contract has them. */
export const eventTypes: readonly DeviceEvent['type'][] = eventSchema.options.map(
  ({ entries }) => entries.type.literal,
);

/** An event with its own fields beside its type; what is none is passed over. */
const eventTemplate =
  '{% if value_json is defined and value_json.type is defined %}{{ dict(value_json, event_type=value_json.type) | tojson }}{% endif %}';

/** The entities by the names that stand for them in their ids: a name that has been used never means anything else. */
const componentsOf = ({ event, stop }: Topics) => ({
  activity: word('activity', activities),
  stage: word('stage', stages),
  phase: {
    platform: 'sensor',
    ...expires,
    value_template: `{% set phase = ${field('phase')} %}{{ phase.number ~ '/' ~ phase.of if phase else None }}`,
  },
  zone: word('zone', zones),
  side: word('side', sides),
  timeLeft: {
    platform: 'sensor',
    ...expires,
    device_class: 'duration',
    unit_of_measurement: 's',
    value_template: says(field('secondsLeft')),
  },
  pressure: word('pressure', pressures),
  outcome: word('outcome', endings),
  board: { ...word('board', boards), entity_category: 'diagnostic' },
  boardConnected: { ...flag('board', 'gone', 'OFF'), device_class: 'connectivity' },
  problem: { ...flag('activity', 'faulted', 'ON'), device_class: 'problem' },
  events: {
    platform: 'event',
    state_topic: event,
    event_types: eventTypes,
    value_template: eventTemplate,
  },
  stop: {
    platform: 'button',
    command_topic: stop,
    // Whatever is published there stops; no id, so that two presses are never taken for one.
    payload_press: 'stop',
    retain: false,
    icon: 'mdi:stop-circle',
  },
});

const names: Readonly<Record<string, string>> = words.components satisfies Readonly<
  Record<keyof ReturnType<typeof componentsOf>, string>
>;

/**
 * Entities that an earlier version has announced and this one does not, with their platforms: an entry that says no more than
 * its platform takes the entity away. One that goes is moved from above to here, and stays.
 */
const retired: Readonly<Record<string, string>> = {};

/** The one message that announces a device, the same each time. */
export function discoveryOf(
  { uniqueId, name, version }: DiscoveredDevice,
  { prefix = discoveryPrefix, gone = retired } = {},
): RetainedMessage {
  const id = idOf(uniqueId);
  const topics = topicsOf(name);
  const components = Object.fromEntries([
    ...Object.entries(componentsOf(topics)).map(([key, component]) => [
      key,
      { ...component, name: names[key], unique_id: `${id}_${key}` },
    ]),
    ...Object.entries(gone).map(([key, platform]) => [key, { platform }]),
  ]);
  const payload = {
    device: {
      identifiers: [id],
      name: fill(words.device, { name }),
      manufacturer: 'Tactus',
      model: words.model,
      sw_version: version,
    },
    origin: { name: 'Tactus', sw_version: version },
    availability: [
      { topic: topics.availability, payload_available: 'online', payload_not_available: 'offline' },
    ],
    state_topic: topics.state,
    qos: 1,
    components,
  };
  return { topic: topicOf(uniqueId, prefix), payload: JSON.stringify(payload), qos: 1, retain: true };
}

/** Takes a device with all its entities out of Home Assistant, and its announcement off the broker. */
export const removalOf = (uniqueId: string, prefix = discoveryPrefix): RetainedMessage => ({
  topic: topicOf(uniqueId, prefix),
  payload: '',
  qos: 1,
  retain: true,
});

/** Where all devices are announced: ours, and everybody else's. */
export const everyDiscovery = (prefix = discoveryPrefix): string => `${prefix}/device/+/config`;

const announced = v.object({ state_topic: v.pipe(v.string(), v.maxLength(200)) });

/** The name of the device of ours that such a message announces; null where it announces none. */
export function nameAnnounced(topic: string, payload: string): string | null {
  const id = topic.split('/').at(-2) ?? '';
  if (!id.startsWith(idOf(''))) return null;
  let value: unknown;
  try {
    value = JSON.parse(payload);
  } catch {
    return null;
  }
  const parsed = v.safeParse(announced, value);
  const name = parsed.success ? nameIn(parsed.output.state_topic) : null;
  return name !== null && parsed.success && parsed.output.state_topic === topicsOf(name).state ? name : null;
}
