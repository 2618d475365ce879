/** A row of the table: ours, what one would do instead, and what nothing could be better than. */
import { figureWords } from '../../../machines/text/figures.ts';
import { fill } from '../../../machines/text/text.ts';
import type { Better } from './samples.ts';

export type RowId = keyof typeof figureWords.rows;
export const rowIds = Object.keys(figureWords.rows) as readonly RowId[];

export const units = ['ms', '% of a core', 'MB', 'sessions', 'pages', 'bytes a minute'] as const;
export type Unit = (typeof units)[number];

export type SampleSet = Readonly<{ by: string; samples: readonly number[] }>;
/** Something that has no figure, and why. */
export type Without = Readonly<{ by: string; why: string }>;
export type Limit = Readonly<{ value: number; why: string }>;

export type Row = Readonly<{
  id: RowId;
  what: string;
  unit: Unit;
  better: Better;
  ours: SampleSet;
  instead: readonly (SampleSet | Without)[];
  limit: Limit | null;
}>;

/** A row that could not be measured here. It is no zero. */
export type Unmeasured = Readonly<{ id: RowId; what: string; unit: Unit; why: string }>;
export type AnyRow = Row | Unmeasured;

export const isMeasured = (row: AnyRow): row is Row => 'ours' in row;
export const hasSamples = (one: SampleSet | Without): one is SampleSet => 'samples' in one;

type Values = Readonly<Record<string, string | number>>;
type RowWords = Readonly<{ what: string; ours?: string; limit?: string }>;

const wordsOf = (id: RowId): RowWords => figureWords.rows[id];

export type Measured = Readonly<{
  unit: Unit;
  samples: readonly number[];
  better?: Better;
  /** By what it was measured, where the catalogue does not say it. */
  by?: string;
  instead?: readonly (SampleSet | Without)[];
  /** The limit's value; the catalogue says why it is one. */
  limit?: number;
  /** What the sentences of this row have places for. */
  values?: Values;
}>;

/** A row in the catalogue's words. Throws where there are no samples: such a row says why instead. */
export function row(
  id: RowId,
  { unit, samples, better = 'less', by, instead = [], limit, values = {} }: Measured,
): Row {
  const words = wordsOf(id);
  if (samples.length === 0) throw new Error(`no sample came of ${id}`);
  return {
    id,
    what: fill(words.what, values),
    unit,
    better,
    ours: { by: by ?? fill(words.ours ?? '', values), samples: samples.map(rounded) },
    instead: instead.map(one => (hasSamples(one) ? { by: one.by, samples: one.samples.map(rounded) } : one)),
    limit:
      limit === undefined || words.limit === undefined
        ? null
        : { value: rounded(limit), why: fill(words.limit, values) },
  };
}

/** Raw samples, to a thousandth: beyond that is noise, and the file would be three times as long. */
const rounded = (value: number): number => Math.round(value * 1000) / 1000;

/** What is known only once it has been measured is left open. */
const opened = (sentence: string): string => sentence.replace(/\{\w+\}/g, '…');

export const unmeasured = (id: RowId, unit: Unit, why: string, values: Values = {}): Unmeasured => ({
  id,
  what: opened(fill(wordsOf(id).what, values)),
  unit,
  why,
});
