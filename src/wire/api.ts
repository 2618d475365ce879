/**
 * What a page asks for beside the live session, over HTTP under the same names as the page itself: routines, what is
 * remembered, the history.
 *
 *   GET    /routines                     what there is: the library and one's own
 *   GET    /routines/ID                  one of them, whole
 *   PUT    /routines                     keeps a routine of one's own (JSON, at most 256 KB); 422 with every fault
 *   DELETE /routines/ID                  one's own only
 *   GET    /preferences · PUT            what is remembered; PUT takes any of its fields
 *   GET    /sessions                     the history, the newest first
 *   GET    /sessions/place               where it stands, and what has to be said of files that are kept
 *   GET    /sessions/ID                  what it comes to; ID may be "latest"
 *   GET    /sessions/ID/chart.svg        the way it went, drawn
 *   GET    /sessions/ID/report.html      and .csv, .json; /sessions/trends.html and so on
 *   GET    /sessions/ID/note             the note to paste, as text
 *   POST   /sessions/ID/note             adds to it: {"text": "…"}
 *   DELETE /sessions/ID · /sessions      erases one, or all
 *
 * Whoever asks for a change has to come from our own page (Origin) and say JSON: another page's form or image can do
 * neither. Nothing here moves a motor or reaches a session under way.
 */
import * as v from 'valibot';
import { routineLimits } from '../../machines/limits.ts';
import { chartOf, describedBy } from '../history/chart.ts';
import { noteLength } from '../history/records.ts';
import { htmlReport } from '../history/report.ts';
import { SessionMissing, SessionUnderWay } from '../history/session-folder.ts';
import type { HistoryStore } from '../history/store.ts';
import { summaryOf } from '../history/summary.ts';
import { csvReport, csvTrends, jsonReport, listed } from '../history/tables.ts';
import { htmlTrends } from '../history/trends.ts';
import { noteToPaste } from '../history/words.ts';
import { type Answer, json, parsed, partsOf, refused } from './answer.ts';
import type { HistoryPlace, ListedSession, SessionFacts } from './history-messages.ts';
import { answerRoom, type KeptRoutines, type LikesPorts } from './routines-room.ts';

export type ApiPorts = LikesPorts &
  Readonly<{
    own: KeptRoutines;
    store: HistoryStore;
    /** What has to be said of files that are kept, each in a sentence. */
    notices?(): readonly string[];
  }>;

/** The longest body of a request; a routine's file is the largest there is. */
export const bodyBytes = routineLimits.fileBytes;

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

export class Api {
  readonly #ports: ApiPorts;

  constructor(ports: ApiPorts) {
    this.#ports = ports;
  }

  /** Whether a path is one of ours. */
  knows(path: string): boolean {
    return /^\/(routines|preferences|sessions)(\/|$)/.test(path);
  }

  /** Answers a request that has passed the checks of who may ask. Throws only where we are at fault. */
  answer(method: string, path: string, body: string): Answer {
    const parts = partsOf(path);
    const [room, id, leaf, ...more] = parts;
    const found = answerRoom(this.#ports, method, parts, body);
    if (found) return found;
    try {
      if (room === 'sessions' && more.length === 0) return this.#sessions(method, id, leaf, body);
    } catch (error) {
      if (error instanceof SessionMissing) return refused(404, 'there is no such session');
      if (error instanceof SessionUnderWay) return refused(409, 'this session is still under way');
      throw error;
    }
    return refused(404, 'there is no such thing');
  }

  #sessions(method: string, id: string | undefined, leaf: string | undefined, body: string): Answer {
    const { store } = this.#ports;
    const format = /^(?:report|trends)\.(html|csv|json)$/.exec(leaf ?? id ?? '')?.[1] as Format | undefined;
    if (method === 'DELETE' && leaf === undefined) {
      if (id === undefined) return json({ erased: store.eraseAll() });
      return json({ erased: store.erase(id) });
    }
    if (method === 'POST' && id !== undefined && leaf === 'note') {
      const found = v.safeParse(noteSchema, parsed(body));
      if (!found.success) return refused(422, found.issues[0].message.slice(0, 200));
      const { header } = store.read(id);
      store.note(header.id, found.output.text.replace(/\p{Cc}+/gu, ' '));
      return json({ noted: header.id }, 201);
    }
    if (method !== 'GET') return refused(405, 'not with this method');
    if (id === undefined)
      return json(
        store.glances().map((glance): ListedSession => ({ ...glance.listed, underWay: glance.isUnderWay })),
      );
    if (id === 'place' && leaf === undefined) {
      const notices = this.#ports.notices?.() ?? [];
      return json({ folder: store.folder, ...(notices.length > 0 && { notices }) } satisfies HistoryPlace);
    }
    if (leaf === undefined && id.startsWith('trends.') && format) {
      const all = store.list();
      const made = {
        html: htmlTrends,
        csv: csvTrends,
        json: () => JSON.stringify(all.map(one => listed(one))),
      };
      return report(format, made[format](all));
    }
    if (leaf === undefined) {
      const kept = store.read(id);
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
        body: chartOf(store.read(id), { alone: true }),
        isReport: true,
      };
    if (leaf === 'note')
      return { status: 200, type: 'text/plain; charset=utf-8', body: noteToPaste(store.read(id)) };
    if (leaf?.startsWith('report.') && format)
      return report(format, { html: htmlReport, csv: csvReport, json: jsonReport }[format](store.read(id)));
    return refused(404, 'there is no such thing');
  }
}

const report = (format: Format, body: string): Answer => ({
  status: 200,
  type: types[format],
  body,
  isReport: true,
});
