/** Stops that are asked for at a broker, each with an id of its own, and what has come of them. */
import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import type { Ms } from '../../machines/vocabulary.ts';
import type { Clock } from '../time/clock.ts';
import { BrokerRefusal } from './broker-refusal.ts';
import { fleetLimits, type HeardMessage } from './fleet.ts';
import type { FleetLine } from './fleet-line.ts';
import { answerSchema, type StopWish } from './messages.ts';
import { topicsOf } from './topics.ts';

/** `tookMs`: from the wish's arrival at the device to its answer. */
export type StopResult = Readonly<{ name: string; tookMs: number | null }> &
  Readonly<
    | { result: 'confirmed' | 'silent' }
    /** Answered, but the board has not said that its motors are off. */
    | { result: 'unconfirmed' }
    /** The broker has not taken it. */
    | { result: 'unsent'; refusal: BrokerRefusal }
  >;

type Waiting = Readonly<{ name: string; settle(result: StopResult): void }>;

/** As many as are on their way at once: a broker takes 20 unconfirmed ones unless it says otherwise. */
const atOnce = 16;
const decoder = new TextDecoder('utf-8', { fatal: true });

export class AskedStops {
  readonly #waiting = new Map<string, Waiting>();

  /** Takes an answer in; what is none, or nobody's who waits, is passed over. */
  hear({ topic, payload, retained }: HeardMessage): void {
    if (retained || payload.length > fleetLimits.payloadBytes || this.#waiting.size === 0) return;
    let value: unknown;
    try {
      value = JSON.parse(decoder.decode(payload));
    } catch {
      return;
    }
    const parsed = v.safeParse(answerSchema, value);
    if (!parsed.success) return;
    const { id, confirmed, tookMs } = parsed.output;
    const waiting = id === null ? undefined : this.#waiting.get(id);
    if (waiting && topicsOf(waiting.name).answer === topic)
      waiting.settle({
        name: waiting.name,
        result: confirmed ? 'confirmed' : 'unconfirmed',
        tookMs,
      });
  }

  /** Asks each of them to stop. Resolves with what has come of it, in their order, after `waitMs` at the latest. */
  async stop(
    names: readonly string[],
    { line, clock, waitMs }: Readonly<{ line: Pick<FleetLine, 'publish'>; clock: Clock; waitMs: Ms }>,
  ): Promise<readonly StopResult[]> {
    const results: Promise<StopResult>[] = [];
    for (let first = 0; first < names.length; first += atOnce) {
      const sent = names
        .slice(first, first + atOnce)
        .map(name => this.#stopOne(name, { line, clock, waitMs }));
      results.push(...sent.map(({ result }) => result));
      await Promise.all(sent.map(({ isSent }) => isSent));
    }
    return await Promise.all(results);
  }

  #stopOne(
    name: string,
    { line, clock, waitMs }: Readonly<{ line: Pick<FleetLine, 'publish'>; clock: Clock; waitMs: Ms }>,
  ): Readonly<{ isSent: Promise<void>; result: Promise<StopResult> }> {
    const wish: StopWish = { id: randomUUID() };
    let settle: (result: StopResult) => void = () => {};
    const result = new Promise<StopResult>(resolve => {
      settle = resolve;
    });
    this.#waiting.set(wish.id, { name, settle });
    const late = clock.at(clock.now() + waitMs, () => settle({ name, result: 'silent', tookMs: null }));
    const isSent = line.publish(topicsOf(name).stop, JSON.stringify(wish)).catch((error: unknown) => {
      if (!(error instanceof BrokerRefusal)) throw error;
      settle({ name, result: 'unsent', tookMs: null, refusal: error });
    });
    const over = result.finally(() => {
      late();
      this.#waiting.delete(wish.id);
    });
    return { isSent, result: over };
  }
}
