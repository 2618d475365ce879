/** Erasing sessions, wherever something of them stands: one, all, or those of a certain age. */
import { fill } from '../../machines/text/text.ts';
import { codeOf } from '../storage/error-code.ts';
import { daysBefore } from '../time/calendar.ts';
import type { KeptSessions } from './kept-sessions.ts';
import { idTime } from './session-id.ts';
import { type SessionPlace, SessionUnderWay } from './session-place.ts';

/** What one zone's date may differ from another's. */
const zonesMs = 26 * 3_600_000;

export class Eraser {
  readonly #sessions: KeptSessions;
  readonly #place: SessionPlace;

  constructor(sessions: KeptSessions) {
    this.#sessions = sessions;
    this.#place = sessions.place;
  }

  /** Erases a session wherever something of it stands. Throws SessionUnderWay. */
  erase(id: string): void {
    if (this.#sessions.headerOf(id)?.isUnderWay) throw new SessionUnderWay(id);
    const failures = new Failures();
    this.#place.erase(new Set([id]), failures.failed);
    failures.end();
  }

  /** Erases all but what is under way; returns how many sessions there were. Throws once the rest is erased. */
  eraseAll(): number {
    const had = new Set(this.#place.ids());
    const ids = new Set(this.#place.idsOfAll());
    for (const id of ids) if (this.#sessions.headerOf(id)?.isUnderWay) ids.delete(id);
    const failures = new Failures();
    this.#place.erase(ids, failures.failed);
    this.#place.eraseRest(failures.failed);
    failures.end();
    return [...ids].filter(id => had.has(id)).length;
  }

  /**
   * Erases what is older than so many days at the time `at`, which no clock says by itself: see Retention. Returns how
   * many there were; what cannot be erased is said, and stops nothing.
   */
  prune(days: number, at: number): number {
    const { say, words } = this.#place;
    const oldest = daysBefore(at, days);
    const old = new Set(this.#sessions.ids().filter(id => this.#isOld(id, oldest)));
    const failures = new Failures();
    this.#place.erase(old, failures.failed);
    this.#place.eraseLeft(oldest, failures.failed);
    for (const { path, error } of failures.all) {
      const what = fill(words.notErased, { why: codeOf(error) || String(error) });
      say({ file: path, what, todo: words.todo.owner });
    }
    const wrong = new Set(failures.all.map(({ path }) => this.#place.idAt(path)));
    return [...old].filter(id => !wrong.has(id)).length;
  }

  #isOld(id: string, oldest: number): boolean {
    // Its name says when it began, so that of many only those few are read that may be too old.
    if (idTime(id) >= oldest + zonesMs) return false;
    const found = this.#sessions.headerOf(id);
    // Both have to say that it is old: one of them may be damaged.
    const began = Math.max(idTime(id), found ? Date.parse(found.header.startedAt) || 0 : 0);
    if (!(began < oldest) || found?.isUnderWay) return false;
    // What may not be read may be under way; what a newer version wrote has its own rules.
    return found !== null || this.#sessions.unread(id) === 'spoiled';
  }
}

/** What could not be erased, and why; the rest is, all the same. */
class Failures {
  readonly all: Readonly<{ path: string; error: unknown }>[] = [];

  readonly failed = (path: string, error: unknown): void => {
    this.all.push({ path, error });
  };

  /** Throws the first. */
  end(): void {
    const [first] = this.all;
    if (first) throw first.error;
  }
}
