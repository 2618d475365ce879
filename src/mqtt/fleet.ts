/**
 * What is known of many devices from what a broker passes on. Whatever comes is checked against the contract first, and
 * passed over where it does not keep to it: it may come from anybody who may publish there.
 *
 * A device is live while its availability says so and while it has said so lately; otherwise it is silent, and nothing of it is told as if it were so now.
 */
import * as v from 'valibot';
import type { Ms } from '../../machines/vocabulary.ts';
import { type DeviceEvent, type DeviceState, eventSchema, silentAfterMs, stateSchema } from './messages.ts';
import { nameIn, topicsOf } from './topics.ts';

export const fleetLimits = {
  /** Beyond these no further one is kept. */
  devices: 1000,
  /** Of a message; those of the contract have less than a tenth. */
  payloadBytes: 8192,
  /** So far ahead of this machine's clock a device's may be. */
  clockAheadMs: 5000,
} as const;

/** A message as the broker has passed it on. `retained`: it was kept there, and is of some time ago. */
export type HeardMessage = Readonly<{ topic: string; payload: Uint8Array; retained: boolean }>;

/** Both clocks at one moment: one that never leaps, and the one on the wall. */
export type FleetMoment = Readonly<{ now: Ms; wall: number }>;

type Kept = {
  availability: 'online' | 'offline' | null;
  state: DeviceState | null;
  /** By the clock that never leaps: when the state was so; null where that cannot be known. */
  statedAt: Ms | null;
  /** By the clock on the wall: when the device was surely there for the last time. */
  heardAt: number | null;
  lastEvent: DeviceEvent | null;
};

/** A device as it is to be shown. */
export type SeenDevice = Readonly<{
  name: string;
  isLive: boolean;
  /** By the clock on the wall; null while it is live, and where it is not known. */
  silentSince: number | null;
  /** What it said last: so now only where it is live. */
  state: DeviceState | null;
  /** Counted down while its time runs; null where it is silent. */
  secondsLeft: number | null;
  lastEvent: DeviceEvent | null;
}>;

const decoder = new TextDecoder('utf-8', { fatal: true });

/** The time that a message bears, in ms; the contract's form alone does not make one. */
const wallOf = (at: string): number => {
  const ms = Date.parse(at);
  if (Number.isNaN(ms)) throw new RangeError('no moment');
  return ms;
};

export class Fleet {
  readonly #kept = new Map<string, Kept>();
  #lostAt: number | null = null;
  #unread = 0;
  #isCrowded = false;

  /** So many messages did not keep to the contract. */
  get unread(): number {
    return this.#unread;
  }
  /** There are more devices than are kept. */
  get isCrowded(): boolean {
    return this.#isCrowded;
  }
  /** Since when the broker is not there; null while it is. */
  get lostAt(): number | null {
    return this.#lostAt;
  }

  /** The broker is gone: from now on nothing is known of anybody. */
  lose({ wall }: FleetMoment): void {
    this.#lostAt ??= wall;
  }
  find(): void {
    this.#lostAt = null;
  }

  /** Takes a message in. The name of the device that it has told something of, or null. */
  hear({ topic, payload, retained }: HeardMessage, moment: FleetMoment): string | null {
    const name = nameIn(topic);
    if (name === null) return null;
    const topics = topicsOf(name);
    const take =
      topic === topics.availability
        ? this.#hearAvailability
        : topic === topics.state
          ? this.#hearState
          : topic === topics.event
            ? this.#hearEvent
            : null;
    if (take === null) return null;
    const known = this.#kept.get(name);
    if (!known && payload.length === 0) return null;
    if (!known && this.#kept.size >= fleetLimits.devices) {
      this.#isCrowded = true;
      return null;
    }
    const device = known ?? {
      availability: null,
      state: null,
      statedAt: null,
      heardAt: null,
      lastEvent: null,
    };
    try {
      if (payload.length > fleetLimits.payloadBytes) throw new RangeError('too large');
      if (!take(device, decoder.decode(payload), { retained, ...moment })) return null;
    } catch {
      this.#unread += 1;
      return null;
    }
    if (device.availability === null && device.state === null && device.lastEvent === null)
      this.#kept.delete(name);
    else this.#kept.set(name, device);
    return name;
  }

  readonly #hearAvailability = (
    device: Kept,
    text: string,
    { retained, wall }: FleetMoment & { retained: boolean },
  ): boolean => {
    if (text !== '' && text !== 'online' && text !== 'offline') throw new RangeError('neither');
    device.availability = text === '' ? null : text;
    // A will is published once the device has not been heard for a while; where nothing runs it was there until then.
    if (!retained && text !== '' && !(text === 'offline' && device.state?.runs)) device.heardAt = wall;
    return true;
  };

  readonly #hearState = (
    device: Kept,
    text: string,
    { retained, now, wall }: FleetMoment & { retained: boolean },
  ): boolean => {
    if (text === '') {
      device.state = null;
      device.statedAt = null;
      return true;
    }
    const state = v.parse(stateSchema, JSON.parse(text));
    const saidAt = wallOf(state.at);
    const agoMs = wall - saidAt;
    device.state = state;
    // Of one that was kept only the clocks of both machines say how old it is, and they may differ.
    device.statedAt = !retained ? now : agoMs < -fleetLimits.clockAheadMs ? null : now - Math.max(0, agoMs);
    device.heardAt = retained ? Math.min(wall, saidAt) : wall;
    return true;
  };

  readonly #hearEvent = (
    device: Kept,
    text: string,
    { retained, wall }: FleetMoment & { retained: boolean },
  ): boolean => {
    // Nobody who keeps to the contract lets the broker keep one; nothing is what takes it away again.
    if (retained || text === '') return false;
    const event = v.parse(eventSchema, JSON.parse(text));
    wallOf(event.at);
    if (event.id === device.lastEvent?.id) return false;
    device.lastEvent = event;
    device.heardAt = wall;
    return true;
  };

  /** All of them by name, as they are at this moment. */
  seen(moment: FleetMoment): readonly SeenDevice[] {
    return [...this.#kept]
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, device]) => this.#seen(name, device, moment));
  }

  /** One of them; null where nothing is known of it. */
  one(name: string, moment: FleetMoment): SeenDevice | null {
    const device = this.#kept.get(name);
    return device ? this.#seen(name, device, moment) : null;
  }

  #seen(
    name: string,
    { availability, state, statedAt, heardAt, lastEvent }: Kept,
    { now }: FleetMoment,
  ): SeenDevice {
    const ageMs = statedAt === null ? null : now - statedAt;
    const mostMs = silentAfterMs[state?.runs ? 'running' : 'resting'];
    // Where no clock says how old it is, one at rest is taken at its word until it says so anew.
    const isFresh = state !== null && (ageMs === null ? !state.runs : ageMs <= mostMs);
    const wasLive = availability === 'online' && isFresh;
    const isLive = wasLive && this.#lostAt === null;
    const left = state?.secondsLeft ?? null;
    return {
      name,
      isLive,
      silentSince: isLive ? null : wasLive ? this.#lostAt : heardAt,
      state,
      secondsLeft:
        !isLive || left === null
          ? null
          : state?.runs && ageMs !== null
            ? Math.max(0, left - Math.floor(ageMs / 1000))
            : left,
      lastEvent,
    };
  }
}
