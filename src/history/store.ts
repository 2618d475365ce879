/**
 * The history on disk: one file a session in the state folder, appended to line by line as the session goes, so that
 * a process killed at any write loses at most the line it was writing. Local only; old sessions go by themselves.
 */
import { randomBytes } from 'node:crypto';
import { closeSync, type Dirent, fdatasync, fsyncSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { terminalWords } from '../../machines/text/terminal.ts';
import { fill } from '../../machines/text/text.ts';
import { daysBefore } from '../calendar.ts';
import { keptText } from '../storage/kept-text.ts';
import { type Say, unheard } from '../storage/notices.ts';
import {
  appendLine,
  codeOf,
  eraseFile,
  isMissing,
  openLines,
  privateFolder,
} from '../storage/private-files.ts';
import { isWritten, letGo, writesHere } from '../storage/writers.ts';
import {
  type Header,
  idPattern,
  type Kept,
  noteLength,
  readKept,
  type SessionRecord,
  type Unread,
  unreadWhy,
  writtenRecord,
} from './records.ts';
import { type Listed, listed } from './tables.ts';

const words = terminalWords.files;

/** More sessions than anyone gives in the longest time they are kept. */
const mostSessions = 5000;
/** The disk is asked to keep up this often. */
const syncEveryMs = 1000;
/** A session has some hundred kilobytes; more than this is none of ours. */
const mostBytes = 64 * 1024 * 1024;
/** What one zone's date may differ from another's. */
const zonesMs = 26 * 3_600_000;

export class SessionMissing extends Error {}
export class SessionUnderWay extends Error {}

type Seen = Readonly<{ stamp: string; header: Header; listed: Listed; isOver: boolean }>;

/** A session as a list has it. */
export type Glance = Readonly<{ header: Header; listed: Listed; isUnderWay: boolean }>;

/** A journal of a session under way, or of one that broke off, and the number of the process that wrote it. */
const journalPattern = /^session-.*?(?:-(\d+)(?:-[0-9a-z]+)?)?\.jsonl(?:\.aside-\d+)?$/;

/** Writes one session, record by record. */
export class SessionFile {
  /** Why nothing is kept any more; null while all is well. */
  failure: string | null = null;
  readonly #path: string;
  #file: number | null = null;
  #syncedAt = 0;

  constructor(path: string, header: Header) {
    this.#path = path;
    this.#attempt(() => {
      this.#file = openLines(path, true);
      writesHere(path);
      appendLine(this.#file, writtenRecord(header));
    });
  }

  keep(record: SessionRecord): void {
    const file = this.#file;
    if (file === null || this.failure !== null) return;
    this.#attempt(() => appendLine(file, writtenRecord(record)));
    const now = performance.now();
    if (now - this.#syncedAt < syncEveryMs) return;
    this.#syncedAt = now;
    fdatasync(file, error => {
      // A file that was closed meanwhile has nothing more to keep.
      if (error && error.code !== 'EBADF') this.failure = error.code ?? error.message;
    });
  }

  close(): void {
    const file = this.#file;
    this.#file = null;
    if (file === null) return;
    letGo(this.#path);
    this.#attempt(() => fsyncSync(file));
    closeSync(file);
  }

  #attempt(write: () => void): void {
    try {
      write();
    } catch (error) {
      this.failure = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    }
  }
}

export class HistoryStore {
  readonly #state: string;
  readonly #folder: string;
  readonly #wallNow: () => number;
  readonly #say: Say;

  /**
   * `stateFolder`: where this program keeps what it remembers.
   * `wallNow`: ms since 1970. `say` is told of each file that cannot be read.
   */
  constructor(stateFolder: string, wallNow: () => number, say: Say = unheard) {
    this.#state = stateFolder;
    this.#folder = join(stateFolder, 'history');
    this.#wallNow = wallNow;
    this.#say = say;
    try {
      privateFolder(this.#folder);
    } catch {
      // What is kept is told then to be kept no more; what is read, to be unreadable.
    }
  }

  /** A name for a session that begins now. */
  newId(): string {
    const [day = '', time = ''] = new Date(this.#wallNow()).toISOString().split('T');
    return `${day.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}-${randomBytes(2).toString('hex')}`;
  }

  /** Never throws: what fails is the file's own failure. */
  begin(header: Header): SessionFile {
    return new SessionFile(this.#pathOf(header.id), header);
  }

  /** Every session that is kept, the newest first. */
  list(): readonly Kept[] {
    return this.#ids().flatMap(id => this.#read(id) ?? []);
  }

  /**
   * The same at a glance: only what has changed is read anew, so that a session under way is not held up by all that
   * were before it.
   */
  glances(): readonly Glance[] {
    const before = this.#glances;
    this.#glances = new Map();
    return this.#ids().flatMap(id => {
      const stamp = this.#stampOf(id);
      const known = before.get(id);
      const kept = known?.stamp === stamp ? null : this.#read(id);
      const seen =
        known && !kept
          ? known
          : kept && {
              stamp,
              header: kept.header,
              listed: listed(kept),
              isOver: kept.records.some(({ type }) => type === 'outcome'),
            };
      if (!seen) return [];
      this.#glances.set(id, seen);
      const { header, isOver } = seen;
      return [
        { header, listed: seen.listed, isUnderWay: !isOver && isWritten(header.pid, this.#pathOf(id)) },
      ];
    });
  }
  #glances = new Map<string, Seen>();

  /** What changes with each line that is added to a file. */
  #stampOf(id: string): string {
    const { size, mtimeMs } = statSync(this.#pathOf(id), { throwIfNoEntry: false }) ?? {};
    return `${size} ${mtimeMs}`;
  }

  /** Where it stands. */
  get folder(): string {
    return this.#folder;
  }

  /** Throws SessionMissing. `latest` is the newest one that can be read. */
  read(id: string): Kept {
    for (const known of id === 'latest' ? this.#ids() : [id]) {
      const kept = idPattern.test(known) ? this.#read(known) : null;
      if (kept) return kept;
    }
    throw new SessionMissing(id);
  }

  /** Adds a note. Throws SessionMissing, or the system's error. */
  note(id: string, text: string): void {
    const { header } = this.read(id);
    const file = openLines(this.#pathOf(header.id), false);
    try {
      const writtenAt = new Date(this.#wallNow()).toISOString();
      appendLine(file, writtenRecord({ type: 'note', writtenAt, text: text.slice(0, noteLength) }));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  }

  /** Whether a living process is still writing this session. */
  isUnderWay({ header, records }: Kept): boolean {
    if (records.some(({ type }) => type === 'outcome')) return false;
    return isWritten(header.pid, this.#pathOf(header.id));
  }

  /** When the newest session began, by its name, ms since 1970; null where there is none. `but` is left out. */
  newestBegin(but: string | null): number | null {
    const begun = this.#ids()
      .filter(id => id !== but)
      .map(idTime)
      .filter(at => Number.isFinite(at) && at <= this.#wallNow());
    return begun.length === 0 ? null : Math.max(...begun);
  }

  /** Erases a session wherever it stands in the state folder; returns its id. Throws SessionMissing or SessionUnderWay. */
  erase(id: string): string {
    // One whose header was cut off can't be read, and is erased all the same.
    const known = this.#ids().includes(id) ? id : this.read(id).header.id;
    const kept = this.#read(known);
    if (kept && this.isUnderWay(kept)) throw new SessionUnderWay(id);
    this.#eraseOne(known);
    return known;
  }

  /** Erases all but what is under way; returns how many sessions there were. Throws once the rest is erased. */
  eraseAll(): number {
    let count = 0;
    const each = new Attempts();
    for (const name of this.#names()) {
      const id = name.replace(/\..*$/, '');
      const kept = this.#read(id);
      if (kept && this.isUnderWay(kept)) continue;
      each.attempt(() => {
        if (idPattern.test(id)) this.#eraseOne(id);
        else eraseFile(join(this.#folder, name));
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
  prune(days: number, at = this.#wallNow()): number {
    const oldest = daysBefore(at, days);
    let count = 0;
    for (const id of this.#ids()) {
      // Its name says when it began, so that of many only those few are read that may be too old.
      if (idTime(id) >= oldest + zonesMs) continue;
      const kept = this.#read(id);
      // Both have to say that it is old: one of them may be damaged.
      const began = Math.max(idTime(id), kept ? Date.parse(kept.header.startedAt) || 0 : 0);
      if (!(began < oldest) || (kept && this.isUnderWay(kept))) continue;
      // What may not be read may be under way; what a newer version wrote has its own rules.
      if (!kept && this.#unread(id) !== 'spoiled') continue;
      if (this.#erased(() => this.#eraseOne(id), this.#pathOf(id))) count += 1;
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
      this.#say({ file, what, todo: words.todo.owner });
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

  #eraseOne(id: string): void {
    const journal = this.#read(id)?.header.journal;
    const each = new Attempts();
    for (const name of this.#names())
      if (name.startsWith(id)) each.attempt(() => eraseFile(join(this.#folder, name)));
    // A session that broke off has left its journal beside the history; one that was asked for stands elsewhere.
    const left = this.#leftJournals().map(({ path }) => path);
    for (const path of [...left, ...(journal === undefined ? [] : besides(journal))])
      each.attempt(() => {
        if (tellsOf(path, id)) eraseFile(path);
      });
    each.end();
  }

  #pathOf(id: string): string {
    if (!idPattern.test(id)) throw new SessionMissing(id);
    return join(this.#folder, `${id}.jsonl`);
  }

  #names(): readonly string[] {
    let entries: readonly Dirent[];
    try {
      entries = readdirSync(this.#folder, { withFileTypes: true });
    } catch (error) {
      if (isMissing(error)) return [];
      const what = codeOf(error) === 'ENOTDIR' ? words.noFolder : `${words.unreadable} (${codeOf(error)})`;
      this.#say({ file: this.#folder, what, todo: words.todo.owner });
      return [];
    }
    return entries
      .filter(entry => !entry.isDirectory())
      .map(({ name }) => name)
      .slice(0, mostSessions);
  }

  #ids(): readonly string[] {
    return this.#names()
      .map(name => basename(name, '.jsonl'))
      .filter(id => idPattern.test(id))
      .sort()
      .reverse();
  }

  /** Null where it cannot be read, which is said. Never throws. */
  #read(id: string): Kept | null {
    const file = join(this.#folder, `${id}.jsonl`);
    const found = keptText(file, mostBytes);
    if (found.is === 'absent') return null;
    if (found.is !== 'text') {
      const what = fill(words.sessionUnread, { why: found.why });
      this.#say({ file, what, todo: words.todo.owner });
      return null;
    }
    const kept = readKept(found.text, id);
    if (!kept) {
      const what = unreadWhy(found.text) === 'newer' ? words.sessionOther : words.session;
      this.#say({ file, what, todo: words.todo.session });
    } else if (kept.leftOut)
      this.#say({
        file,
        what: fill(words.sessionPart, { count: kept.leftOut }),
        todo: words.todo.unknownField,
      });
    return kept;
  }

  /** Why one cannot be read; null where it may only not be opened. */
  #unread(id: string): Unread | null {
    const found = keptText(this.#pathOf(id), mostBytes);
    return found.is === 'text' ? unreadWhy(found.text) : null;
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
  const found = keptText(path, mostBytes);
  return found.is === 'text' && found.text.includes(`"id":"${id}"`);
}

/** The time that an id names, for a file whose header cannot be read. */
function idTime(id: string): number {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)/.exec(id) ?? [];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
