/**
 * The trace port: what a board alone tells of its session to whoever watches its chip, which only an emulated one lets
 * them do. The firmware writes byte after byte to a register that means nothing to the chip; on real hardware that is
 * a cycle each and nothing else.
 *
 * This is the contract, in one place: `trace_port.h` is written from it. Numbers are little endian, and of a list's
 * entry it is the place in `hardware/firmware/alone/names.ts` that is told.
 */
import { endReasons } from '../../machines/session.lists.ts';
import { stateNames } from '../../machines/session.states.ts';
import { cueIds, cueWhys, outcomes, sides } from '../../machines/vocabulary.ts';
import { pressureChanges } from '../firmware/alone/names.ts';

/** GPIOR0, by its data address: a general purpose register that nothing else in the firmware uses. */
export const tracePortAddress = 0x3e;

/** Stands where there is no number. */
export const noNumber = 255;

/** One value of a record; `undefined`: no value that it can have. */
type Field<T> = Readonly<{ bytes: 1 | 2 | 4; read(raw: number): T | undefined; write(value: T): number }>;

const whole = (bytes: 1 | 2 | 4, least: number, most: number): Field<number> => ({
  bytes,
  read: raw => (raw >= least && raw <= most ? raw : undefined),
  write: value => value,
});
const listed = <T>(list: readonly T[]): Field<T> => ({
  bytes: 1,
  read: raw => list[raw],
  write: value => list.indexOf(value),
});
const placeOrNone: Field<number | null> = {
  bytes: 1,
  read: raw => (raw === noNumber ? null : raw),
  write: value => value ?? noNumber,
};

/** The two that hold a pressure of their own, in the order of the board's `bodySides`. */
const bodySides = ['left', 'right'] as const;
/** Times on the board are 31 bits. */
const latestMs = 2 ** 31 - 1;
const place = whole(1, 0, noNumber - 1);
const time = whole(4, 0, latestMs);

/** The fields of each record behind its number and its time, in their order on the wire. */
const layouts = {
  state: { number: 1, fields: { state: listed(stateNames), work: placeOrNone, side: listed(sides) } },
  stroke: {
    number: 2,
    fields: {
      work: place,
      side: listed(sides),
      stroke: whole(2, 1, 65_535),
      period: whole(4, 1, latestMs),
      pull: whole(1, 0, 255),
      ascent: whole(2, 0, 65_535),
    },
  },
  cue: {
    number: 3,
    fields: {
      cue: listed(cueIds),
      why: listed(cueWhys),
      work: placeOrNone,
    },
  },
  pressure: {
    number: 4,
    fields: { pressure: whole(1, 1, 5), side: listed(bodySides), why: listed(pressureChanges) },
  },
  outcome: { number: 5, fields: { outcome: listed(outcomes), reason: listed(endReasons) } },
  favourite: { number: 6, fields: { place } },
  opened: { number: 7, fields: { place } },
  /** Whatever one event has led to is told: its marks come before its state, and in a trace the state comes first. */
  eventEnds: { number: 8, fields: {} },
} as const;

type Layouts = typeof layouts;
export type TraceRecordType = keyof Layouts;
type ValueOf<F> = F extends Field<infer T> ? T : never;
type RecordOf<K extends TraceRecordType> = Readonly<
  { type: K; at: number } & { [N in keyof Layouts[K]['fields']]: ValueOf<Layouts[K]['fields'][N]> }
>;
/**
 * One record. `work`: the phase that work belongs to, by its number in the routine as it was loaded; null where nothing
 * has begun or all is over. `pull` 0: strokes come in no ascents. `place`: of a favourite, counted from 0.
 */
export type TraceRecord = { [K in TraceRecordType]: RecordOf<K> }[TraceRecordType];

type Layout = Readonly<{ number: number; fields: Readonly<Record<string, Field<unknown>>> }>;
const types = Object.keys(layouts) as readonly TraceRecordType[];
/** The same with their types forgotten: what is read is checked field by field. */
const layoutOf = (type: TraceRecordType): Layout => layouts[type] as unknown as Layout;
const byNumber: ReadonlyMap<number, TraceRecordType> = new Map(
  types.map(type => [layouts[type].number, type]),
);

const headBytes = 1 + time.bytes;
const lengthOf = ({ fields }: Layout): number =>
  Object.values(fields).reduce((sum, { bytes }) => sum + bytes, headBytes);

/** Each record's name, number and whole length, for whoever writes them. */
export const traceRecords: readonly Readonly<{ type: TraceRecordType; number: number; bytes: number }>[] =
  types.map(type => ({ type, number: layouts[type].number, bytes: lengthOf(layoutOf(type)) }));

const put = (value: number, bytes: number): readonly number[] =>
  Array.from({ length: bytes }, (_, index) => Math.floor(value / 2 ** (8 * index)) % 256);
const get = (from: readonly number[]): number => from.reduceRight((value, byte) => value * 256 + byte, 0);

/** The bytes of a record. Throws where a field holds what it can not. */
export function encodeTraceRecord(record: TraceRecord): Uint8Array {
  const { number, fields } = layoutOf(record.type);
  const values: Readonly<Record<string, unknown>> = record;
  const written = (name: string, field: Field<unknown>): readonly number[] => {
    const raw = field.write(values[name]);
    if (raw < 0 || raw >= 256 ** field.bytes || field.read(raw) === undefined)
      throw new RangeError(`${record.type}: ${name} can not be ${String(values[name])}`);
    return put(raw, field.bytes);
  };
  const bytes = Object.entries(fields).flatMap(([name, field]) => written(name, field));
  return Uint8Array.from([number, ...written('at', time as Field<unknown>), ...bytes]);
}

/** Bytes that are no record. What comes after them can not be told from one: there is nothing to find it by. */
export class TracePortError extends Error {}

/** Puts bytes together to records, one at a time: holds no more than the one under way. */
export class TraceReader {
  #bytes: number[] = [];
  #type: TraceRecordType = 'state';

  /** What this byte completes, or null. Throws TracePortError where there is no such record. */
  take(byte: number): TraceRecord | null {
    if (this.#bytes.length === 0) {
      const type = byNumber.get(byte);
      if (!type) throw new TracePortError(`no record has the number ${byte}`);
      this.#type = type;
    }
    this.#bytes.push(byte);
    const layout = layoutOf(this.#type);
    if (this.#bytes.length < lengthOf(layout)) return null;
    const bytes = this.#bytes;
    this.#bytes = [];
    return this.#record(layout, bytes);
  }

  /** The chip has been reset: what was under way will not be completed. */
  forget(): void {
    this.#bytes = [];
  }

  #record({ fields }: Layout, bytes: readonly number[]): TraceRecord {
    let from = 1;
    const read = (name: string, { bytes: length, read }: Field<unknown>): unknown => {
      const raw = get(bytes.slice(from, from + length));
      from += length;
      const value = read(raw);
      if (value === undefined) throw new TracePortError(`${this.#type}: ${name} can not be ${raw}`);
      return value;
    };
    const at = read('at', time as Field<unknown>);
    const values = Object.entries(fields).map(([name, field]) => [name, read(name, field)] as const);
    // Each field has been read by its own layout.
    return { type: this.#type, at, ...Object.fromEntries(values) } as TraceRecord;
  }
}
