/**
 * A journal on disk: each record written before what it records is acted on, so that a process that dies loses at
 * most the record it was writing. Mode 0600: it is nobody else's.
 */

import { closeSync, fdatasync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { letGo, writesHere } from '../history/writers.ts';
import type { Recording } from '../sessions.ts';

/** Power may go at any moment; the disk is asked to keep up this often. */
const syncEveryMs = 1000;

/** A journal that somebody asked for may be the only trace of a session that broke off: it is kept once more. */
function setAside(path: string): void {
  try {
    const found = statSync(path);
    if (found.isFile() && found.size > 0) renameSync(path, `${path}.1`);
  } catch {
    // There is none, or it may not be touched: writing will say so.
  }
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

export class JournalFile implements Recording {
  /** Why nothing is recorded any more; null while all is well. */
  failure: string | null = null;
  readonly #path: string;
  readonly #keep: boolean;
  #file: number | null = null;
  #syncedAt = 0;

  /** `keep`: somebody asked for it; otherwise it outlives its session only where the process dies. */
  constructor(path: string, keep: boolean) {
    this.#path = path;
    this.#keep = keep;
    if (keep) setAside(path);
  }

  /** A sink for a new journal in the place of the last one. */
  begin(): (line: string) => void {
    this.close();
    this.failure = null;
    this.#attempt(() => {
      this.#file = openSync(this.#path, 'w', 0o600);
      writesHere(this.#path);
    });
    return line => this.#write(line);
  }

  close(): void {
    if (this.#file !== null) {
      closeSync(this.#file);
      letGo(this.#path);
    }
    this.#file = null;
  }

  over(): void {
    if (this.#keep) return;
    this.close();
    rmSync(this.#path, { force: true });
  }

  #write(line: string): void {
    const file = this.#file;
    if (file === null) return;
    this.#attempt(() => {
      const bytes = Buffer.from(line);
      for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
    });
    const now = performance.now();
    if (this.failure !== null || now - this.#syncedAt < syncEveryMs) return;
    this.#syncedAt = now;
    fdatasync(file, error => {
      // A file that was closed meanwhile has nothing more to keep.
      if (error && error.code !== 'EBADF') this.failure = error.code ?? error.message;
    });
  }

  #attempt(write: () => void): void {
    try {
      write();
    } catch (error) {
      this.failure = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    }
  }
}
