/** Erasing sessions, wherever something of them stands in the state folder: one, all, or those of a certain age. */
import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { terminalWords } from '../../machines/text/terminal.ts';
import { fill } from '../../machines/text/text.ts';
import { eraseFiles } from '../storage/erase-many.ts';
import { keptText } from '../storage/kept-text.ts';
import { codeOf } from '../storage/private-files.ts';
import { isWritten } from '../storage/writers.ts';
import { daysBefore } from '../time/calendar.ts';
import { idPattern } from './records.ts';
import { idTime, mostSessionBytes, type SessionFolder, SessionUnderWay } from './session-folder.ts';

const words = terminalWords.files;

/** Of a session's id. */
const idLength = '20260301-183000-abcd'.length;

/** What one zone's date may differ from another's. */
const zonesMs = 26 * 3_600_000;

/** A journal of a session under way, or of one that broke off, and the number of the process that wrote it. */
const journalPattern = /^session-.*?(?:-(\d+)(?:-[0-9a-z]+)?)?\.jsonl(?:\.aside-\d+)?$/;

export class Eraser {
  readonly #state: string;
  readonly #sessions: SessionFolder;

  /** `state`: the folder that the history's own stands in, and journals beside it. */
  constructor(state: string, sessions: SessionFolder) {
    this.#state = state;
    this.#sessions = sessions;
  }

  /** Erases a session wherever it stands in the state folder. Throws SessionUnderWay. */
  erase(id: string): void {
    if (this.#sessions.headerOf(id)?.isUnderWay) throw new SessionUnderWay(id);
    const failures = new Failures();
    this.#erase(new Set([id]), this.#sessions.names(), failures);
    failures.end();
  }

  /** Erases all but what is under way; returns how many sessions there were. Throws once the rest is erased. */
  eraseAll(): number {
    const names = this.#sessions.names();
    const ids = new Set(names.map(idOf).filter(id => idPattern.test(id)));
    for (const id of ids) if (this.#sessions.headerOf(id)?.isUnderWay) ids.delete(id);
    const failures = new Failures();
    this.#erase(ids, names, failures);
    const strange = names.filter(name => !idPattern.test(idOf(name)));
    // Also of sessions that nobody chose to keep, and that broke off.
    const left = this.#leftJournals().map(({ path }) => path);
    eraseFiles([...strange.map(name => join(this.#sessions.path, name)), ...left], failures.failed);
    failures.end();
    const has = new Set(names);
    return [...ids].filter(id => has.has(`${id}.jsonl`)).length;
  }

  /**
   * Erases what is older than so many days at the time `at`, which no clock says by itself: see Retention. Returns how
   * many there were; what cannot be erased is said, and stops nothing.
   */
  prune(days: number, at: number): number {
    const oldest = daysBefore(at, days);
    const names = this.#sessions.names();
    const old = new Set(this.#sessions.ids().filter(id => this.#isOld(id, oldest)));
    const failures = new Failures();
    this.#erase(old, names, failures);
    const journals = this.#leftJournals().filter(({ changedAt }) => changedAt < oldest);
    eraseFiles(
      journals.map(({ path }) => path),
      failures.failed,
    );
    for (const { path, error } of failures.all) {
      const what = fill(words.notErased, { why: codeOf(error) || String(error) });
      this.#sessions.say({ file: path, what, todo: words.todo.owner });
    }
    const wrong = new Set(failures.all.map(({ path }) => idOf(basename(path))));
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

  /** Journals that no living process is writing. */
  #leftJournals(): readonly Readonly<{ path: string; changedAt: number }>[] {
    return readdirSync(this.#state, { withFileTypes: true }).flatMap(entry => {
      const found = entry.isFile() ? journalPattern.exec(entry.name) : null;
      const path = join(this.#state, entry.name);
      if (!found || isWritten(Number(found[1]), path)) return [];
      const changedAt = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
      return changedAt === undefined ? [] : [{ path, changedAt }];
    });
  }

  /** `names`: of all files there are. */
  #erase(ids: ReadonlySet<string>, names: readonly string[], failures: Failures): void {
    const asked = new Set([...ids].flatMap(id => this.#sessions.headerOf(id)?.header.journal ?? []));
    const own = names.filter(name => ids.has(name.slice(0, idLength)));
    // A session that broke off has left its journal beside the history; one that was asked for stands elsewhere.
    const left = this.#leftJournals().map(({ path }) => path);
    const journals = new Set([...left, ...[...asked].flatMap(besides)]);
    const telling = [...journals].filter(path => tellsOf(path, ids));
    eraseFiles([...own.map(name => join(this.#sessions.path, name)), ...telling], failures.failed);
  }
}

/** The id of a session that a file of the history is of, or stands beside. */
const idOf = (name: string): string => name.replace(/\..*$/, '');

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

/** A journal that was asked for, and those before it that stand beside it. */
function besides(journal: string): readonly string[] {
  const begin = `${basename(journal)}.`;
  try {
    const names = readdirSync(dirname(journal)).filter(
      name => name.startsWith(begin) && /^(aside-)?\d+$/.test(name.slice(begin.length)),
    );
    return [journal, ...names.map(name => join(dirname(journal), name))];
  } catch {
    return [];
  }
}

/** Whether a journal is of one of these sessions, its header damaged or not. */
function tellsOf(path: string, ids: ReadonlySet<string>): boolean {
  const found = keptText(path, mostSessionBytes);
  if (found.is !== 'text') return false;
  return [...found.text.matchAll(/"id":"([^"]+)"/g)].some(([, id = '']) => ids.has(id));
}
