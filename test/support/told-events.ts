/** What a broker was told of one device: its events as a consumer keeps them, who drops an id that it has seen. */
import * as v from 'valibot';
import { type DeviceEvent, type DeviceState, eventSchema, stateSchema } from '../../src/mqtt/messages.ts';
import { topicsOf } from '../../src/mqtt/topics.ts';
import type { BrokerWatch } from './broker-watch.ts';

/** Each once, in the order in which they came first. */
export function eventsOf(watch: BrokerWatch, name: string): readonly DeviceEvent[] {
  const events = new Map<string, DeviceEvent>();
  for (const payload of watch.at(topicsOf(name).event)) {
    const event = v.parse(eventSchema, JSON.parse(payload));
    if (!events.has(event.id)) events.set(event.id, event);
  }
  return [...events.values()];
}

/** The number that each event has in its device's own count. */
export const numbersOf = (events: readonly DeviceEvent[]): readonly number[] =>
  events.map(({ id }) => Number(id.split('-').at(-1)));

/** 1, 2, 3 … as many as these. */
export const countedFromOne = ({ length }: readonly unknown[]): readonly number[] =>
  Array.from({ length }, (_, index) => index + 1);

/** How it stands by the last word of it; null before the first. */
export function stateAt(watch: BrokerWatch, name: string): DeviceState | null {
  const last = watch.at(topicsOf(name).state).at(-1);
  return last ? v.parse(stateSchema, JSON.parse(last)) : null;
}
