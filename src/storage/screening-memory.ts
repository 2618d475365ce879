/**
 * What is remembered of a screening between sessions, where a person has agreed: that all was clear, on which day, and
 * for which version of the questions. Never an answer, and nothing at all where something asked for caution.
 */
import * as v from 'valibot';
import type { Screened } from '../../machines/screening.ts';
import { dayOf, isoDay } from '../time/calendar.ts';

/** Longer ago than this everything is asked again. [D] */
export const rememberedDays = 14;

const recordSchema = v.strictObject({
  memory: v.literal(1),
  screeningVersion: v.pipe(v.string(), v.maxLength(20)),
  clearOn: v.pipe(v.string(), v.isoDate()),
});

/** Where one small text is kept, or nothing. None of these throws, or rejects: what goes wrong is said there. */
export interface MemoryStore {
  /** Null where nothing is kept, and where what is kept could not be erased again if it had to be. */
  read(): string | null;
  /** Whether it is kept now. A disk may take its time: what is said last holds. */
  write(text: string): boolean | undefined | Promise<boolean>;
  /** Whether it is gone now. */
  erase(): boolean | undefined | Promise<boolean>;
}

export type MemoryPorts = Readonly<{
  store: MemoryStore;
  screeningVersion: string;
  /** Wall-clock time, ms since 1970. */
  now(): number;
  /** What was said a moment ago holds now. */
  changed?(): void;
}>;

/** Noon of a date, as a text of a file has it, in UTC. */
const writtenDay = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 86_400_000;

const isStill = (until: string | null, now: number): boolean => until !== null && isoDay(dayOf(now)) <= until;

/** What a page shows of it. `until`: ISO date; null where nothing is kept. */
export type MemoryView = Readonly<{ isKept: boolean; until: string | null }>;

export class ScreeningMemory {
  readonly #ports: MemoryPorts;
  /** Whatever the disk still says: a person, or an answer, has taken it back. */
  #isTakenBack = false;
  /** How often it was said what is to be remembered. */
  #said = 0;
  /** The last day on which it would count again, where a card was opened again and has not been answered since. */
  #suspendedUntil: string | null = null;

  constructor(ports: MemoryPorts) {
    this.#ports = ports;
  }

  /** The last day on which it counts, or null where nothing is remembered that still does. */
  get until(): string | null {
    if (this.#isTakenBack) return null;
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
    const clearOn = writtenDay(record.output.clearOn);
    const age = dayOf(now()) - clearOn;
    // A day in the future is a clock that was set back: nothing can be said of its age.
    if (!(age >= 0 && age <= rememberedDays)) return null;
    return isoDay(clearOn + rememberedDays);
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
    const text = `${JSON.stringify({ memory: 1, screeningVersion, clearOn: isoDay(dayOf(now())) })}\n`;
    this.#suspendedUntil = null;
    this.#settle(store.write(text));
  }

  /** First here, then on the disk: what cannot be erased there is not believed again either. */
  forget(): void {
    this.#isTakenBack = true;
    this.#suspendedUntil = null;
    this.#settle(this.#ports.store.erase());
  }

  /** Once the disk has what was said last, the disk is believed. */
  #settle(done: boolean | undefined | Promise<boolean>): void {
    this.#said += 1;
    if (!(done instanceof Promise)) {
      if (done !== false) this.#isTakenBack = false;
      return;
    }
    const said = this.#said;
    void done.then(isDone => {
      if (isDone && said === this.#said) this.#isTakenBack = false;
      this.#ports.changed?.();
    });
  }

  /**
   * A card is open again: what was clear may be so no more. Until it is answered nothing is remembered, on the disk
   * neither, lest another session, or this one after its process has died, believes it.
   */
  reopened(): void {
    const until = this.#suspendedUntil ?? this.until;
    this.forget();
    this.#suspendedUntil = until;
  }

  /** A screening has ended: what was remembered is renewed by a clear one, and forgotten by any other. */
  screened(screened: Screened): void {
    const isClear = screened.cleared && screened.cautions.length === 0;
    const suspendedUntil = this.#suspendedUntil;
    this.#suspendedUntil = null;
    // Stop questions alone, or two buttons, say too little to renew anything, and nothing against it.
    if (screened.cleared && (screened.by === 'urgent' || screened.by === 'touch')) return;
    if (!isClear) this.forget();
    else if (this.isKept || isStill(suspendedUntil, this.#ports.now())) this.agree();
  }
}
