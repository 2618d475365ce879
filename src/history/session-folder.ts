/** The folder of the history, and the files in it: which sessions there are, and each of them read. */
import { type Dirent, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { terminalWords } from '../../machines/text/terminal.ts';
import { fill } from '../../machines/text/text.ts';
import { keptText } from '../storage/kept-text.ts';
import type { Say } from '../storage/notices.ts';
import { codeOf, isMissing, privateFolder } from '../storage/private-files.ts';
import { isWritten } from '../storage/writers.ts';
import {
  idPattern,
  type KeptSession,
  readHeader,
  readSession,
  type SessionHeader,
  type Unread,
  unreadWhy,
} from './records.ts';

const words = terminalWords.files;

/** A session has some hundred kilobytes; more than this is none of ours. */
export const mostSessionBytes = 64 * 1024 * 1024;

/** A header has a few hundred. */
const headerBytes = 4096;

export class SessionMissing extends Error {}
export class SessionUnderWay extends Error {}

export class SessionFolder {
  /** Where it stands. */
  readonly path: string;
  readonly say: Say;

  /** `say` is told of each file that cannot be read. */
  constructor(path: string, say: Say) {
    this.path = path;
    this.say = say;
    try {
      privateFolder(path);
    } catch {
      // What is kept is told then to be kept no more; what is read, to be unreadable.
    }
  }

  /** Throws SessionMissing where that is no id. */
  pathOf(id: string): string {
    if (!idPattern.test(id)) throw new SessionMissing(id);
    return join(this.path, `${id}.jsonl`);
  }

  /** Of every file, also of those that stand beside a session. */
  names(): readonly string[] {
    let entries: readonly Dirent[];
    try {
      entries = readdirSync(this.path, { withFileTypes: true });
    } catch (error) {
      if (isMissing(error)) return [];
      const what = codeOf(error) === 'ENOTDIR' ? words.noFolder : `${words.unreadable} (${codeOf(error)})`;
      this.say({ file: this.path, what, todo: words.todo.owner });
      return [];
    }
    return entries.filter(entry => !entry.isDirectory()).map(({ name }) => name);
  }

  /** The newest first. */
  ids(): readonly string[] {
    return this.names()
      .map(name => basename(name, '.jsonl'))
      .filter(id => idPattern.test(id))
      .sort()
      .reverse();
  }

  /** Null where it cannot be read, which is said. Never throws. */
  read(id: string): KeptSession | null {
    const file = join(this.path, `${id}.jsonl`);
    const found = keptText(file, mostSessionBytes);
    if (found.is === 'absent') return null;
    if (found.is !== 'text') {
      const what = fill(words.sessionUnread, { why: found.why });
      this.say({ file, what, todo: words.todo.owner });
      return null;
    }
    const kept = readSession(found.text, id);
    if (!kept) {
      const what = unreadWhy(found.text) === 'newer' ? words.sessionOther : words.session;
      this.say({ file, what, todo: words.todo.session });
    } else if (kept.leftOut)
      this.say({
        file,
        what: fill(words.sessionPart, { count: kept.leftOut }),
        todo: words.todo.unknownField,
      });
    return kept;
  }

  /** Only when it began, where it was recorded, and whether it is under way: of thousands no more is read. */
  headerOf(id: string): Readonly<{ header: SessionHeader; isUnderWay: boolean }> | null {
    const path = this.pathOf(id);
    const begin = keptText(path, mostSessionBytes, headerBytes);
    const isWhole = begin.is === 'text' && begin.text.includes('\n');
    const found = isWhole ? begin : keptText(path, mostSessionBytes);
    const header = found.is === 'text' ? readHeader(found.text) : null;
    if (header === null) return null;
    if (!isWritten(header.pid, path)) return { header, isUnderWay: false };
    const text = keptText(path, mostSessionBytes);
    const kept = text.is === 'text' ? readSession(text.text, id) : null;
    return { header, isUnderWay: kept !== null && this.isUnderWay(kept) };
  }

  /** Why one cannot be read; null where it may only not be opened. */
  unread(id: string): Unread | null {
    const found = keptText(this.pathOf(id), mostSessionBytes);
    return found.is === 'text' ? unreadWhy(found.text) : null;
  }

  /** Whether a living process is still writing this session. */
  isUnderWay({ header, records }: KeptSession): boolean {
    if (records.some(({ type }) => type === 'outcome')) return false;
    return isWritten(header.pid, this.pathOf(header.id));
  }
}

/** The time that an id names, for a file whose header cannot be read. */
export function idTime(id: string): number {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)/.exec(id) ?? [];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
