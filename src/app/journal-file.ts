/**
 * A journal on disk: each record written before what it records is acted on, so that a process that dies loses at
 * most the record it was writing. Mode 0600: it is nobody else's.
 */

import { closeSync, openSync, statSync, writeSync } from 'node:fs';
import { terminalWords } from '../../machines/text/terminal.ts';
import { fill } from '../../machines/text/text.ts';
import type { Recording } from '../session/sessions.ts';
import { codeOf } from '../storage/error-code.ts';
import { holdFile } from '../storage/lock.ts';
import { type Say, unheard } from '../storage/notices.ts';
import { eraseFile, setAside } from '../storage/private-files.ts';
import { letGo, writesHere } from '../storage/writers.ts';
import { DiskHere } from './disk.ts';
import type { Disk } from './disk-works.ts';

/** Power may go at any moment; the disk is asked to keep up this often. */
const syncEveryMs = 1000;

/** More than a session has said before its process is sure that it may run. */
const mostHeld = 10_000;

/**
 * Whatever stands where somebody wants a journal, a former one or something else altogether, is kept beside it under
 * another name: `FILE.1`, `FILE.2` and so on. Nothing is ever written over.
 */
function keepFormer(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile() && found.size > 0) setAside(path, '');
}

/** Records in several places at once: what fails in one is told, and goes on in the others. */
export class Recordings implements Recording {
  readonly #all: readonly Recording[];

  constructor(all: readonly Recording[]) {
    this.#all = all;
  }

  get failure(): string | null {
    return this.#all.find(({ failure }) => failure !== null)?.failure ?? null;
  }

  begin(): (line: string) => void {
    const sinks = this.#all.map(recording => recording.begin());
    return line => {
      for (const sink of sinks) sink(line);
    };
  }

  over(): void {
    for (const recording of this.#all) recording.over();
  }
}

export type JournalOptions = Readonly<{
  /**
   * Nothing is made, moved or written before `release`: it is not certain yet that this process may run. What is
   * recorded until then waits in memory.
   */
  held?: boolean;
  /** Who waits for the disk; this very loop, where nothing is said. */
  disk?: Pick<Disk, 'ask'>;
  /** What cannot be erased. */
  say?: Say;
  /** Where the next session's stands: the last one's may still be on its way out. */
  next?: () => string;
}>;

export class JournalFile implements Recording {
  /** Why nothing is recorded any more; null while all is well. */
  failure: string | null = null;
  #path: string;
  readonly #keep: boolean;
  readonly #options: JournalOptions;
  readonly #disk: Pick<Disk, 'ask'>;
  #file: number | null = null;
  #syncedAt = 0;
  #isSyncing = false;
  /** Lines that wait for `release`; null once there is nothing to wait for. */
  #held: string[] | null;
  #hasBegun = false;
  #letGo: () => void = () => {};
  #isFirst = true;

  /** `keep`: somebody asked for it; otherwise it outlives its session only where the process dies. */
  constructor(path: string, keep: boolean, options: JournalOptions = {}) {
    this.#path = path;
    this.#keep = keep;
    this.#options = options;
    this.#disk = options.disk ?? new DiskHere(unheard);
    this.#held = options.held ? [] : null;
  }

  /**
   * This process may run: from here on it is written. Throws FileBusy where another process writes the journal that
   * was asked for.
   */
  release(): void {
    const lines = this.#held;
    if (lines === null) return;
    if (this.#keep) this.#hold();
    this.#held = null;
    if (!this.#hasBegun) return;
    this.#open();
    for (const line of lines) this.#write(line);
  }

  /** A sink for a new journal in the place of the last one. */
  begin(): (line: string) => void {
    this.close();
    this.failure = null;
    this.#hasBegun = true;
    if (this.#held) this.#held = [];
    else this.#open();
    return line => this.#write(line);
  }

  close(): void {
    if (this.#file !== null) {
      closeSync(this.#file);
      letGo(this.#path);
    }
    this.#file = null;
  }

  /** Nothing more comes, of any session. */
  end(): void {
    this.close();
    this.#held = null;
    this.#hasBegun = false;
    this.#letGo();
  }

  over(): void {
    if (this.#keep) return;
    this.close();
    this.#hasBegun = false;
    if (this.#held) this.#held = [];
    else this.#erase();
  }

  /** Nothing had begun, and no motor is paced any more: it goes at once. Throws the system's error. */
  unbegun(): void {
    this.close();
    this.#hasBegun = false;
    if (this.#held) this.#held = [];
    else eraseFile(this.#path);
  }

  /** Where that fails the next start finds it, with a session in it that is over. */
  #erase(): void {
    const { say = unheard, next } = this.#options;
    const path = this.#path;
    this.#path = next?.() ?? path;
    this.#disk.ask('erase', { path }).catch((error: unknown) => {
      const what = fill(terminalWords.files.notErased, { why: codeOf(error) || String(error) });
      say({ file: path, what, todo: terminalWords.files.todo.owner });
    });
  }

  /** A place where no note can be laid says so when it is written to. */
  #hold(): void {
    try {
      this.#letGo = holdFile(this.#path);
    } catch (error) {
      if (codeOf(error) === 'EBUSY') throw error;
    }
  }

  #open(): void {
    this.#attempt(() => {
      if (this.#keep && this.#isFirst) keepFormer(this.#path);
      this.#isFirst = false;
      this.#file = openSync(this.#path, 'w', 0o600);
      writesHere(this.#path);
    });
  }

  #write(line: string): void {
    if (this.#held) {
      if (this.#held.length < mostHeld) this.#held.push(line);
      return;
    }
    const file = this.#file;
    // After a line that was torn nothing more is written: it would be glued to it.
    if (file === null || this.failure !== null) return;
    this.#attempt(() => {
      const bytes = Buffer.from(line);
      for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
    });
    const now = performance.now();
    if (this.failure !== null || now - this.#syncedAt < syncEveryMs || this.#isSyncing) return;
    this.#syncedAt = now;
    void this.#sync(file);
  }

  /** A disk that hangs is asked once. */
  async #sync(file: number): Promise<void> {
    this.#isSyncing = true;
    try {
      await this.#disk.ask('sync', { file });
    } catch (error) {
      // A file that was closed meanwhile has nothing more to keep.
      if (this.#file === file) this.failure = codeOf(error) || String(error);
    }
    this.#isSyncing = false;
  }

  #attempt(write: () => void): void {
    try {
      write();
    } catch (error) {
      this.failure = codeOf(error) || String(error);
    }
  }
}
