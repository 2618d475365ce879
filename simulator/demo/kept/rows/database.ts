/**
 * The browser's database: opened when it is first needed, let go of where another tab has to change it, and what fails
 * told by a name that the page has a sentence for.
 *
 * Two kinds of rows. `texts`: one named text each, as a file of a controller's state folder. `lines`: the text of a
 * session in pieces, each some lines that were kept together.
 */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { keptWords } from '../../../../machines/text/kept.ts';
import { fill } from '../../../../machines/text/text.ts';

export const databaseName = 'tactus';
export const databaseVersion = 1;

/** A piece of a session: its id, and the piece's number. */
export type PieceKey = [session: string, number: number];

export interface KeptSchema extends DBSchema {
  /** What stands in a row is looked at before it is believed. */
  texts: { key: string; value: unknown };
  lines: { key: PieceKey; value: unknown };
}
export type Database = IDBPDatabase<KeptSchema>;

export type KeepFailureKind = Exclude<keyof typeof keptWords.failures, 'other'> | 'other';

/** Something cannot be kept here, or read; the message is a sentence for people. */
export class KeepFailure extends Error {
  readonly kind: KeepFailureKind;

  constructor(kind: KeepFailureKind, why = '') {
    super(kind === 'other' ? fill(keptWords.failures.other, { why }) : keptWords.failures[kind]);
    this.kind = kind;
  }
}

const kinds: Readonly<Record<string, KeepFailureKind>> = {
  QuotaExceededError: 'full',
  VersionError: 'newer',
  SecurityError: 'denied',
  NotAllowedError: 'denied',
};

/** What went wrong, as a failure of ours. `isOpening`: a browser that denies it says so in many ways. */
export function keepFailure(error: unknown, isOpening = false): KeepFailure {
  if (error instanceof KeepFailure) return error;
  const name =
    typeof error === 'object' && error !== null && 'name' in error && typeof error.name === 'string'
      ? error.name
      : '';
  const kind = kinds[name] ?? (isOpening ? 'denied' : 'other');
  return new KeepFailure(kind, name || String(error));
}

/** A tab that holds an older version has this long to let go of it. */
const blockedMs = 3000;
/** A browser that opens nothing for so long, and does not say why: another tab erases it, or the disk hangs. */
const openedMs = 10_000;

export type DatabasePorts = Readonly<{
  /** It has been let go of: another tab erases or changes it. What was being recorded has no place any more. */
  lost(): void;
  /** It was in the way of another tab's, or slow to open, and is there now. */
  freed?(): void;
  after(ms: number, run: () => void): () => void;
  version?: number;
}>;

/** The database, opened anew where it was lost. */
export class KeptDatabase {
  readonly #ports: DatabasePorts;
  #opened: Promise<Database> | null = null;
  /** A newer version has taken it over: only a reload helps. */
  #isOutdated = false;

  constructor(ports: DatabasePorts) {
    this.#ports = ports;
  }

  /** Rejects with KeepFailure; asked again, it tries again. */
  open(): Promise<Database> {
    if (this.#isOutdated) return Promise.reject(new KeepFailure('newer'));
    if (this.#opened) return this.#opened;
    const opening = this.#open().catch((error: unknown) => {
      if (this.#opened === opening) this.#opened = null;
      throw keepFailure(error, true);
    });
    this.#opened = opening;
    return opening;
  }

  #open(): Promise<Database> {
    // A private window of some browsers has none.
    if (!('indexedDB' in globalThis)) return Promise.reject(new KeepFailure('denied'));
    if (this.#late) return Promise.reject(new KeepFailure('blocked'));
    return new Promise<Database>((resolve, reject) => {
      const opening = {};
      const late = (): void => {
        this.#late = opening;
        reject(new KeepFailure('blocked'));
      };
      const cancels = [this.#ports.after(openedMs, late)];
      const wasLate = (): boolean => {
        for (const cancel of cancels) cancel();
        const found = this.#late === opening;
        if (found) this.#late = null;
        return found;
      };
      openDB<KeptSchema>(databaseName, this.#ports.version ?? databaseVersion, {
        upgrade: database => {
          for (const store of ['texts', 'lines'] as const)
            if (!database.objectStoreNames.contains(store)) database.createObjectStore(store);
        },
        blocked: () => void cancels.push(this.#ports.after(blockedMs, late)),
        blocking: (_, next) => this.#lose(next !== null),
        terminated: () => this.#lose(false),
      }).then(
        database => {
          if (wasLate()) this.#adopt(database);
          else resolve(database);
        },
        (error: unknown) => {
          wasLate();
          reject(error);
        },
      );
    });
  }
  /** The opening that is still waited for, after whoever wanted it was told that it does not come. */
  #late: object | null = null;

  /** One that nobody waits for any more is used from now on, and never left open beside another. */
  #adopt(database: Database): void {
    if (this.#opened) {
      database.close();
      return;
    }
    this.#opened = Promise.resolve(database);
    this.#ports.freed?.();
  }

  #lose(isOutdated: boolean): void {
    const opened = this.#opened;
    this.#opened = null;
    this.#isOutdated ||= isOutdated;
    // One that could not be opened has nothing to close.
    opened?.then(
      database => database.close(),
      () => {},
    );
    this.#ports.lost();
  }

  close(): void {
    const opened = this.#opened;
    this.#opened = null;
    opened?.then(
      database => database.close(),
      () => {},
    );
  }
}
