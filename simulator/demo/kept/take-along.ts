/**
 * All that this browser keeps as one file, and such a file taken in again: what is missing here is added, nothing is
 * replaced, and of whatever is not taken it is told where it stands and why.
 */
import { type ParseError, parse } from 'jsonc-parser';
import * as v from 'valibot';
import { mostOwn } from '../../../machines/limits.ts';
import { fromLibrary } from '../../../machines/routine/library.ts';
import { parseRoutine } from '../../../machines/routine/parse.ts';
import type { Routine } from '../../../machines/routine/schema.ts';
import { keptWords } from '../../../machines/text/kept.ts';
import { fill } from '../../../machines/text/text.ts';
import { readSession, unreadWhy } from '../../../src/history/records.ts';
import { idPattern, idTime } from '../../../src/history/session-id.ts';
import { isFields } from '../../../src/storage/json-fields.ts';
import type { KeptPreferences } from '../../../src/storage/kept-preferences.ts';
import { preferencesSchema, usualPreferences } from '../../../src/storage/preferences-schema.ts';
import type { StateFields } from '../../../src/storage/state-fields.ts';
import { daysBefore } from '../../../src/time/calendar.ts';
import type { FileFault, TakenIn } from '../../page/history/taken-in.ts';
import type { BrowserRoutines } from './browser-routines.ts';
import { changeIn } from './preference-change.ts';
import type { Image } from './rows/image.ts';
import { routineIn } from './rows/row-names.ts';
import { type BoardsAsKept, type BoardsTaken, takeBoards } from './take-boards.ts';

const words = keptWords.faults;

const fileVersion = 1;
/** More than a year of long sessions, every day. */
export const mostFileChars = 256 * 1024 * 1024;

const fileSchema = v.object({
  tactus: v.literal('kept'),
  v: v.literal(fileVersion),
  savedAt: v.string(),
  preferences: v.optional(v.record(v.string(), v.unknown()), {}),
  routines: v.optional(v.array(v.unknown()), []),
  /** Each with its lines as they stand, so that nothing is lost of what another version wrote. */
  sessions: v.optional(v.array(v.unknown()), []),
  /** What is known of boards, each under its id. */
  boards: v.optional(v.record(v.string(), v.unknown()), {}),
});
const sessionSchema = v.object({ id: v.pipe(v.string(), v.regex(idPattern)), lines: v.array(v.string()) });
/** A controller's own report of one session, as `sessions report --format json` writes it. */
const reportSchema = v.object({ header: v.looseObject({ id: v.string() }), records: v.array(v.unknown()) });

export type AlongPorts = Readonly<{
  image: Image;
  routines: BrowserRoutines;
  preferences: KeptPreferences;
  preferenceFields: StateFields;
  wallNow(): number;
  /** What is known here of boards: it stands with the page. */
  boards: BoardsAsKept;
}>;

/** `boards`: what the page is to keep of boards. */
export type FileTaken = Readonly<{ taken: TakenIn; boards: BoardsTaken['boards'] }>;

/** Of an image in which every session is loaded. */
export function savedFile({ image, routines, preferenceFields, wallNow, boards }: AlongPorts): string {
  const sessions = image
    .sessions()
    .toSorted()
    .map(id => ({ id, lines: (image.sessionText(id) ?? '').split('\n').filter(line => line !== '') }));
  const file = {
    tactus: 'kept',
    v: fileVersion,
    savedAt: new Date(wallNow()).toISOString(),
    preferences: Object.fromEntries(preferenceFields.read().fields),
    routines: routines.list(),
    sessions,
    boards,
  };
  return `${JSON.stringify(file, null, 1)}\n`;
}

const nothing: TakenIn = {
  took: { sessions: 0, routines: 0, preferences: 0, boards: 0 },
  had: 0,
  left: [],
  notes: [],
};
const refusedWhole = (why: string): FileTaken => ({
  taken: { ...nothing, left: [{ where: words.file, why }] },
  boards: {},
});

/** Takes in a file's text. Never throws for what stands in it. */
export function takeFile(text: string, ports: AlongPorts): FileTaken {
  if (text.length > mostFileChars) return refusedWhole(words.tooLarge);
  const errors: ParseError[] = [];
  const plain = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const value: unknown = parse(plain, errors, { disallowComments: true });
  const [error] = errors;
  if (error) {
    const line = plain.slice(0, error.offset).split('\n').length;
    return refusedWhole(fill(words.notJson, { line }));
  }
  const report = v.safeParse(reportSchema, value);
  if (report.success) {
    const { header, records } = report.output;
    const lines = [header, ...records].map(one => JSON.stringify(one));
    return new Taking(ports).all({
      preferences: {},
      routines: [],
      sessions: [{ id: header.id, lines }],
      boards: {},
    });
  }
  const file = v.safeParse(fileSchema, value);
  if (!file.success) return refusedWhole(whyNotOurs(value));
  return new Taking(ports).all(file.output);
}

function whyNotOurs(value: unknown): string {
  if (isFields(value) && value.tactus === 'kept' && typeof value.v === 'number' && value.v > fileVersion)
    return words.newer;
  const isSums = Array.isArray(value) && value.some(one => isFields(one) && 'minutes' in one);
  return isSums ? words.sums : words.otherKind;
}

class Taking {
  readonly #ports: AlongPorts;
  readonly #took = { sessions: 0, routines: 0, preferences: 0 };
  readonly #left: FileFault[] = [];
  readonly #notes: FileFault[] = [];
  readonly #added: string[] = [];
  #had = 0;

  constructor(ports: AlongPorts) {
    this.#ports = ports;
  }

  all({
    preferences,
    routines,
    sessions,
    boards,
  }: Omit<v.InferOutput<typeof fileSchema>, 'tactus' | 'v' | 'savedAt'>): FileTaken {
    this.#preferences(preferences);
    for (const [index, one] of routines.entries()) this.#routine(one, `routines[${index}]`);
    for (const [index, one] of sessions.entries()) this.#session(one, `sessions[${index}]`);
    this.#noteOld();
    const found = takeBoards(boards, this.#ports.boards);
    return {
      taken: {
        took: { ...this.#took, boards: Object.keys(found.boards).length },
        had: this.#had + found.had,
        left: [...this.#left, ...found.left],
        notes: [...this.#notes, ...found.notes],
      },
      boards: found.boards,
    };
  }

  #leave(where: string, why: string): void {
    this.#left.push({ where, why });
  }

  #preferences(wanted: Readonly<Record<string, unknown>>): void {
    const { fields } = this.#ports.preferenceFields.read();
    const taken: Record<string, unknown> = {};
    const schemas: Readonly<Record<string, v.GenericSchema>> = preferencesSchema.entries;
    for (const [name, value] of Object.entries(wanted)) {
      if (name === 'v') continue;
      const where = `preferences.${name}`;
      const schema = Object.hasOwn(schemas, name) ? schemas[name] : undefined;
      if (!schema) this.#leave(where, words.unknown);
      else if (!v.is(schema, value)) this.#leave(where, words.preference);
      else if (isSame(fields.get(name), value)) this.#had += 1;
      else if (!fields.has(name) || isUnchosen(name, fields.get(name))) taken[name] = value;
      else this.#leave(where, words.chosen);
    }
    const count = Object.keys(taken).length;
    if (count === 0) return;
    this.#ports.preferences.change(changeIn(taken));
    this.#took.preferences = count;
  }

  #routine(one: unknown, where: string): void {
    const parsed = parseRoutine(JSON.stringify(one) ?? '');
    if (!parsed.ok) {
      for (const { path, message } of parsed.issues)
        this.#leave(where, fill(words.routine, { path, what: message }));
      return;
    }
    const why = this.#whyNot(parsed.routine);
    if (why !== null) this.#leave(`${where} ${parsed.routine.id}`, why);
  }

  /** Keeps it; why not, where it cannot be. */
  #whyNot(routine: Routine): string | null {
    const { routines, image } = this.#ports;
    if (fromLibrary(routine.id)) return words.inLibrary;
    if (routines.has(routine.id)) {
      if (!isSame(routines.find(routine.id), routine)) return words.differs;
      this.#had += 1;
      return null;
    }
    const count = image.names().filter(name => routineIn(name) !== null).length;
    if (count >= mostOwn || !routines.keep(routine)) return words.noRoom;
    this.#took.routines += 1;
    return null;
  }

  #session(one: unknown, where: string): void {
    const found = v.safeParse(sessionSchema, one);
    if (!found.success) {
      this.#leave(where, words.session);
      return;
    }
    const { id, lines } = found.output;
    const place = `${where} ${id}`;
    const why = this.#whyNoSession(id, lines, place);
    if (why !== null) this.#leave(place, why);
  }

  #whyNoSession(id: string, lines: readonly string[], place: string): string | null {
    const { image } = this.#ports;
    const text = lines.map(line => `${line}\n`).join('');
    const kept = lines.some(line => line.includes('\n')) ? null : readSession(text, id);
    if (!kept) return unreadWhy(text) === 'newer' ? words.sessionNewer : words.session;
    if (this.#added.includes(id)) return words.twice;
    if (image.stamp(id) !== '') {
      if (lined(image.sessionText(id)) !== lined(text)) return words.differs;
      this.#had += 1;
      return null;
    }
    // The header by itself, so that no more has to be read to know how old it is.
    const [header = ''] = lines;
    image.append(id, `${header}\n`);
    if (lines.length > 1) image.append(id, text.slice(header.length + 1));
    this.#added.push(id);
    this.#took.sessions += 1;
    if (kept.leftOut) this.#notes.push({ where: place, why: fill(words.lines, { count: kept.leftOut }) });
    return null;
  }

  /** What was taken in on purpose goes by its age all the same: that is said before it happens. */
  #noteOld(): void {
    const days = this.#ports.preferences.keeping?.keepDays;
    if (days === undefined) return;
    const oldest = daysBefore(this.#ports.wallNow(), days);
    const count = this.#added.filter(id => idTime(id) < oldest).length;
    if (count > 0) this.#notes.push({ where: words.file, why: fill(words.old, { count, days }) });
  }
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** With one choice all others are written as they usually are. What is kept of sessions is never changed by a file. */
const isUnchosen = (name: string, value: unknown): boolean =>
  name !== 'keep' &&
  name !== 'keepDays' &&
  isSame(value, new Map(Object.entries(usualPreferences)).get(name));

const lined = (text: string | null): string => (text ?? '').split('\n').filter(Boolean).join('\n');
