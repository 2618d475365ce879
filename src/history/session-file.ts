/** The file of a session under way: appended to record by record, synced now and then. */
import { closeSync, fdatasync, fsyncSync } from 'node:fs';
import { appendLine, openLines } from '../storage/private-files.ts';
import { letGo, writesHere } from '../storage/writers.ts';
import { type Header, type SessionRecord, writtenRecord } from './records.ts';

/** The disk is asked to keep up this often. */
const syncEveryMs = 1000;

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
