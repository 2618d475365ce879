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
import { initialTransition, transition } from 'xstate';
import { cueSchema } from '../../machines/cues/schema.ts';
import { parseRoutine } from '../../machines/routine/parse.ts';
import { sessionMachine } from '../../machines/session.ts';
import type { SessionEvent, SessionInput } from '../../machines/session.types.ts';
import type { SessionSnapshot } from '../../machines/session.view.ts';

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
const isEvent = ({ type, at }: Readonly<Record<string, unknown>>): boolean =>
  typeof type === 'string' &&
  /^(due|(board|screening|session)\.[A-Za-z]+)$/.test(type) &&
  Number.isSafeInteger(at);

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
  const tail = lines.pop() ?? '';
  let check = '';
  let header: JournalHeader | null = null;
  const events: SessionEvent[] = [];
  for (const [record, line] of lines.entries()) {
    const found = recordIn(line.endsWith('\r') ? line.slice(0, -1) : line, check);
    const message = typeof found === 'string' ? found : strangeness(found.content, record);
    if (typeof found === 'string' || message !== null) {
      const flaw = { record, message: message ?? '' };
      return header ? { header, events, tailDropped: false, flaw } : flaw;
    }
    check = found.check;
    if (record === 0) header = found.content as JournalHeader;
    else events.push(found.content as SessionEvent);
  }
  return header
    ? { header, events, tailDropped: tail !== '', flaw: null }
    : { record: 0, message: strangeness(undefined, 0) ?? '' };
}

/** Why a record that follows from those before it is none of ours all the same; null where it is. */
function strangeness(content: unknown, record: number): string | null {
  const fields = typeof content === 'object' && content !== null ? { ...content } : {};
  if (record > 0) return isEvent(fields) ? null : 'is not an event of a session';
  if (!('journal' in fields) || fields.journal !== formatVersion)
    return `is not the header of a version ${formatVersion} journal`;
  return 'input' in fields && isInput(fields.input) ? null : 'is not the beginning of a session';
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
    [snapshot] = transition(sessionMachine, snapshot, event);
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
