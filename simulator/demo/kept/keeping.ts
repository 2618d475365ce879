/**
 * All that this browser keeps, as the page asks for it: the history, routines of one's own, preferences, and taking all
 * of it along. The code that decides is the controller's; here it meets the browser's rows.
 *
 * It has a worker of its own, so that nothing of it is done on the loop that the motors are paced by.
 */
import { answerWords } from '../../../machines/text/answers.ts';
import { keptWords } from '../../../machines/text/kept.ts';
import { catalogue } from '../../../machines/text/text.ts';
import { aloneVersion } from '../../../src/app/alone/known-alone.ts';
import { Retention, seenVersion } from '../../../src/history/retention.ts';
import { HistoryStore } from '../../../src/history/store.ts';
import { type HttpAnswer, json, pathParts, refused } from '../../../src/server/answer.ts';
import { answerHistory } from '../../../src/server/history-answers.ts';
import type { HistoryPlace } from '../../../src/server/history-messages.ts';
import { answerRoom } from '../../../src/server/routines-api.ts';
import { KeptPreferences, preferencesVersion } from '../../../src/storage/kept-preferences.ts';
import { type FileNotice, noticeSentence } from '../../../src/storage/notices.ts';
import type { StateFields } from '../../../src/storage/state-fields.ts';
import { takeBefore } from './before.ts';
import { BrowserFields } from './browser-fields.ts';
import { BrowserRoutines } from './browser-routines.ts';
import type { KeptAnswer, KeptAsk, KeptState } from './kept-messages.ts';
import { KeepFailure } from './rows/database.ts';
import type { Image } from './rows/image.ts';
import { KeptDeeds } from './rows/kept-deeds.ts';
import { everySession, type KeptRows, type RowDeed } from './rows/kept-rows.ts';
import { asideSentence, isAside, rows } from './rows/row-names.ts';
import { SessionNotices } from './session-notices.ts';
import { type AlongPorts, savedFile, takeFile } from './take-along.ts';

/** More would not be read by anyone. */
const mostNotices = 100;

export type KeepingPorts = Readonly<{
  rows: KeptRows;
  /** Ms since 1970. */
  wallNow(): number;
  /** Whether the browser has promised to keep it; null where it does not say. */
  persisted(): Promise<boolean | null>;
  /** What is kept is other than it was: sessions, or all that stands beside them. */
  changed(what: 'sessions' | 'routines'): void;
}>;

/** What is kept, for a deed that looks at several of them at once. */
export type KeepingParts = Readonly<{
  store: HistoryStore;
  preferences: KeptPreferences;
  routines: BrowserRoutines;
  /** What is remembered of boards that play alone. */
  boards: StateFields;
}>;

export class BrowserKeeping {
  readonly #ports: KeepingPorts;
  readonly #deeds: KeptDeeds;
  /** What has to be said of what stands beside the sessions. */
  readonly #said = new Set<string>();
  readonly #ofSessions: SessionNotices;
  /** Why nothing was erased by its age. */
  #held: string | null = null;
  /** Of the sessions that were read for the list, what they were like then. */
  #listed = new Map<string, string>();
  readonly #store: HistoryStore;
  readonly #routines: BrowserRoutines;
  readonly #preferences: KeptPreferences;
  readonly #preferenceFields: BrowserFields;
  readonly #seen: BrowserFields;
  readonly #boards: BrowserFields;

  constructor(ports: KeepingPorts) {
    this.#ports = ports;
    this.#deeds = new KeptDeeds(ports.rows);
    const image = (): Image => this.#deeds.image;
    const say = (notice: FileNotice): void => {
      if (this.#said.size < mostNotices) this.#said.add(noticeSentence(notice));
    };
    this.#ofSessions = new SessionNotices(image);
    this.#store = new HistoryStore(this.#ofSessions.place, ports.wallNow);
    this.#routines = new BrowserRoutines(image, say);
    this.#preferenceFields = new BrowserFields(rows.preferences, preferencesVersion, image, say);
    this.#preferences = new KeptPreferences(this.#preferenceFields, keptWords.rows, say);
    this.#boards = new BrowserFields(rows.boards, aloneVersion, image, say);
    this.#seen = new BrowserFields(rows.seen, seenVersion, image, say);
  }

  /** Whether what an earlier version kept is taken over. Never rejects. */
  async takeBefore(text: string): Promise<boolean> {
    const work = (image: Image): void =>
      takeBefore(text, {
        image,
        routines: this.#routines,
        preferences: this.#preferences,
        preferenceFields: this.#preferenceFields,
        say: notice => this.#said.add(noticeSentence(notice)),
      });
    // Where it cannot be kept, it holds for this visit, and stays where it was.
    const { failure } = await this.#deeds.beside(work);
    return failure === null;
  }

  /** What the worker that paces has to have at hand. Never rejects. */
  async state(): Promise<KeptState> {
    const { result, isRead } = await this.#deeds.beside(() => ({
      routines: this.#routines.list(),
      preferences: this.#preferences.read(),
      keeping: this.#preferences.keeping,
    }));
    // What cannot be looked at may say that nothing is to be kept.
    return isRead ? result : { ...result, keeping: null };
  }

  /** A recording has ended before its session: why, in a sentence. */
  told(failure: KeepFailure): void {
    this.#deeds.failure = failure.message;
  }

  /** Answers as a controller would. Never rejects. */
  async answer(ask: KeptAsk): Promise<KeptAnswer> {
    try {
      return await this.#answer(ask);
    } catch (error) {
      if (error instanceof KeepFailure) return refused(507, error.message);
      throw error;
    }
  }

  async #answer(ask: KeptAsk): Promise<KeptAnswer> {
    const { method, path, body = '' } = ask;
    const [room, id, leaf, ...more] = pathParts(path);
    if (more.length > 0) return refused(404, answerWords.noThing);
    if (room === 'kept' && leaf === undefined) return await this.#along(ask, id);
    if (room === 'sessions') {
      if (id === 'place' && leaf === undefined && method === 'GET') return json(await this.#place());
      const isList =
        method === 'GET' && (id === undefined || (leaf === undefined && id.startsWith('trends.')));
      const deed: RowDeed<HttpAnswer> = {
        mode: method === 'GET' ? 'readonly' : 'readwrite',
        whole: isList ? image => this.#toList(image) : image => (id === undefined ? image.sessions() : [id]),
        work: image => {
          const answer = answerHistory(this.#store, { method, id, leaf, body });
          if (isList) this.#listed = new Map(image.sessions().map(one => [one, image.stamp(one)]));
          return answer;
        },
      };
      const answer = await this.#deeds.do(deed);
      if (method !== 'GET' && answer.status < 300) this.#ports.changed('sessions');
      return answer;
    }
    return await this.#besideSessions(method, path, body);
  }

  /** Sessions that a list needs the text of: those that were not listed as they stand. */
  #toList(image: Image): readonly string[] {
    return image.sessions().filter(id => this.#listed.get(id) !== image.stamp(id));
  }

  async #besideSessions(method: string, path: string, body: string): Promise<HttpAnswer> {
    const room = {
      own: this.#routines,
      preferences: () => this.#preferences.read(),
      change: this.#preferences.change.bind(this.#preferences),
    };
    const { result, failure } = await this.#deeds.beside(() =>
      answerRoom(room, method, pathParts(path), body),
    );
    if (result === null || result instanceof Promise) return refused(404, answerWords.noThing);
    if (method === 'GET' || result.status >= 300) return result;
    if (path === '/preferences' && /"keepDays"/.test(body)) await this.eraseOld({ why: 'agreed' });
    this.#ports.changed('routines');
    return failure
      ? refused(507, failure.kind === 'denied' ? catalogue.page.notices.notKept : failure.message)
      : result;
  }

  /** What may be too old by now goes. Never rejects. */
  async eraseOld(occasion: Readonly<{ why: 'agreed' } | { why: 'over'; id: string | null }>): Promise<void> {
    try {
      const { count, held } = await this.#deeds.do({
        mode: 'readwrite',
        heads: everySession,
        whole: image =>
          image.sessions().filter(id => image.isWritten(id) || !isHeader(image.sessionText(id, true))),
        work: () => {
          const retention = new Retention({
            store: this.#store,
            seen: this.#seen,
            words: keptWords.rows,
            wallNow: this.#ports.wallNow,
            keepDays: () => this.#preferences.keeping?.keepDays ?? null,
          });
          return occasion.why === 'agreed' ? retention.asked() : retention.atEnd(occasion.id);
        },
      });
      this.#held = held;
      if (count > 0) this.#ports.changed('sessions');
    } catch (error) {
      // What is left out now is done when the next session ends.
      if (!(error instanceof KeepFailure)) throw error;
    }
  }

  /** Something else that is decided on what is kept, and written with it. Rejects with KeepFailure. */
  async change<T>(work: (parts: KeepingParts) => T): Promise<T> {
    const result = await this.#deeds.do({
      mode: 'readwrite',
      whole: everySession,
      work: () =>
        work({
          store: this.#store,
          preferences: this.#preferences,
          routines: this.#routines,
          boards: this.#boards,
        }),
    });
    this.#ports.changed('sessions');
    return result;
  }

  /** Where it all stands, and what has to be said of it as it is now. */
  async #place(): Promise<HistoryPlace> {
    const persisted = await this.#ports.persisted();
    const notices: string[] = [];
    this.#said.clear();
    try {
      await this.#deeds.do({
        mode: 'readonly',
        whole: image => this.#ofSessions.fresh(image),
        work: image => {
          this.#ofSessions.look(image);
          void this.#preferences.keeping;
          this.#seen.read();
          this.#routines.list();
          notices.push(...image.names().filter(isAside).map(asideSentence));
        },
      });
    } catch (error) {
      if (!(error instanceof KeepFailure)) throw error;
    }
    const { failure } = this.#deeds;
    for (const one of [...this.#said, ...this.#ofSessions.all(), this.#held, failure])
      if (one !== null && !notices.includes(one)) notices.push(one);
    return { folder: '', browser: { persisted }, ...(notices.length > 0 && { notices }) };
  }

  async #along({ method, body = '', boards = {} }: KeptAsk, id: string | undefined): Promise<KeptAnswer> {
    const parts = (image: Image): AlongPorts => ({
      image,
      routines: this.#routines,
      preferences: this.#preferences,
      preferenceFields: this.#preferenceFields,
      wallNow: this.#ports.wallNow,
      boards,
    });
    if (method === 'GET' && id === 'file') {
      const file = await this.#deeds.do({
        mode: 'readonly',
        whole: everySession,
        work: image => savedFile(parts(image)),
      });
      return { status: 200, type: 'application/json; charset=utf-8', body: file, isReport: true };
    }
    if (method === 'POST' && id === 'file') {
      const { taken, boards: found } = await this.#deeds.do({
        mode: 'readwrite',
        whole: everySession,
        work: image => takeFile(body, parts(image)),
      });
      this.#changedAll();
      return { ...json(taken), boards: found };
    }
    if (method !== 'DELETE' || id !== undefined) return refused(405, answerWords.method);
    const stays = await this.#deeds.do({ mode: 'readwrite', work: everythingErased });
    this.#deeds.forget();
    this.#held = null;
    this.#changedAll();
    return json({ stays });
  }

  #changedAll(): void {
    this.#listed.clear();
    this.#ports.changed('sessions');
    this.#ports.changed('routines');
  }
}

const isHeader = (text: string | null): boolean => text?.startsWith('{"type":"session"') ?? false;

/** Erases all that is kept, but a session that is being written; how many of those there are. */
function everythingErased(image: Image): number {
  for (const name of image.names()) image.remove(name);
  const written = image.sessions().filter(id => image.isWritten(id));
  for (const id of image.sessions()) if (!image.isWritten(id)) image.removeSession(id);
  return written.length;
}
