/**
 * The journal: what happened to a session, so that folding it again leads to the same state.
 *
 * One JSON object a line: first a header with the input, then one record an event. Each line carries a checksum
 * chained over all lines before it, so a changed, missing or reordered record shows. No screening answer and no
 * score is ever in it: the session machine itself never learns them.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import * as v from 'valibot';
import { initialTransition } from 'xstate';
import { cueSchema } from '../../machines/cues/schema.ts';
import { parseRoutine } from '../../machines/routine/parse.ts';
import { type SessionEvent, sessionEventSchema } from '../../machines/session.events.ts';
import { sessionMachine } from '../../machines/session.ts';
import type { SessionInput } from '../../machines/session.types.ts';
import type { SessionSnapshot } from '../../machines/session.view.ts';
import { stepOf } from '../../machines/steps.ts';

const formatVersion = 1;

export type JournalHeader = Readonly<{
  journal: typeof formatVersion;
  product: string;
  screeningVersion: string;
  /** Name of the session where it is kept in the history. */
  id?: string;
  input: SessionInput;
}>;

/** Takes finished lines, each ending with a newline. */
export type JournalSink = (line: string) => void;

const chained = (before: string, body: string): string =>
  bytesToHex(sha256(utf8ToBytes(before + body))).slice(0, 16);

export class JournalWriter {
  #check = '';
  readonly #sink: JournalSink;

  constructor(sink: JournalSink, header: Omit<JournalHeader, 'journal'>) {
    this.#sink = sink;
    this.#write({ journal: formatVersion, ...header });
  }

  append(event: SessionEvent): void {
    this.#write(event);
  }

  #write(content: object): void {
    const body = JSON.stringify(content);
    this.#check = chained(this.#check, body);
    this.#sink(`${body.slice(0, -1)},"check":"${this.#check}"}\n`);
  }
}

export type ReadJournal =
  | Readonly<{
      ok: true;
      header: JournalHeader;
      events: readonly SessionEvent[];
      tailDropped: boolean;
      /** The first record whose time lies before that of the one before it: kept, but worth a word. */
      wentBackAt: number | null;
    }>
  | Readonly<{ ok: false; record: number; message: string }>;

/** Anyone can compute a checksum, so a right chain alone does not make an event or a header of ours. */
function isInput(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { routine, easierSide, boardReady, cues = [] } = value as Readonly<Record<string, unknown>>;
  return (
    (easierSide === 'left' || easierSide === 'right') &&
    typeof boardReady === 'boolean' &&
    v.is(v.array(cueSchema), cues) &&
    parseRoutine(JSON.stringify(routine) ?? '').ok
  );
}

const checkField = /,"check":"([0-9a-f]{16})"\}$/;

/** What of a journal holds: all before the first record that does not follow from the ones before it. */
export type GoodPart = Readonly<{
  header: JournalHeader;
  events: readonly SessionEvent[];
  tailDropped: boolean;
  /** The first record that does not hold; null where all do. */
  flaw: Readonly<{ record: number; message: string }> | null;
}>;
type NoPart = Readonly<{ record: number; message: string }>;

/** A line's content, and its checksum where it follows from the lines before it. */
function recordIn(line: string, before: string): Readonly<{ content: unknown; check: string }> | string {
  const found = checkField.exec(line);
  if (!found) return 'has no checksum';
  const body = `${line.slice(0, found.index)}}`;
  const check = chained(before, body);
  if (found[1] !== check) return 'does not follow from the records before it';
  try {
    return { content: JSON.parse(body), check };
  } catch {
    return 'is not JSON';
  }
}

/**
 * Reads as much of a journal's text as holds. Records count from 0, the header. A last line without its newline was
 * cut by a crash: it is dropped and told, all before it stays good. A byte-order mark and CRLF are fine: an editor, or
 * a copy from one system to another, leaves them.
 */
export function goodPartOf(text: string): GoodPart | NoPart {
  const lines = (text.startsWith('\uFEFF') ? text.slice(1) : text).split('\n');
  const tailDropped = (lines.pop() ?? '') !== '';
  const [first, ...rest] = lines.map(line => (line.endsWith('\r') ? line.slice(0, -1) : line));
  if (first === undefined) return { record: 0, message: noHeader };
  const begin = recordIn(first, '');
  if (typeof begin === 'string') return { record: 0, message: begin };
  const header = headerOf(begin.content);
  if (typeof header === 'string') return { record: 0, message: header };
  const events: SessionEvent[] = [];
  let { check } = begin;
  for (const [index, line] of rest.entries()) {
    const found = recordIn(line, check);
    const event = typeof found === 'string' ? null : eventOf(found.content);
    if (typeof found === 'string' || !event) {
      const flaw = { record: index + 1, message: typeof found === 'string' ? found : noEvent };
      return { header, events, tailDropped: false, flaw };
    }
    check = found.check;
    events.push(event);
  }
  return { header, events, tailDropped, flaw: null };
}

const noEvent = 'is not an event of a session';
const noHeader = `is not the header of a version ${formatVersion} journal`;

/** A record's event as the schema has it; null where it is none of ours. */
function eventOf(content: unknown): SessionEvent | null {
  const result = v.safeParse(sessionEventSchema, content);
  return result.success ? result.output : null;
}

/** The header, or why it is none of ours. */
function headerOf(content: unknown): JournalHeader | string {
  const fields = typeof content === 'object' && content !== null ? { ...content } : {};
  if (!('journal' in fields) || fields.journal !== formatVersion) return noHeader;
  // Its routine and cues are checked by their own parsers.
  if (!('input' in fields) || !isInput(fields.input)) return 'is not the beginning of a session';
  return content as JournalHeader;
}

/** Reads a journal's text, of which every record has to hold. */
export function readJournal(text: string): ReadJournal {
  const part = goodPartOf(text);
  if (!('header' in part)) return { ok: false, ...part };
  if (part.flaw) return { ok: false, ...part.flaw };
  const { header, events, tailDropped } = part;
  const back = events.findIndex((event, index) => event.at < (events[index - 1]?.at ?? 0));
  return { ok: true, header, events, tailDropped, wentBackAt: back < 0 ? null : back + 1 };
}

/** Folds events into the session they make. The same input and events give the same snapshot, always. */
export function replay(input: SessionInput, events: readonly SessionEvent[]): SessionSnapshot {
  let [snapshot] = initialTransition(sessionMachine, input);
  for (const event of events) {
    if (snapshot.status !== 'active') break;
    [snapshot] = stepOf(sessionMachine, snapshot, event);
  }
  return snapshot;
}

/** JSON with every object's keys sorted, so that equal values are equal text. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`).join(',')}}`;
}

/** SHA-256 of a session's state: where it stands, what it remembers, how it ended. */
export function stateHash(snapshot: SessionSnapshot): string {
  const { value, status, output, context } = snapshot;
  return bytesToHex(sha256(utf8ToBytes(canonical({ value, status, output, context }))));
}
