/** Where a live session is recorded, and what an earlier process left to be gone on with. */
import { resolve } from 'node:path';
import type { Disk } from './disk-works.ts';
import { refuseHeldJournal, release } from './held-journals.ts';
import { JournalFile, Recordings } from './journal-file.ts';
import { saidNotices } from './said-notices.ts';
import type { StartOptions } from './start-options.ts';
import { journalPath, unfinishedSessions } from './unfinished-sessions.ts';

/** Until `release` nothing is made, moved or erased: another process may be running, on this board or this port. */
export class LiveRecording {
  /** What an earlier process left behind; null where nothing is to be gone on with. */
  readonly before: ReturnType<typeof unfinishedSessions>;
  readonly journal: Recordings;
  /** The file that somebody asked for. */
  readonly askedPath: string | undefined;
  readonly #files: readonly JournalFile[];
  readonly #own: JournalFile;

  /** `hasPage`: somebody can answer whether to go on. Throws Exit where the file asked for is another process's. */
  constructor(options: StartOptions, folder: string, disk: Disk, hasPage: boolean) {
    this.before = unfinishedSessions(folder, options.board, hasPage, saidNotices.say);
    const next = (): string => journalPath(folder, options.board);
    this.#own = new JournalFile(next(), false, { held: true, disk, say: saidNotices.say, next });
    this.askedPath = options.journal === undefined ? undefined : resolve(options.journal);
    refuseHeldJournal(this.askedPath);
    const asked =
      this.askedPath === undefined ? [] : [new JournalFile(this.askedPath, true, { held: true, disk })];
    this.#files = [this.#own, ...asked];
    this.journal = new Recordings(this.#files);
  }

  /** Board and port are this process's own. */
  release(): void {
    release(this.#files);
  }

  /** From here on this process's own journal tells of what was left, and what is odd about it has been said. */
  takeOver(): void {
    if (!this.before) return;
    if (this.before.said !== null) process.stderr.write(`${this.before.said}\n`);
    if (this.journal.failure === null) this.before.forget();
  }

  /** What is to be done at the end, each for itself. `hasBegun`: something is left for the next process. */
  closings(hasBegun: boolean): readonly (() => void | Promise<void>)[] {
    return [() => (hasBegun ? undefined : this.#own.unbegun()), ...this.#files.map(file => () => file.end())];
  }
}
