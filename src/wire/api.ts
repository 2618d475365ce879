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
 *   GET    /sessions/ID/report.html      and .csv, .json; /sessions/trends.html and so on; ID may be "latest"
 *   GET    /sessions/ID/note             the note to paste, as text
 *   POST   /sessions/ID/note             adds to it: {"text": "…"}
 *   DELETE /sessions/ID · /sessions      erases one, or all
 *
 * Whoever asks for a change has to come from our own page (Origin) and say JSON: another page's form or image can do
 * neither. Nothing here moves a motor or reaches a session under way.
 */
import * as v from 'valibot';
import { routineLimits } from '../../machines/limits.ts';
import { fromLibrary } from '../../machines/routine/library.ts';
import { parseRoutine } from '../../machines/routine/parse.ts';
import type { Routine } from '../../machines/routine/schema.ts';
import { minutesOf } from '../choices.ts';
import { type Preferences, preferencesChangeSchema } from '../history/preferences.ts';
import { noteLength } from '../history/records.ts';
import { htmlReport } from '../history/report.ts';
import { type HistoryStore, SessionMissing, SessionUnderWay } from '../history/store.ts';
import { csvReport, csvTrends, jsonReport, listed } from '../history/tables.ts';
import { htmlTrends } from '../history/trends.ts';
import { noteToPaste } from '../history/words.ts';
import type { OwnRoutines } from '../own-routines.ts';

export type ApiPorts = Readonly<{
  own: OwnRoutines;
  store: HistoryStore;
  preferences(): Preferences;
  change(change: Partial<Omit<Preferences, 'v'>>): Preferences;
}>;

export type Answer = Readonly<{
  status: number;
  type: string;
  body: string;
  isReport?: true;
  /** What the browser is to keep. */
  cookie?: string;
}>;

const json = (value: unknown, status = 200): Answer => ({
  status,
  type: 'application/json; charset=utf-8',
  body: `${JSON.stringify(value)}\n`,
});
const refused = (status: number, message: string): Answer => json({ message }, status);

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

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

const listedRoutine = (routine: Routine) => ({
  id: routine.id,
  title: routine.title,
  summary: routine.summary,
  minutes: minutesOf(routine),
  for: routine.for,
  own: fromLibrary(routine.id) === undefined,
});

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
    const [room, id, leaf, ...more] = path.split('/').slice(1).map(decoded);
    if (more.length > 0 || room === undefined) return refused(404, 'there is no such thing');
    try {
      if (room === 'routines' && leaf === undefined) return this.#routines(method, id, body);
      if (room === 'preferences' && id === undefined) return this.#preferences(method, body);
      if (room === 'sessions') return this.#sessions(method, id, leaf, body);
    } catch (error) {
      if (error instanceof SessionMissing) return refused(404, 'there is no such session');
      if (error instanceof SessionUnderWay) return refused(409, 'this session is still under way');
      throw error;
    }
    return refused(404, 'there is no such thing');
  }

  #routines(method: string, id: string | undefined, body: string): Answer {
    const { own } = this.#ports;
    if (method === 'GET' && id === undefined) return json(own.all().map(listedRoutine));
    if (method === 'GET') {
      const routine = fromLibrary(id ?? '') ?? own.find(id ?? '');
      return routine ? json(routine) : refused(404, 'there is no such routine');
    }
    if (method === 'PUT' && id === undefined) {
      const found = parseRoutine(body);
      if (!found.ok) return json({ message: 'the routine has faults', issues: found.issues }, 422);
      return own.keep(found.routine)
        ? json(listedRoutine(found.routine), 201)
        : refused(409, 'the library has this id already, or there is no more room');
    }
    if (method === 'DELETE' && id !== undefined)
      return own.erase(id) ? json({ erased: id }) : refused(404, 'there is no such routine of your own');
    return refused(405, 'not with this method');
  }

  #preferences(method: string, body: string): Answer {
    if (method === 'GET') return json(this.#ports.preferences());
    if (method !== 'PUT') return refused(405, 'not with this method');
    const value = parsed(body);
    if (Array.isArray(value)) return refused(422, 'must be an object');
    const found = v.safeParse(preferencesChangeSchema, value);
    if (!found.success) {
      const [issue] = found.issues;
      return refused(422, `${v.getDotPath(issue) ?? 'the body'}: ${issue.message}`.slice(0, 200));
    }
    return json(this.#ports.change(defined(found.output)));
  }

  #sessions(method: string, id: string | undefined, leaf: string | undefined, body: string): Answer {
    const { store, preferences } = this.#ports;
    const format = /^(?:report|trends)\.(html|csv|json)$/.exec(leaf ?? id ?? '')?.[1] as Format | undefined;
    if (method === 'DELETE' && leaf === undefined) {
      if (id === undefined) return json({ erased: store.eraseAll() });
      store.erase(store.read(id).header.id);
      return json({ erased: id });
    }
    if (method === 'POST' && id !== undefined && leaf === 'note') {
      const found = v.safeParse(noteSchema, parsed(body));
      if (!found.success) return refused(422, found.issues[0].message.slice(0, 200));
      const { header } = store.read(id);
      store.note(header.id, found.output.text.replace(/\p{Cc}+/gu, ' '));
      return json({ noted: header.id }, 201);
    }
    if (method !== 'GET') return refused(405, 'not with this method');
    store.prune(preferences().keepDays);
    if (id === undefined) return json(store.list().map(kept => listed(kept)));
    if (leaf === undefined && id.startsWith('trends.') && format) {
      const all = store.list();
      const made = {
        html: htmlTrends,
        csv: csvTrends,
        json: () => JSON.stringify(all.map(one => listed(one))),
      };
      return report(format, made[format](all));
    }
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

/** A change without the fields that it leaves alone. */
const defined = (change: Readonly<Record<string, unknown>>): Partial<Omit<Preferences, 'v'>> =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
