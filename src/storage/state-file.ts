/**
 * One JSON file of the state folder, read field by field and changed under a lock.
 *
 * Fields that nobody here knows stay as they are. Where the whole cannot be understood, or where another version wrote
 * it, it is set aside under another name before anything is written in its place. What may not be read, or is no file,
 * is never written over. Everything of that kind is said.
 */
import { lstatSync } from 'node:fs';
import { terminalWords } from '../../machines/text/terminal.ts';
import { fill } from '../../machines/text/text.ts';
import { jsonText } from './json-fields.ts';
import { type KeptText, keptText } from './kept-text.ts';
import { whileHeld } from './lock.ts';
import type { Say } from './notices.ts';
import { copyAside, replaceFile, setAside } from './private-files.ts';
import { type StateFields, type StateReading, type StateVersion, stateReading } from './state-fields.ts';

const words = terminalWords.files;

/** More than any of these files ever has. */
const mostBytes = 256 * 1024;

/** It may not be read, or is no file: nothing is written in its place. */
export class FileClosed extends Error {
  readonly code = 'EACCES';
  readonly syscall = 'open';
  readonly path: string;
  readonly why: string;

  constructor(path: string, why: string) {
    super(`EACCES: ${path}: ${why}`);
    this.path = path;
    this.why = why;
  }
}

export type StateFileOptions = Readonly<{
  path: string;
  version: StateVersion;
  say: Say;
}>;

export class StateFile implements StateFields {
  readonly path: string;
  readonly #options: StateFileOptions;

  constructor(options: StateFileOptions) {
    this.path = options.path;
    this.#options = options;
  }

  /** Never throws; says what is wrong with the file as a whole. */
  read(): StateReading {
    const found = this.#look();
    if (found.is === 'closed') this.#tell(found.why, words.todo.closed);
    if (found.is === 'part') this.#tell(words.broken, words.todo.broken);
    if (found.is === 'other') this.#tell(words.otherVersion, words.todo.otherVersion);
    return found;
  }

  /**
   * Puts in its place what `change` makes of it, unless that is null; `change` may be asked more than once. Where
   * `loses` says that something which nobody understands has no place in the new one, a copy of the old one is kept
   * beside it. Throws FileClosed, FileBusy, or the system's
   * error; the old file is whole then.
   */
  change(
    change: (reading: StateReading) => ReadonlyMap<string, unknown> | null,
    loses: (reading: StateReading) => boolean = () => false,
  ): void {
    const seen = this.#look();
    // Nothing to change needs no lock, and no folder that can be written to.
    if (seen.is !== 'closed' && change(seen) === null) return;
    whileHeld(this.path, () => {
      // Someone without our lock, an editor say, may have changed it meanwhile: then it is read anew.
      for (let round = 0; ; round++) {
        const found = this.#look();
        if (found.is === 'closed') throw new FileClosed(this.path, found.why);
        const fields = change(found);
        if (fields === null) return;
        if (this.#look().stamp !== found.stamp && round < 3) continue;
        if (!this.#makeRoom(found.is) && loses(found))
          this.#tell(fill(words.copyAside, { aside: copyAside(this.path) }), words.todo.setAside);
        replaceFile(this.path, jsonText(fields));
        return;
      }
    });
  }

  /** What is not ours to write over gets another name: whether it was. A link is moved, not what it points to. */
  #makeRoom(is: StateReading['is']): boolean {
    const isLink = lstatSync(this.path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
    if (!isLink && is !== 'part' && is !== 'other') return false;
    const aside = setAside(this.path);
    this.#tell(fill(isLink ? words.linkAside : words.setAside, { aside }), words.todo.setAside);
    return true;
  }

  #look(): StateReading & Readonly<{ stamp: string; why: string }> {
    const none = { fields: new Map<string, unknown>(), stamp: '', why: '' };
    const text: KeptText = keptText(this.path, mostBytes);
    if (text.is === 'absent') return { ...none, is: 'absent' };
    // Too large for any of ours: what it is can be told by nobody, and it is set aside.
    if (text.is === 'unfit') return { ...none, is: 'part', stamp: text.why };
    if (text.is !== 'text') return { ...none, is: 'closed', why: text.why };
    const { version } = this.#options;
    return { ...none, ...stateReading(text.text, text.isSound, version), stamp: text.stamp };
  }

  #tell(what: string, todo: string): void {
    this.#options.say({ file: this.path, what, todo });
  }
}
