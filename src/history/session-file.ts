/** The file of a session under way: appended to record by record, synced now and then. */
import { closeSync } from 'node:fs';
import { codeOf } from '../storage/error-code.ts';
import { appendLine, openLines, synced } from '../storage/private-files.ts';
import { letGo, writesHere } from '../storage/writers.ts';
import { type SessionHeader, type SessionRecord, writtenRecord } from './records.ts';
import type { SessionSink } from './session-place.ts';

/** The disk is asked to keep up this often. */
const syncEveryMs = 1000;

/** Resolves once what was written to an open file is on the disk. */
export type Sync = (file: number) => Promise<unknown>;

/** Writes one session, record by record. */
export class SessionFile implements SessionSink {
  /** Why nothing is kept any more; null while all is well. */
  failure: string | null = null;
  readonly #path: string;
  #file: number | null = null;
  readonly #sync: Sync;
  #syncedAt = 0;
  #isSyncing = false;

  constructor(path: string, header: SessionHeader, sync: Sync = synced) {
    this.#path = path;
    this.#sync = sync;
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
    if (now - this.#syncedAt < syncEveryMs || this.#isSyncing) return;
    this.#syncedAt = now;
    void this.#settled(file);
  }

  /** A disk that hangs is asked once. */
  async #settled(file: number): Promise<void> {
    this.#isSyncing = true;
    try {
      await this.#sync(file);
    } catch (error) {
      this.failure = codeOf(error) || String(error);
    }
    this.#isSyncing = false;
  }

  close(): void {
    const file = this.#file;
    this.#file = null;
    if (file === null) return;
    letGo(this.#path);
    // Whoever is asked for it does one thing after another: nothing of this file is under way once this is done.
    void this.#settled(file).then(() => closeSync(file));
  }

  #attempt(write: () => void): void {
    try {
      write();
    } catch (error) {
      this.failure = codeOf(error) || String(error);
    }
  }
}
