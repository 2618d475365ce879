/**
 * Sessions under way, as they are written: one piece after another, in the order in which they came. What cannot be
 * written ends the record and nothing else.
 */
import { KeepFailure, type KeptDatabase, keepFailure, type PieceKey } from '../rows/database.ts';
import { textIn } from '../rows/image.ts';
import { type SessionLocks, sessionPieces } from '../rows/kept-rows.ts';

/** More than one session that is under way is more than one tab ever has; what is closed waits for its last piece. */
const mostAtOnce = 4;

type Written = { release: () => void; failure: KeepFailure | null };

export type RecordingsPorts = Readonly<{
  database: KeptDatabase;
  locks: SessionLocks;
  /** What was begun, added or closed is to be seen. */
  changed(): void;
  /** Nothing more is kept of this one, and why. */
  failed(id: string, failure: KeepFailure): void;
}>;

export class SessionRecordings {
  readonly #ports: RecordingsPorts;
  readonly #open = new Map<string, Written>();
  /** The last of what is being written. */
  #last: Promise<void> = Promise.resolve();

  constructor(ports: RecordingsPorts) {
    this.#ports = ports;
  }

  /** Resolves once it is written, or given up. Never rejects. */
  begin(id: string, text: string): Promise<void> {
    if (this.#open.size >= mostAtOnce) return this.#give(id, new KeepFailure('slow'));
    this.#open.set(id, { release: this.#ports.locks.hold(id), failure: null });
    return this.#next(id, () => this.#append(id, text, true));
  }

  /** Resolves once it is written, or given up. Never rejects. */
  add(id: string, text: string): Promise<void> {
    return this.#next(id, () => this.#append(id, text, false));
  }

  close(id: string): Promise<void> {
    return this.#next(id, () => this.#settle(id)).then(() => {
      this.#open.get(id)?.release();
      this.#open.delete(id);
    });
  }

  /** The database was taken away: what is written into another one would have no beginning. */
  lost(): void {
    for (const [id, written] of this.#open)
      if (!written.failure) void this.#give(id, new KeepFailure('goneSession'));
  }

  #next(id: string, write: () => Promise<void>): Promise<void> {
    const next = this.#last.then(async () => {
      if (this.#open.get(id)?.failure !== null) return;
      try {
        await write();
        this.#ports.changed();
      } catch (error) {
        await this.#give(id, keepFailure(error));
      }
    });
    this.#last = next;
    return next;
  }

  async #give(id: string, failure: KeepFailure): Promise<void> {
    const written = this.#open.get(id);
    if (written) written.failure = failure;
    this.#ports.failed(id, failure);
  }

  async #append(id: string, text: string, isFirst: boolean): Promise<void> {
    const database = await this.#ports.database.open();
    const transaction = database.transaction('lines', 'readwrite');
    transaction.done.catch(() => {});
    const last = await transaction.store.openKeyCursor(sessionPieces(id), 'prev');
    const number = last ? numberOf(last.key) : null;
    // Erased meanwhile: what came now would be a session without a beginning.
    if (!isFirst && number === null) throw new KeepFailure('goneSession');
    await transaction.store.put(text, [id, number === null ? 0 : number + 1]);
    await transaction.done;
  }

  /** One that is over needs no more than its header and the rest. */
  async #settle(id: string): Promise<void> {
    const database = await this.#ports.database.open();
    const transaction = database.transaction('lines', 'readwrite');
    transaction.done.catch(() => {});
    const keys = await transaction.store.getAllKeys(sessionPieces(id));
    const pieces = (await transaction.store.getAll(sessionPieces(id))).map(textIn);
    const texts = pieces.filter(piece => piece !== null);
    const last = keys.at(-1);
    if (last && texts.length === pieces.length && texts.length > 2) {
      const whole = texts.join('');
      const end = whole.indexOf('\n') + 1;
      const number = numberOf(last);
      await transaction.store.delete(sessionPieces(id));
      await transaction.store.put(whole.slice(0, end), [id, number + 1]);
      await transaction.store.put(whole.slice(end), [id, number + 2]);
    }
    await transaction.done;
  }
}

const numberOf = ([, number]: PieceKey): number => number;
