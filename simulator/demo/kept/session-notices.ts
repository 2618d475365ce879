/** What has to be said of kept sessions: each is looked at when it is other than it was, and no more is said of one that is gone. */
import { KeptSessions } from '../../../src/history/kept-sessions.ts';
import { type FileNotice, noticeSentence } from '../../../src/storage/notices.ts';
import { BrowserSessions } from './browser-sessions.ts';
import type { Image } from './rows/image.ts';

/** More would not be read by anyone. */
const mostSaid = 100;

export class SessionNotices {
  readonly place: BrowserSessions;
  readonly #sessions: KeptSessions;
  /** By what each session is called. */
  readonly #said = new Map<string, string>();
  /** What those that were looked at were like then. */
  readonly #looked = new Map<string, string>();

  /** `image`: of the transaction that is under way. */
  constructor(image: () => Image) {
    this.place = new BrowserSessions(image, (notice: FileNotice): void => {
      if (this.#said.size < mostSaid) this.#said.set(notice.file, noticeSentence(notice));
    });
    this.#sessions = new KeptSessions(this.place);
  }

  /** Those that have to be read whole before the next look. */
  fresh(image: Image): readonly string[] {
    return image.sessions().filter(id => this.#looked.get(id) !== image.stamp(id));
  }

  look(image: Image): void {
    for (const [id, stamp] of this.#looked)
      if (stamp !== image.stamp(id)) {
        this.#looked.delete(id);
        this.#said.delete(this.place.pathOf(id));
      }
    for (const id of this.place.ids()) {
      if (this.#looked.has(id)) continue;
      this.#looked.set(id, image.stamp(id));
      this.#sessions.read(id);
    }
  }

  all(): readonly string[] {
    return [...this.#said.values()];
  }
}
