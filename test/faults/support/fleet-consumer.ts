/** One consumer of many devices: it keeps each event once, by its id, and knows what came when, twice, too early or never. */
import * as v from 'valibot';
import { eventSchema } from '../../../src/mqtt/messages.ts';
import { nameIn, topicsOf } from '../../../src/mqtt/topics.ts';
import { BrokerWatch, plainAddress, type Seen } from '../../support/broker-watch.ts';

/** One event: when it was told, by the clock that all processes of a machine share, and how long it took. */
export type Arrival = Readonly<{ toldAtMs: number; tookMs: number }>;

type Known = { last: number; readonly ids: Set<string> };

/** By the same clock. */
export const momentMs = (): number => Number(process.hrtime.bigint()) / 1e6;

export class FleetConsumer {
  readonly watch: BrokerWatch;
  readonly arrivals: Arrival[] = [];
  /** What came a second time, and was dropped by its id. */
  repeats = 0;
  /** What came though the one before it had not. */
  disordered = 0;
  /** What did not keep to the contract. */
  unread = 0;
  readonly availability = new Map<string, string>();
  readonly states = new Map<string, string>();
  readonly #known = new Map<string, Known>();

  constructor(port: number) {
    const topics = ['tactus/+/availability', 'tactus/+/state', 'tactus/+/event'];
    this.watch = new BrokerWatch(plainAddress(port), topics, seen => this.#hear(seen));
  }

  /** How many events of each device have come. */
  count(name: string): number {
    return this.#known.get(name)?.ids.size ?? 0;
  }

  #hear({ topic, payload }: Seen): void {
    const name = nameIn(topic);
    if (name === null) return;
    const topics = topicsOf(name);
    if (topic === topics.availability) this.availability.set(name, payload);
    else if (topic === topics.state) this.states.set(name, payload);
    else this.#hearEvent(name, payload);
  }

  #hearEvent(name: string, payload: string): void {
    const now = momentMs();
    const parsed = v.safeParse(eventSchema, JSON.parse(payload));
    const [, number = '', told = ''] = parsed.success ? parsed.output.id.split(':') : [];
    if (!parsed.success || told === '') {
      this.unread += 1;
      return;
    }
    const known = this.#known.get(name) ?? { last: 0, ids: new Set() };
    this.#known.set(name, known);
    if (known.ids.has(parsed.output.id)) {
      this.repeats += 1;
      return;
    }
    known.ids.add(parsed.output.id);
    if (Number(number) !== known.last + 1) this.disordered += 1;
    known.last = Number(number);
    const toldAtMs = Number(inBase36(told)) / 1e6;
    this.arrivals.push({ toldAtMs, tookMs: now - toldAtMs });
  }
}

const inBase36 = (text: string): bigint =>
  [...text].reduce((sum, digit) => sum * 36n + BigInt(Number.parseInt(digit, 36)), 0n);
