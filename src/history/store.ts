/**
 * The history on disk: one file a session in the state folder, appended to line by line as the session goes, so that
 * a process killed at any write loses at most the line it was writing. Local only; old sessions go by themselves.
 */
import { randomBytes } from 'node:crypto';
import { closeSync, fdatasync, fsyncSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { appendLine, eraseFile, isMissing, openLines, privateFolder } from './private-files.ts';
import {
  type Header,
  idPattern,
  type Kept,
  noteLength,
  readKept,
  type SessionRecord,
  writtenRecord,
} from './records.ts';
import { type Listed, listed } from './tables.ts';
import { isWritten, letGo, writesHere } from './writers.ts';

/** More sessions than anyone gives in the longest time they are kept. */
const mostSessions = 5000;
/** The disk is asked to keep up this often. */
const syncEveryMs = 1000;
const dayMs = 24 * 3_600_000;

export class SessionMissing extends Error {}
export class SessionUnderWay extends Error {}

type Seen = Readonly<{ stamp: string; header: Header; listed: Listed; isOver: boolean }>;

/** A session as a list has it. */
export type Glance = Readonly<{ header: Header; listed: Listed; isUnderWay: boolean }>;

/** A journal of a session under way, or of one that broke off, and the number of the process that wrote it. */
const journalPattern = /^session-.*?(?:-(\d+)(?:-[0-9a-z]+)?)?\.jsonl$/;

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

  /** `stateFolder`: where this program keeps what it remembers. `wallNow`: ms since 1970. */
  constructor(stateFolder: string, wallNow: () => number) {
    this.#state = stateFolder;
    this.#folder = privateFolder(join(stateFolder, 'history'));
    this.#wallNow = wallNow;
  }

  /** A name for a session that begins now. */
  newId(): string {
    const [day = '', time = ''] = new Date(this.#wallNow()).toISOString().split('T');
    return `${day.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}-${randomBytes(2).toString('hex')}`;
  }

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

  /** Erases a session wherever it stands in the state folder; returns its id. Throws SessionMissing or SessionUnderWay. */
  erase(id: string): string {
    // One whose header was cut off can't be read, and is erased all the same.
    const known = this.#ids().includes(id) ? id : this.read(id).header.id;
    const kept = this.#read(known);
    if (kept && this.isUnderWay(kept)) throw new SessionUnderWay(id);
    this.#eraseOne(known);
    return known;
  }

  /** Erases all but what is under way; returns how many sessions there were. */
  eraseAll(): number {
    let count = 0;
    for (const name of this.#names()) {
      const id = name.replace(/\..*$/, '');
      const kept = this.#read(id);
      if (kept && this.isUnderWay(kept)) continue;
      if (name === `${id}.jsonl`) count += 1;
      if (idPattern.test(id)) this.#eraseOne(id);
      else eraseFile(join(this.#folder, name));
    }
    // Also of sessions that nobody chose to keep, and that broke off.
    for (const { path } of this.#leftJournals()) eraseFile(path);
    return count;
  }

  /** Erases what is older than so many days; returns how many there were. */
  prune(days: number): number {
    const oldest = this.#wallNow() - days * dayMs;
    let count = 0;
    const seen = new Map(this.glances().map(glance => [glance.header.id, glance]));
    for (const id of this.#ids()) {
      const glance = seen.get(id);
      const began = glance ? Date.parse(glance.header.startedAt) : idTime(id);
      if (began >= oldest || glance?.isUnderWay) continue;
      this.#eraseOne(id);
      count += 1;
    }
    for (const { path, changedAt } of this.#leftJournals()) if (changedAt < oldest) eraseFile(path);
    return count;
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
    for (const name of this.#names()) if (name.startsWith(id)) eraseFile(join(this.#folder, name));
    // A session that broke off has left its journal beside the history.
    for (const { path } of this.#leftJournals()) {
      const [first = ''] = readFileSync(path, 'utf8').split('\n', 1);
      if (first.includes(`"id":"${id}"`)) eraseFile(path);
    }
  }

  #pathOf(id: string): string {
    if (!idPattern.test(id)) throw new SessionMissing(id);
    return join(this.#folder, `${id}.jsonl`);
  }

  #names(): readonly string[] {
    return readdirSync(this.#folder, { withFileTypes: true })
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

  #read(id: string): Kept | null {
    try {
      return readKept(readFileSync(join(this.#folder, `${id}.jsonl`), 'utf8'));
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  /** Leaves no trace of a history that holds nothing. */
  removeIfEmpty(): void {
    if (this.#names().length === 0) rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** The time that an id names, for a file whose header cannot be read. */
function idTime(id: string): number {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)/.exec(id) ?? [];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
