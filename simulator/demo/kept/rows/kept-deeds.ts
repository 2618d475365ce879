/**
 * Deeds on what this browser keeps, and what becomes of one that cannot be kept: it holds for this visit, and why is
 * remembered for whoever asks.
 */
import { KeepFailure } from './database.ts';
import { Image } from './image.ts';
import type { KeptRows, RowDeed } from './kept-rows.ts';

export type Beside<T> = Readonly<{ result: T; failure: KeepFailure | null; isRead: boolean }>;

/** More than one page asks for at once. */
const mostWaiting = 64;

export class KeptDeeds {
  /** Why something is not kept, in a sentence; null since something was. */
  failure: string | null = null;
  /** Of the transaction that is under way. */
  image = new Image(new Map(), [], new Set());
  readonly #rows: KeptRows;
  /** What could not be kept beyond this visit: the text that was to be kept, or null for a row that was to go. */
  readonly #unsaved = new Map<string, string | null>();

  constructor(rows: KeptRows) {
    this.#rows = rows;
  }

  /** One after the other, so that each finds what the one before it has left. */
  #next<T>(deed: () => Promise<T>): Promise<T> {
    if (this.#waiting >= mostWaiting) return Promise.reject(new KeepFailure('busy'));
    this.#waiting += 1;
    const next = this.#last.then(deed).finally(() => {
      this.#waiting -= 1;
    });
    // How it went is for whoever asked for it.
    this.#last = next.then(
      () => {},
      () => {},
    );
    return next;
  }
  #last: Promise<void> = Promise.resolve();
  #waiting = 0;

  /** Rejects with KeepFailure, which is remembered, and with what `work` throws. */
  do<T>(deed: RowDeed<T>): Promise<T> {
    return this.#next(() => this.#do(deed));
  }

  async #do<T>(deed: RowDeed<T>): Promise<T> {
    try {
      const { result, image } = await this.#rows.do({
        ...deed,
        instead: this.#unsaved,
        work: on => {
          this.image = on;
          return deed.work(on);
        },
      });
      if (image.changes.length > 0) this.failure = null;
      return result;
    } catch (error) {
      if (error instanceof KeepFailure) this.failure = error.message;
      throw error;
    }
  }

  /** Whatever was to hold for this visit is forgotten. */
  forget(): void {
    this.#unsaved.clear();
    this.failure = null;
  }

  /**
   * Reads or changes what stands beside the sessions. Where that cannot be kept it holds for this visit, and `failure`
   * says why; `isRead`: what was kept before could be looked at.
   */
  beside<T>(work: (image: Image) => T): Promise<Beside<T>> {
    return this.#next(() => this.#beside(work));
  }

  async #beside<T>(work: (image: Image) => T): Promise<Beside<T>> {
    const instead = new Map(this.#unsaved);
    const on = (image: Image): T => {
      this.image = image;
      return work(image);
    };
    try {
      const { result, image } = await this.#rows.do({ mode: 'readwrite', instead, work: on });
      for (const change of image.changes) {
        if ('put' in change) this.#unsaved.delete(change.put);
        if ('remove' in change) this.#unsaved.delete(change.remove);
      }
      if (image.changes.length > 0) this.failure = null;
      return { result, failure: null, isRead: true };
    } catch (error) {
      if (!(error instanceof KeepFailure)) throw error;
      this.failure = error.message;
      const [image, isRead] = await this.#readOnly(instead);
      const result = on(image);
      for (const change of image.changes) {
        if ('put' in change) this.#unsaved.set(change.put, change.text);
        if ('remove' in change) this.#unsaved.set(change.remove, null);
      }
      return { result, failure: error, isRead };
    }
  }

  /** What can still be read, where nothing can be written; and whether anything could. */
  async #readOnly(instead: ReadonlyMap<string, string | null>): Promise<readonly [Image, boolean]> {
    try {
      const { image } = await this.#rows.do({ mode: 'readonly', instead, work: () => null });
      return [image, true];
    } catch (error) {
      if (!(error instanceof KeepFailure)) throw error;
      const there = [...instead].filter((entry): entry is [string, string] => entry[1] !== null);
      return [new Image(new Map(there), [], new Set()), false];
    }
  }
}
