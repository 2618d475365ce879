/**
 * What is kept of a session: one JSON object a line, the first of them the header.
 *
 * Never in here: answers of the screening, names. Bands and scores of check-ins only where somebody chose to keep
 * them. `at` counts in whole ms from the first stroke's phase on. A record that this version does not know is left
 * out when it is read, so that a newer file can still be looked at.
 */
import * as v from 'valibot';
import { directions, techniques, users, zones } from '../../machines/routine/names.ts';
import { faults, movingStages, outcomes, sides } from '../../machines/vocabulary.ts';
import { isFields } from '../storage/json-fields.ts';
import { idPattern } from './session-id.ts';

export const historyVersion = 1;

export const clientPattern = /^[A-Z]$/;
export const noteLength = 2000;

const at = v.pipe(v.number(), v.integer(), v.minValue(0));
const score = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10));

/** `easy` is what GO says by touch: 0 to 3. */
export const keptHere = ['light', 'fine', 'easy', 'strong', 'tooMuch'] as const;
export const keptLeg = ['same', 'more', 'worse'] as const;

export const headerSchema = v.object({
  type: v.literal('session'),
  v: v.literal(historyVersion),
  id: v.pipe(v.string(), v.regex(idPattern)),
  /** Wall clock, ISO 8601 in UTC. */
  startedAt: v.pipe(v.string(), v.isoTimestamp()),
  product: v.string(),
  routine: v.object({ id: v.string(), title: v.string(), plannedMs: at }),
  for: v.nullable(v.picklist(users)),
  /** A letter for a receiver; never a name. */
  client: v.nullable(v.pipe(v.string(), v.regex(clientPattern))),
  /** Whether the therapist went through the questions by themselves, as they said. */
  intakeAttested: v.boolean(),
  keeps: v.picklist(['plain', 'bands', 'scores']),
  /** Goes on with a session that broke off. */
  takenUp: v.boolean(),
  /** The process that writes this, as long as there is no outcome. */
  pid: v.number(),
  /** Where somebody asked for a journal of it. */
  journal: v.optional(v.string()),
  /**
   * A board has played it by itself, which has no clock of day: it began after this moment, or nobody knows after which,
   * and not after `startedAt`. What it is known by on that board.
   */
  alone: v.optional(
    v.object({
      startedAfter: v.nullable(v.pipe(v.string(), v.isoTimestamp())),
      board: v.string(),
      epoch: at,
      sequence: at,
      routineHash: at,
    }),
  ),
});
export type SessionHeader = Readonly<v.InferOutput<typeof headerSchema>>;

/** No process has this number. */
const nobody = 2 ** 30;

/** What stands for a field of a header that cannot be understood, where the session can be told without it. */
const usualFields: Readonly<Record<string, unknown>> = {
  product: '?',
  routine: { id: 'unknown', title: '?', plannedMs: 0 },
  for: null,
  client: null,
  intakeAttested: false,
  keeps: 'plain',
  takenUp: false,
  pid: nobody,
  journal: undefined,
  alone: undefined,
};

const bySide = v.object({ left: at, right: at });

const recordSchemas = [
  v.object({
    type: v.literal('phase'),
    at,
    phase: v.string(),
    title: v.string(),
    stage: v.picklist(movingStages),
    zone: v.picklist(zones),
    side: v.picklist(sides),
    technique: v.picklist(techniques),
    direction: v.picklist(directions),
    plannedMs: at,
  }),
  v.object({ type: v.literal('state'), at, state: v.string(), moves: v.boolean() }),
  v.object({ type: v.literal('stroke'), at, period: at, lateMs: v.number() }),
  v.object({
    type: v.literal('pressure'),
    at,
    side: v.picklist(['left', 'right']),
    pressure: v.number(),
    why: v.string(),
  }),
  v.object({ type: v.literal('deed'), at, deed: v.string() }),
  v.object({ type: v.literal('baseline'), at, local: score, leg: score }),
  v.object({
    type: v.literal('answer'),
    at,
    here: v.optional(v.picklist(keptHere)),
    leg: v.optional(v.picklist(keptLeg)),
    local: v.optional(score),
    down: v.optional(score),
  }),
  v.object({ type: v.literal('fault'), at, fault: v.picklist(faults) }),
  v.object({
    type: v.literal('timing'),
    at,
    /** How many deadlines ran at most this late, bin by bin. */
    counts: v.array(v.number()),
    worstMs: v.number(),
  }),
  v.object({
    type: v.literal('outcome'),
    at,
    outcome: v.picklist(outcomes),
    /** Null where the reason would tell how somebody felt and nobody chose to keep that. */
    reason: v.nullable(v.string()),
  }),
  /** Time was steered from here on, or for a moment: what was recorded are no minutes of anybody's day. */
  v.object({ type: v.literal('steered'), at }),
  /** All that is known of one that a board has played by itself. */
  v.object({
    type: v.literal('totals'),
    at,
    movedMs: at,
    stages: v.object({ warmUp: bySide, strokes: bySide, pressureRamp: bySide, cooldown: bySide }),
    eases: at,
    rises: at,
    pauses: at,
    /** How many answers lay in each band, where somebody chose to keep them. */
    here: v.optional(v.record(v.string(), at)),
    leg: v.optional(v.record(v.string(), at)),
  }),
  v.object({
    type: v.literal('note'),
    writtenAt: v.pipe(v.string(), v.isoTimestamp()),
    text: v.pipe(v.string(), v.maxLength(noteLength)),
  }),
] as const;
export type SessionRecord = Readonly<v.InferOutput<(typeof recordSchemas)[number]>>;

/** By its type: of thousands of records each is looked at by the one schema that may fit. */
const schemaOf: ReadonlyMap<unknown, (typeof recordSchemas)[number]> = new Map(
  recordSchemas.map(schema => [schema.entries.type.literal, schema]),
);

/** Null where it is none that this version knows. */
function recordIn(value: unknown): SessionRecord | null {
  const schema = isFields(value) ? schemaOf.get(value.type) : undefined;
  if (!schema) return null;
  const found = v.safeParse(schema, value);
  return found.success ? found.output : null;
}

export type RecordOf<T extends SessionRecord['type']> = Extract<SessionRecord, { type: T }>;

export type KeptSession = Readonly<{
  header: SessionHeader;
  records: readonly SessionRecord[];
  /** The last line had been cut off: the process died while it wrote. */
  tailDropped: boolean;
  /** How many lines, or fields of the header, cannot be understood; absent where none. */
  leftOut?: number;
}>;

export const writtenRecord = (record: SessionHeader | SessionRecord): string => `${JSON.stringify(record)}\n`;

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** A header as far as it goes: a field that is wrong by itself has the usual; how many those are. */
function headerIn(value: unknown): Readonly<{ header: SessionHeader; wrong: number }> | null {
  const whole = v.safeParse(headerSchema, value);
  if (whole.success) return { header: whole.output, wrong: 0 };
  if (!isFields(value)) return null;
  const wrong = Object.keys(usualFields).filter(
    name => !v.is(headerSchema.entries[name as keyof SessionHeader], value[name]),
  );
  const mended = v.safeParse(headerSchema, {
    ...value,
    ...Object.fromEntries(wrong.map(name => [name, usualFields[name]])),
  });
  return mended.success ? { header: mended.output, wrong: wrong.length } : null;
}

/** Why a text is no session of ours that can be read: of a newer version, or spoiled. */
export type Unread = 'newer' | 'spoiled';

export function unreadWhy(text: string): Unread {
  const first = parsed(text.split('\n', 1)[0] ?? '');
  const version = isFields(first) && first.type === 'session' ? first.v : null;
  return typeof version === 'number' && Number.isInteger(version) && version > historyVersion
    ? 'newer'
    : 'spoiled';
}

const withoutMark = (text: string): string => (text.startsWith('\uFEFF') ? text.slice(1) : text);

/** The header alone, for whoever looks at thousands of them. */
export const readHeader = (text: string): SessionHeader | null =>
  headerIn(parsed(withoutMark(text).split('\n', 1)[0] ?? ''))?.header ?? null;

/**
 * Reads a session's file; null where it has no header of ours. What is broken within it is left out, and counted.
 * A byte-order mark and CRLF are fine. `name`: the id that the file goes by, whatever its header says.
 */
export function readSession(text: string, name?: string): KeptSession | null {
  const lines = withoutMark(text).split('\n');
  const tail = lines.pop() ?? '';
  const [first = '', ...rest] = lines;
  const header = headerIn(parsed(first));
  if (!header) return null;
  let leftOut = header.wrong;
  const records = rest.flatMap(line => {
    const record = recordIn(parsed(line));
    if (!record) leftOut += 1;
    return record ? [record] : [];
  });
  return {
    header: name === undefined ? header.header : { ...header.header, id: name },
    records,
    tailDropped: tail !== '',
    ...(leftOut > 0 && { leftOut }),
  };
}

export const recordsOf = <T extends SessionRecord['type']>(
  { records }: Pick<KeptSession, 'records'>,
  type: T,
): readonly RecordOf<T>[] => records.filter(record => record.type === type) as never;
