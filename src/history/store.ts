/**
 * The history: one text a session, appended to line by line as the session goes, so that a process killed at any write
 * loses at most the line it was writing. Local only; old sessions go by themselves. Where the texts stand is the
 * place's: see session-place.ts.
 */
import { Eraser } from './erasing.ts';
import { KeptSessions } from './kept-sessions.ts';
import { type KeptSession, noteLength, type SessionHeader, writtenRecord } from './records.ts';
import { idPattern, idTime, newSessionId } from './session-id.ts';
import { SessionMissing, type SessionPlace, type SessionSink } from './session-place.ts';
import { type Listed, listedSession } from './tables.ts';

/** More sessions than anyone gives in the longest time they are kept: of more, the newest are shown. */
const mostShown = 5000;
/** A session has its name when it opens; so long it may wait to begin. */
const openMs = 24 * 3_600_000;

type Seen = Readonly<{ stamp: string; header: SessionHeader; listed: Listed; isOver: boolean }>;

/** A session as a list has it. */
export type Glance = Readonly<{ header: SessionHeader; listed: Listed; isUnderWay: boolean }>;

export class HistoryStore {
  readonly #place: SessionPlace;
  readonly #sessions: KeptSessions;
  readonly #eraser: Eraser;
  readonly #wallNow: () => number;

  /** `wallNow`: ms since 1970. */
  constructor(place: SessionPlace, wallNow: () => number) {
    this.#place = place;
    this.#sessions = new KeptSessions(place);
    this.#eraser = new Eraser(this.#sessions);
    this.#wallNow = wallNow;
  }

  /** A name for a session that begins now. */
  newId(): string {
    return newSessionId(this.#wallNow());
  }

  /** Never throws: what fails is the session's own failure. */
  begin(header: SessionHeader): SessionSink {
    return this.#place.begin(header);
  }

  /** Every session that is kept, the newest first. */
  list(): readonly KeptSession[] {
    return this.#shown().flatMap(id => this.#sessions.read(id) ?? []);
  }

  /**
   * The same at a glance: only what has changed is read anew, so that a session under way is not held up by all that
   * were before it.
   */
  glances(): readonly Glance[] {
    const before = this.#glances;
    this.#glances = new Map();
    return this.#shown().flatMap(id => {
      const stamp = this.#place.stampOf(id);
      const known = before.get(id);
      const kept = known?.stamp === stamp ? null : this.#sessions.read(id);
      const seen =
        known && !kept
          ? known
          : kept && {
              stamp,
              header: kept.header,
              listed: listedSession(kept),
              isOver: kept.records.some(({ type }) => type === 'outcome'),
            };
      if (!seen) return [];
      this.#glances.set(id, seen);
      const { header, isOver } = seen;
      return [
        {
          header,
          listed: seen.listed,
          isUnderWay: !isOver && this.#place.isWritten(id, header.pid),
        },
      ];
    });
  }
  #glances = new Map<string, Seen>();

  #shown(): readonly string[] {
    return this.#sessions.ids().slice(0, mostShown);
  }

  /** Every session that began after that moment, ms since 1970, the newest first; hardly any other is even read. */
  begunSince(at: number): readonly KeptSession[] {
    return this.#sessions
      .ids()
      .filter(id => idTime(id) >= at - openMs)
      .flatMap(id => this.#sessions.read(id) ?? [])
      .filter(({ header }) => Date.parse(header.startedAt) >= at);
  }

  /** Where it stands. */
  get folder(): string {
    return this.#place.path;
  }

  /** Throws SessionMissing. `latest` is the newest one that can be read. */
  read(id: string): KeptSession {
    for (const known of id === 'latest' ? this.#sessions.ids() : [id]) {
      const kept = idPattern.test(known) ? this.#sessions.read(known) : null;
      if (kept) return kept;
    }
    throw new SessionMissing(id);
  }

  /** Adds a note. Throws SessionMissing, or the system's error. */
  note(id: string, text: string): void {
    const { header } = this.read(id);
    const writtenAt = new Date(this.#wallNow()).toISOString();
    const note = { type: 'note', writtenAt, text: text.slice(0, noteLength) } as const;
    this.#place.append(header.id, writtenRecord(note));
  }

  /** Whether someone is still writing this session. */
  isUnderWay(kept: KeptSession): boolean {
    return this.#sessions.isUnderWay(kept);
  }

  /** When the newest session began, by its name, ms since 1970; null where there is none. `but` is left out. */
  newestBegin(but: string | null): number | null {
    const begun = this.#sessions
      .ids()
      .filter(id => id !== but)
      .map(idTime)
      .filter(at => Number.isFinite(at) && at <= this.#wallNow());
    return begun.length === 0 ? null : Math.max(...begun);
  }

  /** Erases a session wherever something of it stands; returns its id. Throws SessionMissing or SessionUnderWay. */
  erase(id: string): string {
    // One whose header was cut off can't be read, and is erased all the same.
    const known = this.#sessions.ids().includes(id) ? id : this.read(id).header.id;
    this.#eraser.erase(known);
    return known;
  }

  /** Erases all but what is under way; returns how many sessions there were. Throws once the rest is erased. */
  eraseAll(): number {
    return this.#eraser.eraseAll();
  }

  /**
   * Erases what is older than so many days at the time `at`, which no clock says by itself: see Retention. Returns how
   * many there were; what cannot be erased is said, and stops nothing.
   */
  prune(days: number, at = this.#wallNow()): number {
    return this.#eraser.prune(days, at);
  }
}
