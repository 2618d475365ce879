/** Kept sessions as rows of the browser's database: the history's own code reads, adds and erases through this. */
import { keptWords } from '../../../machines/text/kept.ts';
import { fill } from '../../../machines/text/text.ts';
import { type SessionHeader, writtenRecord } from '../../../src/history/records.ts';
import { idPattern } from '../../../src/history/session-id.ts';
import {
  type EraseFailed,
  SessionMissing,
  type SessionPlace,
  type SessionSink,
} from '../../../src/history/session-place.ts';
import type { KeptText } from '../../../src/storage/kept-text.ts';
import type { Say } from '../../../src/storage/notices.ts';
import type { Image } from './rows/image.ts';

export class BrowserSessions implements SessionPlace {
  readonly path = keptWords.names.place;
  readonly words = keptWords.rows;
  readonly say: Say;
  readonly #image: () => Image;

  /** `image`: of the transaction that is under way. */
  constructor(image: () => Image, say: Say) {
    this.#image = image;
    this.say = say;
  }

  ids(): readonly string[] {
    return this.#image()
      .sessions()
      .filter(id => idPattern.test(id));
  }

  idsOfAll(): ReadonlySet<string> {
    return new Set(this.ids());
  }

  pathOf(id: string): string {
    if (!idPattern.test(id)) throw new SessionMissing(id);
    return fill(keptWords.names.session, { id });
  }

  idAt(path: string): string {
    return this.ids().find(id => this.pathOf(id) === path) ?? path;
  }

  textOf(id: string, isBeginning = false): KeptText {
    const image = this.#image();
    const text = image.sessionText(id, isBeginning);
    if (text !== null) return { is: 'text', text, stamp: image.stamp(id), isSound: true };
    if (image.stamp(id) === '') return { is: 'absent' };
    return { is: 'unreadable', why: keptWords.rows.broken };
  }

  stampOf(id: string): string {
    return this.#image().stamp(id);
  }

  isWritten(id: string): boolean {
    return this.#image().isWritten(id);
  }

  /** One that is over already: it is kept together with whatever else comes of this transaction. */
  begin(header: SessionHeader): SessionSink {
    const image = this.#image();
    image.append(header.id, writtenRecord(header));
    return {
      failure: null,
      keep: record => image.append(header.id, writtenRecord(record)),
      close: () => {},
    };
  }

  append(id: string, line: string): void {
    const image = this.#image();
    const text = image.sessionText(id);
    if (text === null) throw new SessionMissing(id);
    // Behind a line that was cut off, a new one begins.
    image.append(id, text === '' || text.endsWith('\n') ? line : `\n${line}`);
  }

  erase(ids: ReadonlySet<string>): void {
    for (const id of ids) this.#image().removeSession(id);
  }

  eraseRest(_failed: EraseFailed): void {
    for (const id of this.#image().sessions()) if (!idPattern.test(id)) this.#image().removeSession(id);
  }

  /** A session that breaks off leaves nothing beside its own lines. */
  eraseLeft(): void {}
}
