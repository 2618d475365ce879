/** Whoever follows a run, and how each of them is told. */
import type { Intent } from '../../machines/intent.ts';
import type { Screened } from '../../machines/screening.ts';
import type { SessionEvent } from '../../machines/session.events.ts';
import type { StateName } from '../../machines/session.states.ts';
import type { SessionSnapshot } from '../../machines/session.view.ts';
import type { Button } from '../../machines/vocabulary.ts';
import type { TraceLine } from './trace.ts';

export type RefusalLine = Extract<TraceLine, { type: 'refusal' }>;
export type OutcomeLine = Extract<TraceLine, { type: 'outcome' }>;

/** What whoever follows one session after another hears. */
export type SessionsListener = Readonly<{
  /** A state was entered, within the moment: what is intended now still counts at this instant. */
  entered?(state: StateName): void;
  /** A moment is over: something that a viewer may want to see may have changed. */
  changed?(): void;
  refused?(line: RefusalLine): void;
  /** Screening has come to an end. */
  screened?(screened: Screened): void;
  /** A card that was answered is open again. */
  reopened?(): void;
  /** A tap of LESS before anything has been answered: another routine is wanted. */
  otherRoutine?(): void;
  /** A button has been moved. */
  pressed?(button: Button, down: boolean): void;
  ended?(line: OutcomeLine): void;
}>;

/** What whoever follows a single run hears beside. */
export type RunListener = SessionsListener &
  Readonly<{
    /** GO and LESS together after the end: another session is wanted. */
    again?(): void;
    /** What someone wants, before anything comes of it. */
    intended?(intent: Intent): void;
    /** The session has been told of something; `before` is how it stood until then. */
    heard?(event: SessionEvent, before: SessionSnapshot): void;
    /** A line of the trace. */
    told?(line: TraceLine): void;
  }>;

type Heard<L, K extends keyof L> = Parameters<Extract<L[K], (...words: never[]) => void>>;

/** Those who listen, in the order in which they came. */
export class Listeners<L extends object> {
  readonly #all = new Set<L>();

  /** Returns what takes the listener away again. */
  add(listener: L): () => void {
    this.#all.add(listener);
    return () => this.#all.delete(listener);
  }

  /** Tells each of them that wants to hear of this. */
  tell<K extends keyof L>(name: K, ...words: Heard<L, K>): void {
    for (const listener of this.#all) {
      const hear = listener[name];
      if (typeof hear === 'function') hear.apply(listener, words);
    }
  }
}
