/**
 * What is answered about the history, what is erased of it by its age, and what is done with routines of one's own. Its
 * work grows with every session that is kept and with what is sent, so that it is done in a thread of its own wherever
 * motors may be running: see history-thread.ts.
 */
import * as v from 'valibot';
import { answerWords } from '../../machines/text/answers.ts';
import type { Ms } from '../../machines/vocabulary.ts';
import { chartOf, describedBy } from '../history/chart.ts';
import { noteLength } from '../history/records.ts';
import { htmlReport } from '../history/report.ts';
import { type Erased, Retention } from '../history/retention.ts';
import { SessionMissing, SessionUnderWay } from '../history/session-folder.ts';
import { HistoryStore } from '../history/store.ts';
import { summaryOf } from '../history/summary.ts';
import { csvReport, csvTrends, jsonReport, jsonTrends } from '../history/tables.ts';
import { htmlTrends } from '../history/trends.ts';
import { noteToPaste } from '../history/words.ts';
import type { Say } from '../storage/notices.ts';
import { OwnRoutines } from '../storage/own-routines.ts';
import { type HttpAnswer, json, type MadeAnswer, parsed, refused } from './answer.ts';
import type { ListedSession, SessionFacts } from './history-messages.ts';
import { answerRoutines } from './routines-api.ts';

/** A request of the history: what stands in its path behind `/sessions`, and its body. */
export type HistoryRequest = Readonly<{
  method: string;
  id: string | undefined;
  leaf: string | undefined;
  body: string;
}>;

/** Why something may be too old now: somebody said for how long sessions are kept, or one is over, with this id. */
export type AgeOccasion = Readonly<{ why: 'agreed' } | { why: 'over'; id: string | null }>;

/** The history as pages and sessions need it, wherever its work is done. */
export interface KeptHistory {
  /** Where it stands. */
  readonly folder: string;
  /** Throws, or rejects, only where we are at fault or the system refuses. */
  answer(request: HistoryRequest): MadeAnswer | Promise<MadeAnswer>;
  /**
   * Routines, the library's and one's own; keeps or erases one. They are looked at anew each time, since another process
   * may have changed them, and reading what was sent, right or wrong, takes as long as it is. What has become of them is
   * told to whoever knows them here.
   */
  routines(request: HistoryRequest, known: KnownRoutines): MadeAnswer | Promise<MadeAnswer>;
  /** Erases what is too old. `keepDays`: null where it is in doubt for how long sessions are kept. Never throws. */
  eraseOld(occasion: AgeOccasion, keepDays: number | null): void;
  /** Resolves once what was begun is done, or given up. */
  close(): Promise<void>;
}

/** Those who know the routines that are kept, and hear of what others do with them. */
export type KnownRoutines = Pick<OwnRoutines, 'stamps' | 'learn' | 'forget'>;

export type HistoryRoomPorts = Readonly<{
  stateFolder: string;
  /** Ms since 1970. */
  wallNow(): Ms;
  say: Say;
}>;

const noteSchema = v.strictObject({
  text: v.pipe(
    v.string('must be text'),
    v.trim(),
    v.minLength(1, 'must not be empty'),
    v.maxLength(noteLength),
  ),
});

const types = {
  html: 'text/html; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
} as const;
type Format = keyof typeof types;

const report = (format: Format, body: string): HttpAnswer => ({
  status: 200,
  type: types[format],
  body,
  isReport: true,
});

const noSuchThing = refused(404, answerWords.noThing);

/** The history in this very thread. */
export class HistoryApi implements KeptHistory {
  readonly #ports: HistoryRoomPorts;
  readonly #store: HistoryStore;
  readonly #own: OwnRoutines;

  constructor(ports: HistoryRoomPorts) {
    this.#ports = ports;
    this.#store = new HistoryStore(ports.stateFolder, ports.wallNow, ports.say);
    this.#own = new OwnRoutines(ports.stateFolder, ports.say);
  }

  get folder(): string {
    return this.#store.folder;
  }

  answer(request: HistoryRequest): HttpAnswer {
    try {
      return request.method === 'GET' ? this.#told(request) : this.#changed(request);
    } catch (error) {
      if (error instanceof SessionMissing) return refused(404, answerWords.noSession);
      if (error instanceof SessionUnderWay) return refused(409, answerWords.sessionUnderWay);
      throw error;
    }
  }

  routines({ method, id, body }: HistoryRequest, known: KnownRoutines): HttpAnswer {
    const own = this.#own;
    own.lookAnew();
    own.differences(known.stamps, known);
    return answerRoutines(
      {
        all: () => own.all(),
        find: wanted => own.find(wanted),
        keep: routine => {
          const isKept = own.keep(routine);
          if (isKept) known.learn(routine, own.stampOf(routine.id));
          return isKept;
        },
        erase: erased => {
          const isErased = own.erase(erased);
          if (isErased) known.forget(erased);
          return isErased;
        },
      },
      method,
      id,
      body,
    );
  }

  eraseOld(occasion: AgeOccasion, keepDays: number | null): Erased {
    const retention = new Retention({ ...this.#ports, store: this.#store, keepDays: () => keepDays });
    return occasion.why === 'agreed' ? retention.asked() : retention.atEnd(occasion.id);
  }

  async close(): Promise<void> {}

  #changed({ method, id, leaf, body }: HistoryRequest): HttpAnswer {
    const store = this.#store;
    if (method === 'DELETE' && leaf === undefined)
      return json({ erased: id === undefined ? store.eraseAll() : store.erase(id) });
    if (method !== 'POST' || id === undefined || leaf !== 'note') return refused(405, answerWords.method);
    const found = v.safeParse(noteSchema, parsed(body));
    if (!found.success) return refused(422, found.issues[0].message.slice(0, 200));
    const { header } = store.read(id);
    store.note(header.id, found.output.text.replace(/\p{Cc}+/gu, ' '));
    return json({ noted: header.id }, 201);
  }

  #told({ id, leaf }: HistoryRequest): HttpAnswer {
    const store = this.#store;
    const [, what, ending] = /^(report|trends)\.(html|csv|json)$/.exec(leaf ?? id ?? '') ?? [];
    const format = ending as Format | undefined;
    if (id === undefined)
      return json(
        store.glances().map((glance): ListedSession => ({ ...glance.listed, underWay: glance.isUnderWay })),
      );
    if (leaf === undefined && what === 'trends' && format) {
      const made = { html: htmlTrends, csv: csvTrends, json: jsonTrends }[format];
      return report(format, made(store.glances().map(({ listed }) => listed)));
    }
    const kept = store.read(id);
    if (leaf === undefined) {
      const { pid: _, journal: __, ...header } = kept.header;
      return json({
        header,
        summary: summaryOf(kept),
        described: describedBy(summaryOf(kept)),
        underWay: store.isUnderWay(kept),
      } satisfies SessionFacts);
    }
    if (leaf === 'chart.svg')
      return {
        status: 200,
        type: 'image/svg+xml; charset=utf-8',
        body: chartOf(kept, { alone: true }),
        isReport: true,
      };
    if (leaf === 'note') return { status: 200, type: 'text/plain; charset=utf-8', body: noteToPaste(kept) };
    if (what === 'report' && format)
      return report(format, { html: htmlReport, csv: csvReport, json: jsonReport }[format](kept));
    return noSuchThing;
  }
}
