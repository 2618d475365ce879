/** A whole run as data: what is written by `--json FILE`, and what the table and the chart are made from. */
import * as v from 'valibot';
import { type Machine, machineSchema } from './machine.ts';
import { type AnyRow, hasSamples, isMeasured, type Row, rowIds, type SampleSet, units } from './rows.ts';
import { spread } from './samples.ts';

const samplesSchema = v.strictObject({
  by: v.string(),
  samples: v.pipe(v.array(v.number()), v.minLength(1)),
});
const withoutSchema = v.strictObject({ by: v.string(), why: v.string() });
const head = { id: v.picklist(rowIds), what: v.string(), unit: v.picklist(units) };

const rowSchema = v.union([
  v.strictObject({
    ...head,
    better: v.picklist(['less', 'more']),
    ours: samplesSchema,
    instead: v.array(v.union([samplesSchema, withoutSchema])),
    limit: v.nullable(v.strictObject({ value: v.number(), why: v.string() })),
  }),
  v.strictObject({ ...head, why: v.string() }),
]);

export const reportSchema = v.strictObject({
  machine: machineSchema,
  /** How long beats were compared, idle and busy each. */
  beatsS: v.number(),
  /** How long all of it took. */
  tookS: v.number(),
  rows: v.array(rowSchema),
});
export type Report = Readonly<{ machine: Machine; beatsS: number; tookS: number; rows: readonly AnyRow[] }>;

/** A row as `bench --json` has told it from the beginning, with its samples beside it. */
export type Figure = Readonly<{
  id: string;
  what: string;
  unit: string;
  ours: number;
  oursBy: string;
  instead: number | null;
  insteadBy: string | null;
  ratio: number | null;
  warm?: number;
  warmRatio?: number | null;
  row: AnyRow;
}>;

/** One number for many: of beats the last one, where drift has added up; of sessions the first, in a cold process. */
function told(row: Row, { samples }: SampleSet): number {
  const [first = Number.NaN] = samples;
  if (row.id.startsWith('drift-')) return samples.at(-1) ?? first;
  if (row.id === 'session-machines') return first;
  return spread(samples, row.better).p50;
}

const ratioOf = (ours: number, instead: number | null): number | null =>
  instead !== null && ours > 0 ? instead / ours : null;

/** Rows that could not be measured have no figure: they are in the report alone. */
export function figureOf(row: Row): Figure {
  const { id, what, unit, ours } = row;
  // The one to compare with stands first but for sessions, which were always compared with waiting.
  const others = row.instead.filter(hasSamples);
  const beside = (id.startsWith('session-') ? others.at(-1) : others[0]) ?? null;
  const own = told(row, ours);
  const other = beside && told(row, beside);
  const warm = id === 'session-machines' ? Math.min(...ours.samples) : undefined;
  return {
    id,
    what,
    unit,
    ours: own,
    oursBy: ours.by,
    instead: other,
    insteadBy: beside?.by ?? null,
    ratio: ratioOf(own, other),
    ...(warm !== undefined && { warm, warmRatio: ratioOf(warm, other) }),
    row,
  };
}

export const figuresOf = (rows: readonly AnyRow[]): readonly Figure[] =>
  rows.filter(isMeasured).map(figureOf);
