/** Kept sessions as the files of a folder, with what stands beside them there: journals, and what was half written. */
import { closeSync, type Dirent, fsyncSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { terminalWords } from '../../machines/text/terminal.ts';
import { eraseFiles } from '../storage/erase-many.ts';
import { codeOf, isMissing } from '../storage/error-code.ts';
import { type KeptText, keptText } from '../storage/kept-text.ts';
import type { Say } from '../storage/notices.ts';
import { appendLine, openLines, privateFolder } from '../storage/private-files.ts';
import { isWritten } from '../storage/writers.ts';
import { readHeader, type SessionHeader } from './records.ts';
import { SessionFile, type Sync } from './session-file.ts';
import { idPattern } from './session-id.ts';
import { type EraseFailed, SessionMissing, type SessionPlace } from './session-place.ts';

/** A session has some hundred kilobytes; more than this is none of ours. */
const mostSessionBytes = 64 * 1024 * 1024;

/** A header has a few hundred. */
const headerBytes = 4096;

/** Of a session's id. */
const idLength = '20260301-183000-abcd'.length;

/** A journal of a session under way, or of one that broke off, and the number of the process that wrote it. */
const journalPattern = /^session-.*?(?:-(\d+)(?:-[0-9a-z]+)?)?\.jsonl(?:\.aside-\d+)?$/;

export class SessionFolder implements SessionPlace {
  readonly path: string;
  readonly words = terminalWords.files;
  readonly say: Say;
  readonly #state: string;
  readonly #sync: Sync | undefined;

  /**
   * `state`: the folder that the history's own stands in, and journals beside it. `sync`: who waits for the disk where a
   * session is under way.
   */
  constructor(state: string, say: Say, sync?: Sync) {
    this.#state = state;
    this.#sync = sync;
    this.path = join(state, 'history');
    this.say = say;
    try {
      privateFolder(this.path);
    } catch {
      // What is kept is told then to be kept no more; what is read, to be unreadable.
    }
  }

  ids(): readonly string[] {
    return this.#names()
      .map(name => basename(name, '.jsonl'))
      .filter(id => idPattern.test(id));
  }

  idsOfAll(): ReadonlySet<string> {
    return new Set(
      this.#names()
        .map(idOf)
        .filter(id => idPattern.test(id)),
    );
  }

  pathOf(id: string): string {
    if (!idPattern.test(id)) throw new SessionMissing(id);
    return join(this.path, `${id}.jsonl`);
  }

  idAt(path: string): string {
    return idOf(basename(path));
  }

  textOf(id: string, isBeginning = false): KeptText {
    return keptText(this.pathOf(id), mostSessionBytes, isBeginning ? headerBytes : undefined);
  }

  stampOf(id: string): string {
    const { size, mtimeMs } = statSync(this.pathOf(id), { throwIfNoEntry: false }) ?? {};
    return `${size} ${mtimeMs}`;
  }

  isWritten(id: string, pid: number): boolean {
    return isWritten(pid, this.pathOf(id));
  }

  begin(header: SessionHeader): SessionFile {
    return new SessionFile(this.pathOf(header.id), header, this.#sync);
  }

  append(id: string, line: string): void {
    const file = openLines(this.pathOf(id), false);
    try {
      appendLine(file, line);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  }

  erase(ids: ReadonlySet<string>, failed: EraseFailed): void {
    const asked = new Set([...ids].flatMap(id => this.#journalOf(id) ?? []));
    const own = this.#names().filter(name => ids.has(name.slice(0, idLength)));
    // A session that broke off has left its journal beside the history; one that was asked for stands elsewhere.
    const left = this.#leftJournals().map(({ path }) => path);
    const journals = new Set([...left, ...[...asked].flatMap(besides)]);
    const telling = [...journals].filter(path => tellsOf(path, ids));
    eraseFiles([...own.map(name => join(this.path, name)), ...telling], failed);
  }

  eraseRest(failed: EraseFailed): void {
    const strange = this.#names().filter(name => !idPattern.test(idOf(name)));
    // Also of sessions that nobody chose to keep, and that broke off.
    const left = this.#leftJournals().map(({ path }) => path);
    eraseFiles([...strange.map(name => join(this.path, name)), ...left], failed);
  }

  eraseLeft(before: number, failed: EraseFailed): void {
    const journals = this.#leftJournals().filter(({ changedAt }) => changedAt < before);
    eraseFiles(
      journals.map(({ path }) => path),
      failed,
    );
  }

  /** Of every file, also of those that stand beside a session. */
  #names(): readonly string[] {
    let entries: readonly Dirent[];
    try {
      entries = readdirSync(this.path, { withFileTypes: true });
    } catch (error) {
      if (isMissing(error)) return [];
      const { words } = this;
      const what = codeOf(error) === 'ENOTDIR' ? words.noFolder : `${words.unreadable} (${codeOf(error)})`;
      this.say({ file: this.path, what, todo: words.todo.owner });
      return [];
    }
    return entries.filter(entry => !entry.isDirectory()).map(({ name }) => name);
  }

  /** Where somebody asked for a journal of it. */
  #journalOf(id: string): string | undefined {
    const begin = this.textOf(id, true);
    const found = begin.is === 'text' && begin.text.includes('\n') ? begin : this.textOf(id);
    return found.is === 'text' ? readHeader(found.text)?.journal : undefined;
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
}

/** The id of a session that a file of the history is of, or stands beside. */
const idOf = (name: string): string => name.replace(/\..*$/, '');

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
