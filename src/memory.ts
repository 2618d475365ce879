/**
 * What is remembered of a screening between sessions, where a person has agreed: that all was clear, on which day, and
 * for which version of the questions. Never an answer, and nothing at all where something asked for caution.
 */
import * as v from 'valibot';
import type { Screened } from '../machines/screening.ts';
import type { MemoryView } from './view.ts';

/** Longer ago than this everything is asked again. [D] */
export const rememberedDays = 14;
const dayMs = 24 * 3_600_000;

const recordSchema = v.strictObject({
  memory: v.literal(1),
  screeningVersion: v.pipe(v.string(), v.maxLength(20)),
  clearOn: v.pipe(v.string(), v.isoDate()),
});

/** Where one small text is kept, or nothing. */
export interface MemoryStore {
  read(): string | null;
  write(text: string): void;
  erase(): void;
}

export type MemoryPorts = Readonly<{
  store: MemoryStore;
  screeningVersion: string;
  /** Wall-clock time, ms since 1970. */
  now(): number;
}>;

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

export class Memory {
  readonly #ports: MemoryPorts;

  constructor(ports: MemoryPorts) {
    this.#ports = ports;
  }

  /** The last day on which it counts, or null where nothing is remembered that still does. */
  get until(): string | null {
    const { store, screeningVersion, now } = this.#ports;
    const text = store.read();
    if (text === null) return null;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return null;
    }
    const record = v.safeParse(recordSchema, value);
    if (!record.success || record.output.screeningVersion !== screeningVersion) return null;
    const age = Date.parse(dayOf(now())) - Date.parse(record.output.clearOn);
    // A day in the future is a clock that was set back: nothing can be said of its age.
    if (!(age >= 0 && age <= rememberedDays * dayMs)) return null;
    return dayOf(Date.parse(record.output.clearOn) + rememberedDays * dayMs);
  }

  get isKept(): boolean {
    return this.until !== null;
  }

  get view(): MemoryView {
    const { until } = this;
    return { isKept: until !== null, until };
  }

  /** A person agrees that all being clear today is remembered. */
  agree(): void {
    const { store, screeningVersion, now } = this.#ports;
    store.write(`${JSON.stringify({ memory: 1, screeningVersion, clearOn: dayOf(now()) })}\n`);
  }

  forget(): void {
    this.#ports.store.erase();
  }

  /** A screening has ended: what was remembered is renewed by a clear one, and forgotten by any other. */
  screened(screened: Screened): void {
    if (!this.isKept) return;
    // Stop questions alone, or two buttons, say too little to renew anything, and nothing against it.
    if (screened.cleared && (screened.by === 'urgent' || screened.by === 'touch')) return;
    if (screened.cleared && screened.cautions.length === 0) this.agree();
    else this.forget();
  }
}
