/**
 * Wishes to stop that come over the network: the first is handed on at once, what comes while it is being carried out is
 * carried out as one more stop. However many there are, one at a time is under way, and a bounded number is answered.
 */
import * as v from 'valibot';
import type { Ms } from '../../machines/vocabulary.ts';
import type { Cancel, Clock } from '../time/clock.ts';
import { type StopAnswer, stopSchema } from './messages.ts';

/** So many are answered each on its own; the others are stops all the same. */
export const mostAnswered = 16;
/** The firmware confirms within 15 ms and is given 300; who carries it out may stand still for longer. */
const carriedOutWithinMs: Ms = 3000;
/** However many come, stops are begun this far apart: more would only keep whoever carries them out from all else. */
const apartMs: Ms = 40;
/** A wish that has an id is shorter. */
const mostPayloadBytes = 1024;

type Wish = Readonly<{ id: string | null; since: Ms }>;

export type StopWishesPorts = Readonly<{
  clock: Clock;
  /** Ms since 1970. */
  wallNow(): number;
  /** Has it carried out, now. */
  stop(): void;
  answer(answer: StopAnswer): void;
}>;

/** The wish's own id; null for whatever else somebody may have sent. */
export function idIn(payload: Uint8Array): string | null {
  if (payload.length > mostPayloadBytes) return null;
  try {
    const found = v.safeParse(stopSchema, JSON.parse(Buffer.from(payload).toString('utf8')));
    return found.success ? found.output.id : null;
  } catch {
    return null;
  }
}

export class StopWishes {
  readonly #ports: StopWishesPorts;
  /** Those that the stop under way is for; null while none is. */
  #underWay: readonly Wish[] | null = null;
  #since: Wish[] = [];
  #again = false;
  #begunAt: Ms = Number.NEGATIVE_INFINITY;
  #isPlanned = false;
  #planned: Cancel = () => {};
  #giveUp: Cancel = () => {};

  constructor(ports: StopWishesPorts) {
    this.#ports = ports;
  }

  came(payload: Uint8Array): void {
    const wish = { id: idIn(payload), since: this.#ports.clock.now() };
    const waiting = this.#since.length + (this.#underWay?.length ?? 0);
    if (waiting < mostAnswered) this.#since.push(wish);
    this.#again = true;
    if (this.#underWay === null) this.#soon();
  }

  /** It has been carried out; whether the firmware has said that the motors are off. */
  carriedOut(confirmed: boolean): void {
    const { clock, wallNow, answer } = this.#ports;
    const wishes = this.#underWay;
    if (wishes === null) return;
    this.#giveUp();
    this.#underWay = null;
    for (const { id, since } of wishes) {
      const tookMs = Math.max(0, Math.round(clock.now() - since));
      answer({ v: 1, id, at: new Date(wallNow()).toISOString(), confirmed, tookMs });
    }
    if (this.#again) this.#soon();
  }

  close(): void {
    this.#giveUp();
    this.#planned();
    this.#again = false;
  }

  /** The first at once; one that follows within a moment, after that moment. */
  #soon(): void {
    const { clock } = this.#ports;
    if (this.#isPlanned) return;
    const at = this.#begunAt + apartMs;
    if (clock.now() >= at) {
      this.#next();
      return;
    }
    this.#isPlanned = true;
    this.#planned = clock.at(at, () => {
      this.#isPlanned = false;
      this.#next();
    });
  }

  #next(): void {
    const { clock, stop } = this.#ports;
    this.#begunAt = clock.now();
    this.#underWay = this.#since;
    this.#since = [];
    this.#again = false;
    this.#giveUp = clock.at(clock.now() + carriedOutWithinMs, () => this.carriedOut(false));
    stop();
  }
}
