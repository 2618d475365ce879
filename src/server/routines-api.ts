/** Routines and what is remembered, as a page asks for them; wherever they are kept. */
import * as v from 'valibot';
import { fromLibrary } from '../../machines/routine/library.ts';
import { parseRoutine } from '../../machines/routine/parse.ts';
import type { Routine } from '../../machines/routine/schema.ts';
import { minutesOf } from '../../machines/routine/time.ts';
import { titleOf } from '../../machines/routine/titles.ts';
import { answerWords } from '../../machines/text/answers.ts';
import { type HttpAnswer, json, parsed, refused } from './answer.ts';
import {
  type ListedRoutine,
  type Preferences,
  type PreferencesChange,
  preferencesChangeSchema,
} from './api-messages.ts';

/** Routines of one's own. */
export interface KeptRoutines {
  /** The library, the default first, then one's own. */
  all(): readonly Routine[];
  find(id: string): Routine | undefined;
  /** False where the library has that id, or where there is no more room. */
  keep(routine: Routine): boolean;
  erase(id: string): boolean;
}

export type LikesPorts = Readonly<{
  preferences(): Preferences;
  /** A disk may take its time. */
  change(change: PreferencesChange): Preferences | Promise<Preferences>;
}>;

const listedRoutine = (routine: Routine): ListedRoutine => ({
  id: routine.id,
  title: titleOf(routine),
  summary: routine.summary,
  minutes: minutesOf(routine),
  for: routine.for,
  own: fromLibrary(routine.id) === undefined,
});

/** Answers for what this room is asked; null for any other room. */
export function answerRoom(
  ports: LikesPorts & Readonly<{ own: KeptRoutines }>,
  method: string,
  [room, id, ...more]: readonly string[],
  body: string,
): HttpAnswer | Promise<HttpAnswer> | null {
  if (more.length > 0) return null;
  if (room === 'routines') return answerRoutines(ports.own, method, id, body);
  return room === 'preferences' && id === undefined ? answerPreferences(ports, method, body) : null;
}

export function answerRoutines(
  own: KeptRoutines,
  method: string,
  id: string | undefined,
  body: string,
): HttpAnswer {
  if (method === 'GET' && id === undefined) return json(own.all().map(listedRoutine));
  if (method === 'GET') {
    const routine = fromLibrary(id ?? '') ?? own.find(id ?? '');
    return routine ? json(routine) : refused(404, answerWords.noRoutine);
  }
  if (method === 'PUT' && id === undefined) {
    const found = parseRoutine(body);
    if (!found.ok) return json({ message: answerWords.faulty, issues: found.issues }, 422);
    return own.keep(found.routine)
      ? json(listedRoutine(found.routine), 201)
      : refused(409, answerWords.noRoom);
  }
  if (method === 'DELETE' && id !== undefined)
    return own.erase(id) ? json({ erased: id }) : refused(404, answerWords.noOwn);
  return refused(405, answerWords.method);
}

function answerPreferences(
  ports: LikesPorts,
  method: string,
  body: string,
): HttpAnswer | Promise<HttpAnswer> {
  if (method === 'GET') return json(ports.preferences());
  if (method !== 'PUT') return refused(405, answerWords.method);
  const value = parsed(body);
  if (Array.isArray(value)) return refused(422, answerWords.object);
  const found = v.safeParse(preferencesChangeSchema, value);
  if (!found.success) {
    const [issue] = found.issues;
    return refused(422, `${v.getDotPath(issue) ?? 'the body'}: ${issue.message}`.slice(0, 200));
  }
  const after = ports.change(defined(found.output));
  return after instanceof Promise ? after.then(preferences => json(preferences)) : json(after);
}

/** A change without the fields that it leaves alone. */
const defined = (change: Readonly<Record<string, unknown>>): PreferencesChange =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
