/**
 * A session folded from its journal, in the page itself: the very machine of the controller, to any moment of it.
 *
 * So the drawn state is no report but the thing itself, and a journal from elsewhere can be looked at like a live one.
 */

import { initialTransition } from 'xstate';
import type { SessionEvent } from '../../../machines/session.events.ts';
import { pressureNow } from '../../../machines/session.pressure.ts';
import { passNow } from '../../../machines/session.time.ts';
import { sessionMachine } from '../../../machines/session.ts';
import type { SessionInput } from '../../../machines/session.types.ts';
import { type SessionSnapshot, stateName, strokeNow, timeLeft } from '../../../machines/session.view.ts';
import { stepOf } from '../../../machines/steps.ts';
import { benchWords } from '../../../machines/text/bench.ts';
import { readJournal } from '../../../src/journal/journal.ts';

/** A snapshot is kept this often, so that no moment is more than this many events away from one. */
const everyEvents = 200;

export type Moment = Readonly<{ index: number; at: number; snapshot: SessionSnapshot }>;

export class Fold {
  readonly events: SessionEvent[] = [];
  readonly #kept: SessionSnapshot[];
  #last: SessionSnapshot;

  constructor(input: SessionInput) {
    [this.#last] = initialTransition(sessionMachine, input);
    this.#kept = [this.#last];
  }

  get snapshot(): SessionSnapshot {
    return this.#last;
  }

  push(event: SessionEvent): void {
    this.#last = next(this.#last, event);
    this.events.push(event);
    if (this.events.length % everyEvents === 0) this.#kept.push(this.#last);
  }

  /** After the first `count` events. */
  after(count: number): Moment {
    const whole = Math.min(count, this.events.length);
    const from = Math.floor(whole / everyEvents);
    let snapshot = this.#kept[from] ?? this.#last;
    for (const event of this.events.slice(from * everyEvents, whole)) snapshot = next(snapshot, event);
    return { index: whole, at: this.events[whole - 1]?.at ?? 0, snapshot };
  }

  /** How many events had happened by then. */
  countAt(at: number): number {
    const first = this.events.findIndex(event => event.at > at);
    return first < 0 ? this.events.length : first;
  }
}

function next(snapshot: SessionSnapshot, event: SessionEvent): SessionSnapshot {
  if (snapshot.status !== 'active') return snapshot;
  const [after] = stepOf(sessionMachine, snapshot, event);
  return after;
}

/** A line of a growing journal: its header begins a fold, any other goes on with it. */
export function grow(fold: Fold | null, line: string): Fold | null {
  const record = JSON.parse(line) as Readonly<Record<string, unknown>>;
  if ('journal' in record) return new Fold(record.input as SessionInput);
  if (!fold) return null;
  const { check: _, ...event } = record;
  fold.push(event as unknown as SessionEvent);
  return fold;
}

export type Opened =
  | Readonly<{ ok: true; fold: Fold; note: string }>
  | Readonly<{ ok: false; record: number }>;

/** A journal that somebody dropped on the page, checked like any other. */
export function openJournal(text: string): Opened {
  const read = readJournal(text);
  if (!read.ok) return { ok: false, record: read.record };
  const fold = new Fold(read.header.input);
  for (const event of read.events) fold.push(event);
  return { ok: true, fold, note: read.tailDropped ? benchWords.journal.cut : '' };
}

/** What people can read off a moment. */
export function readingOf({ at, snapshot }: Moment) {
  const { context } = snapshot;
  const pass = passNow(context);
  const begun = context.startedAt !== null;
  return {
    state: stateName(snapshot),
    pass: begun ? (pass ?? null) : null,
    pressure: begun ? pressureNow(context) : null,
    left: timeLeft(context, at),
    stroke: strokeNow(context),
  };
}
