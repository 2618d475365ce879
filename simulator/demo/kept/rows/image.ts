/**
 * What the database holds, within one transaction: looked at and changed as if it were files, and what was changed is
 * written before the transaction ends. So the history's own code decides, on the newest there is, and no other tab
 * comes between.
 */
import type { PieceKey } from './database.ts';

export type Change =
  | Readonly<{ put: string; text: string }>
  | Readonly<{ remove: string }>
  | Readonly<{ piece: PieceKey; text: string }>
  /** Every piece of it. */
  | Readonly<{ session: string }>;

/** The pieces that there are of a session, and its text as far as that was asked for. */
type SessionRow = { numbers: readonly number[]; begin: string | null; text: string | null };

/** What stands in the place of a piece that is no text: a line that nobody understands, so that it is counted as one. */
const unreadable = '?\n';

export const textIn = (value: unknown): string | null => (typeof value === 'string' ? value : null);

export class Image {
  readonly changes: Change[] = [];
  readonly #texts: Map<string, string | null>;
  readonly #sessions = new Map<string, SessionRow>();
  /** Sessions that somebody writes, here or in another tab. */
  readonly #written: ReadonlySet<string>;

  /** `texts`: null where a row holds something else than text. */
  constructor(
    texts: ReadonlyMap<string, unknown>,
    pieces: readonly PieceKey[],
    written: ReadonlySet<string>,
  ) {
    this.#texts = new Map([...texts].map(([name, value]) => [name, textIn(value)]));
    this.#written = written;
    const numbers = new Map<string, number[]>();
    for (const [session, number] of pieces) {
      const known = numbers.get(session);
      if (known) known.push(number);
      else numbers.set(session, [number]);
    }
    for (const [session, all] of numbers)
      this.#sessions.set(session, { numbers: all, begin: null, text: null });
  }

  names(): readonly string[] {
    return [...this.#texts.keys()];
  }

  has(name: string): boolean {
    return this.#texts.has(name);
  }

  /** Null where there is none, or none that is text: see `has`. */
  text(name: string): string | null {
    return this.#texts.get(name) ?? null;
  }

  put(name: string, text: string): void {
    this.#texts.set(name, text);
    this.changes.push({ put: name, text });
  }

  remove(name: string): void {
    if (this.#texts.delete(name)) this.changes.push({ remove: name });
  }

  sessions(): readonly string[] {
    return [...this.#sessions.keys()];
  }

  isWritten(session: string): boolean {
    return this.#written.has(session);
  }

  /** What changes with each piece that is added; empty where there is none. */
  stamp(session: string): string {
    const { numbers = [] } = this.#sessions.get(session) ?? {};
    return numbers.length === 0 ? '' : `${numbers.length} ${numbers.at(-1)}`;
  }

  /** Key of its first piece, in which the header stands. */
  firstPiece(session: string): PieceKey | null {
    const [first] = this.#sessions.get(session)?.numbers ?? [];
    return first === undefined ? null : [session, first];
  }

  /** What was read of it from the database. */
  loaded(session: string, values: readonly unknown[], isBeginning = false): void {
    const row = this.#sessions.get(session);
    if (!row) return;
    const text = values.map(value => textIn(value) ?? unreadable).join('');
    row.begin = text;
    if (!isBeginning) row.text = text;
  }

  isLoaded(session: string): boolean {
    return this.#sessions.get(session)?.text !== null;
  }

  /** Null where it is not there, or was not loaded. */
  sessionText(session: string, isBeginning = false): string | null {
    const row = this.#sessions.get(session);
    return row ? (row.text ?? (isBeginning ? row.begin : null)) : null;
  }

  /** Adds to a session, which begins where there is none. */
  append(session: string, text: string): void {
    const row = this.#sessions.get(session) ?? { numbers: [], begin: '', text: '' };
    const number = (row.numbers.at(-1) ?? -1) + 1;
    this.#sessions.set(session, {
      numbers: [...row.numbers, number],
      begin: row.begin,
      text: row.text === null ? null : row.text + text,
    });
    this.changes.push({ piece: [session, number], text });
  }

  removeSession(session: string): void {
    if (this.#sessions.delete(session)) this.changes.push({ session });
  }

  /** A name beside this one that nothing has yet. */
  asideOf(name: string): string {
    let number = 1;
    while (this.#texts.has(`${name}.aside-${number}`)) number += 1;
    return `${name}.aside-${number}`;
  }

  /** Has what stands under this name stand beside it instead; where. */
  setAside(name: string): string {
    const aside = this.asideOf(name);
    // What is no text is nothing that could be looked at; what it was is told by its name alone.
    this.put(aside, this.text(name) ?? '');
    this.remove(name);
    return aside;
  }
}
