/** Erasing sessions, wherever something of them stands in the state folder: one, all, or those of a certain age. */
import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { terminalWords } from '../../machines/text/terminal.ts';
import { fill } from '../../machines/text/text.ts';
import { daysBefore } from '../calendar.ts';
import { keptText } from '../storage/kept-text.ts';
import { codeOf, eraseFile } from '../storage/private-files.ts';
import { isWritten } from '../storage/writers.ts';
import { idPattern } from './records.ts';
import { idTime, mostSessionBytes, type SessionFolder, SessionUnderWay } from './session-folder.ts';

const words = terminalWords.files;

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
    const kept = this.#sessions.read(id);
    if (kept && this.#sessions.isUnderWay(kept)) throw new SessionUnderWay(id);
    this.#eraseOne(id);
  }

  /** Erases all but what is under way; returns how many sessions there were. Throws once the rest is erased. */
  eraseAll(): number {
    let count = 0;
    const each = new Attempts();
    const names = this.#sessions.names();
    for (const name of names) {
      const id = name.replace(/\..*$/, '');
      const kept = this.#sessions.read(id);
      if (kept && this.#sessions.isUnderWay(kept)) continue;
      each.attempt(() => {
        if (idPattern.test(id)) this.#eraseOne(id, names);
        else eraseFile(join(this.#sessions.path, name));
        if (name === `${id}.jsonl`) count += 1;
      });
    }
    // Also of sessions that nobody chose to keep, and that broke off.
    for (const { path } of this.#leftJournals()) each.attempt(() => eraseFile(path));
    each.end();
    return count;
  }

  /**
   * Erases what is older than so many days at the time `at`, which no clock says by itself: see Retention. Returns how
   * many there were; what cannot be erased is said, and stops nothing.
   */
  prune(days: number, at: number): number {
    const oldest = daysBefore(at, days);
    let count = 0;
    const names = this.#sessions.names();
    for (const id of this.#sessions.ids()) {
      // Its name says when it began, so that of many only those few are read that may be too old.
      if (idTime(id) >= oldest + zonesMs) continue;
      const kept = this.#sessions.read(id);
      // Both have to say that it is old: one of them may be damaged.
      const began = Math.max(idTime(id), kept ? Date.parse(kept.header.startedAt) || 0 : 0);
      if (!(began < oldest) || (kept && this.#sessions.isUnderWay(kept))) continue;
      // What may not be read may be under way; what a newer version wrote has its own rules.
      if (!kept && this.#sessions.unread(id) !== 'spoiled') continue;
      if (this.#erased(() => this.#eraseOne(id, names), this.#sessions.pathOf(id))) count += 1;
    }
    for (const { path, changedAt } of this.#leftJournals())
      if (changedAt < oldest) this.#erased(() => eraseFile(path), path);
    return count;
  }

  #erased(erase: () => unknown, file: string): boolean {
    try {
      erase();
      return true;
    } catch (error) {
      const what = fill(words.notErased, { why: codeOf(error) || String(error) });
      this.#sessions.say({ file, what, todo: words.todo.owner });
      return false;
    }
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

  /** `names`: of all files there are, where many are erased. */
  #eraseOne(id: string, names = this.#sessions.names()): void {
    const journal = this.#sessions.read(id)?.header.journal;
    const each = new Attempts();
    for (const name of names)
      if (name.startsWith(id)) each.attempt(() => eraseFile(join(this.#sessions.path, name)));
    // A session that broke off has left its journal beside the history; one that was asked for stands elsewhere.
    const left = this.#leftJournals().map(({ path }) => path);
    for (const path of [...left, ...(journal === undefined ? [] : besides(journal))])
      each.attempt(() => {
        if (tellsOf(path, id)) eraseFile(path);
      });
    each.end();
  }
}

/** Does one thing after another, whichever of them fails, and throws the first failure in the end. */
class Attempts {
  #failure: Readonly<{ error: unknown }> | null = null;

  attempt(deed: () => void): void {
    try {
      deed();
    } catch (error) {
      this.#failure ??= { error };
    }
  }

  end(): void {
    if (this.#failure) throw this.#failure.error;
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

/** Whether a journal is of this session, its header damaged or not. */
function tellsOf(path: string, id: string): boolean {
  const found = keptText(path, mostSessionBytes);
  return found.is === 'text' && found.text.includes(`"id":"${id}"`);
}
