/** The sessions of a place, each read as far as it can be understood. */
import { fill } from '../../machines/text/text.ts';
import {
  type KeptSession,
  readHeader,
  readSession,
  type SessionHeader,
  type Unread,
  unreadWhy,
} from './records.ts';
import { idPattern } from './session-id.ts';
import { SessionMissing, type SessionPlace } from './session-place.ts';

export class KeptSessions {
  readonly place: SessionPlace;

  constructor(place: SessionPlace) {
    this.place = place;
  }

  /** The newest first. */
  ids(): readonly string[] {
    return this.place.ids().toSorted().reverse();
  }

  /** Null where it cannot be read, which is said. Never throws. */
  read(id: string): KeptSession | null {
    const { say, words } = this.place;
    const file = this.place.pathOf(id);
    const found = this.place.textOf(id);
    if (found.is === 'absent') return null;
    if (found.is !== 'text') {
      const what = fill(words.sessionUnread, { why: found.why });
      say({ file, what, todo: words.todo.owner });
      return null;
    }
    const kept = readSession(found.text, id);
    if (!kept) {
      const what = unreadWhy(found.text) === 'newer' ? words.sessionOther : words.session;
      say({ file, what, todo: words.todo.session });
    } else if (kept.leftOut)
      say({
        file,
        what: fill(words.sessionPart, { count: kept.leftOut }),
        todo: words.todo.unknownField,
      });
    return kept;
  }

  /** Only when it began, where it was recorded, and whether it is under way: of thousands no more is read. */
  headerOf(id: string): Readonly<{ header: SessionHeader; isUnderWay: boolean }> | null {
    if (!idPattern.test(id)) throw new SessionMissing(id);
    const begin = this.place.textOf(id, true);
    const isWhole = begin.is === 'text' && begin.text.includes('\n');
    const found = isWhole ? begin : this.place.textOf(id);
    const header = found.is === 'text' ? readHeader(found.text) : null;
    if (header === null) return null;
    if (!this.place.isWritten(id, header.pid)) return { header, isUnderWay: false };
    const text = this.place.textOf(id);
    const kept = text.is === 'text' ? readSession(text.text, id) : null;
    return { header, isUnderWay: kept !== null && this.isUnderWay(kept) };
  }

  /** Why one cannot be read; null where it may only not be opened. */
  unread(id: string): Unread | null {
    const found = this.place.textOf(id);
    return found.is === 'text' ? unreadWhy(found.text) : null;
  }

  /** Whether someone is still writing this session. */
  isUnderWay({ header, records }: KeptSession): boolean {
    if (records.some(({ type }) => type === 'outcome')) return false;
    return this.place.isWritten(header.id, header.pid);
  }
}
