/**
 * One deed after another on what the database holds, each within one transaction: what it decides, it decides on the
 * newest there is, and no other tab comes between.
 */
import type { IDBPTransaction } from 'idb';
import { type Database, type KeptDatabase, type KeptSchema, keepFailure, type PieceKey } from './database.ts';
import { type Change, Image } from './image.ts';

/** Who writes which session now, in any tab. */
export interface SessionLocks {
  /** Ids of sessions that are being written. */
  held(): Promise<ReadonlySet<string>>;
  /** This tab writes that one until the answer is called, or the tab is gone. */
  hold(id: string): () => void;
}

/** Of which sessions more than their keys is read: `heads`, the first piece of each, or all of some. */
export type Wanted = (image: Image) => readonly string[];

export type RowDeed<T> = Readonly<{
  mode: 'readonly' | 'readwrite';
  /** Sessions whose first piece is enough; those that it says nothing of are read whole. */
  heads?: Wanted;
  whole?: Wanted;
  /** Rows that stand for those in the database. */
  instead?: ReadonlyMap<string, string | null>;
  /** Decides, without waiting for anything. What it throws undoes all. */
  work(image: Image): T;
}>;

export const everySession: Wanted = image => image.sessions();

export const sessionPieces = (session: string): IDBKeyRange =>
  IDBKeyRange.bound([session, 0], [session, Number.POSITIVE_INFINITY]);

export class KeptRows {
  readonly #database: KeptDatabase;
  readonly #locks: SessionLocks;

  constructor(database: KeptDatabase, locks: SessionLocks) {
    this.#database = database;
    this.#locks = locks;
  }

  /** Rejects with KeepFailure where the browser refuses, and with whatever `work` throws; nothing is changed then. */
  async do<T>(deed: RowDeed<T>): Promise<Readonly<{ result: T; image: Image }>> {
    try {
      return await this.#attempt(deed);
    } catch (error) {
      // It was let go of just before: opened anew it may be there.
      if (!isClosed(error)) throw error;
      this.#database.close();
      return await this.#attempt(deed);
    }
  }

  async #attempt<T>(deed: RowDeed<T>): Promise<Readonly<{ result: T; image: Image }>> {
    const database = await this.#database.open();
    // Whoever begins after this look is written by somebody, whether the locks say so or not.
    const before = new Set((await database.getAllKeys('lines')).map(([session]) => session));
    const held = await this.#locks.held();
    return await transacted(database, deed, session => held.has(session) || !before.has(session));
  }
}

const isClosed = (error: unknown): boolean => error instanceof Error && error.name === 'InvalidStateError';

type Stores = ['texts', 'lines'];
type Transaction = IDBPTransaction<KeptSchema, Stores, 'readonly' | 'readwrite'>;

async function transacted<T>(
  database: Database,
  deed: RowDeed<T>,
  isWritten: (session: string) => boolean,
): Promise<Readonly<{ result: T; image: Image }>> {
  const transaction: Transaction = database.transaction(['texts', 'lines'], deed.mode);
  // Where something is thrown before its end is waited for, that end is nobody's surprise.
  transaction.done.catch(() => {});
  let image: Image;
  try {
    image = await imageOf(transaction, deed, isWritten);
  } catch (error) {
    throw keepFailure(error);
  }
  let result: T;
  try {
    result = deed.work(image);
  } catch (error) {
    transaction.abort();
    throw error;
  }
  try {
    if (deed.mode === 'readwrite') for (const change of image.changes) await write(transaction, change);
    await transaction.done;
  } catch (error) {
    throw keepFailure(error);
  }
  return { result, image };
}

async function imageOf<T>(
  transaction: Transaction,
  { heads, whole, instead }: RowDeed<T>,
  isWritten: (session: string) => boolean,
): Promise<Image> {
  const texts = transaction.objectStore('texts');
  const lines = transaction.objectStore('lines');
  const [names, values, keys] = await Promise.all([texts.getAllKeys(), texts.getAll(), lines.getAllKeys()]);
  const pieces = keys.filter(isPiece);
  const known = new Map<string, unknown>(names.map((name, index) => [String(name), values[index]]));
  for (const [name, text] of instead ?? [])
    if (text === null) known.delete(name);
    else known.set(name, text);
  const image = new Image(known, pieces, new Set(pieces.map(([session]) => session).filter(isWritten)));
  for (const session of heads?.(image) ?? []) {
    const first = image.firstPiece(session);
    if (first) image.loaded(session, [await lines.get(first)], true);
  }
  for (const session of whole?.(image) ?? [])
    if (!image.isLoaded(session)) image.loaded(session, await lines.getAll(sessionPieces(session)));
  return image;
}

async function write(transaction: Transaction, change: Change): Promise<void> {
  const texts = transaction.objectStore('texts');
  const lines = transaction.objectStore('lines');
  if ('put' in change) await texts.put?.(change.text, change.put);
  else if ('remove' in change) await texts.delete?.(change.remove);
  else if ('piece' in change) await lines.put?.(change.text, change.piece);
  else await lines.delete?.(sessionPieces(change.session));
}

const isPiece = (key: unknown): key is PieceKey =>
  Array.isArray(key) && key.length === 2 && typeof key[0] === 'string' && typeof key[1] === 'number';
