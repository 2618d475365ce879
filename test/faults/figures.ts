/**
 * Measured figures of the long tests: noted by a test, printed and kept by `npm run test:faults -- --report`.
 *
 * Sizes: `.ci/run` takes a sample, the report takes all of it.
 */
import { appendFileSync } from 'node:fs';

/** Whether this run measures in full. */
export const inFull = process.env.TACTUS_FAULTS === 'full';

/** How many of something to do: all of them for the report, fewer otherwise. */
export const sized = (full: number, sample: number): number => (inFull ? full : sample);

export type Figure = Readonly<{
  /** Stable name; hazards refer to it. */
  id: string;
  /** What was measured, in words. */
  what: string;
  value: number;
  /** The same, measured in simavr instead of the emulated board. */
  simavr?: number;
  unit: string;
  /** What it must not exceed, where there is such a bound. */
  bound?: number;
  /** How many times, of how many, or of what size. */
  of?: string;
}>;

/** Notes a figure for the report. The assertion belongs into the test beside it. */
export function note(figure: Figure): void {
  const file = process.env.TACTUS_FIGURES;
  if (file) appendFileSync(file, `${JSON.stringify(figure)}\n`);
}

/** The value below which a share (0 to 1) of all values lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
