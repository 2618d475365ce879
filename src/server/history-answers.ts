/**
 * What is answered about the history, and what is erased of it by its age; wherever the sessions stand. Nothing of it
 * belongs on a loop that paces motors.
 */
import * as v from 'valibot';
import { answerWords } from '../../machines/text/answers.ts';
import { chartOf, describedBy } from '../history/chart.ts';
import { noteLength } from '../history/records.ts';
import { htmlReport } from '../history/report.ts';
import { SessionMissing, SessionUnderWay } from '../history/session-place.ts';
import type { HistoryStore } from '../history/store.ts';
import { summaryOf } from '../history/summary.ts';
import { csvReport, csvTrends, jsonReport, jsonTrends } from '../history/tables.ts';
import { htmlTrends } from '../history/trends.ts';
import { noteToPaste } from '../history/words.ts';
import { type HttpAnswer, json, parsed, refused } from './answer.ts';
import type { ListedSession, SessionFacts } from './history-messages.ts';

/** A request of the history: what stands in its path behind `/sessions`, and its body. */
export type HistoryRequest = Readonly<{
  method: string;
  id: string | undefined;
  leaf: string | undefined;
  body: string;
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

/** Answers a request. Throws only where we are at fault or the system refuses. */
export function answerHistory(store: HistoryStore, request: HistoryRequest): HttpAnswer {
  try {
    return request.method === 'GET' ? told(store, request) : changed(store, request);
  } catch (error) {
    if (error instanceof SessionMissing) return refused(404, answerWords.noSession);
    if (error instanceof SessionUnderWay) return refused(409, answerWords.sessionUnderWay);
    throw error;
  }
}

function changed(store: HistoryStore, { method, id, leaf, body }: HistoryRequest): HttpAnswer {
  if (method === 'DELETE' && leaf === undefined)
    return json({ erased: id === undefined ? store.eraseAll() : store.erase(id) });
  if (method !== 'POST' || id === undefined || leaf !== 'note') return refused(405, answerWords.method);
  const found = v.safeParse(noteSchema, parsed(body));
  if (!found.success) return refused(422, found.issues[0].message.slice(0, 200));
  const { header } = store.read(id);
  store.note(header.id, found.output.text.replace(/\p{Cc}+/gu, ' '));
  return json({ noted: header.id }, 201);
}

function told(store: HistoryStore, { id, leaf }: HistoryRequest): HttpAnswer {
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
