/**
 * By how much a board's clock is slow, from what it says of its time and when that was heard. What is heard is late by
 * whatever a line and a busy machine take, never early: so of each stretch the least late counts.
 */
import type { Ms } from '../../machines/vocabulary.ts';

/** The board's own time, and this machine's when it was heard. */
export type ClockSample = Readonly<{ boardMs: Ms; hostMs: Ms }>;

/** A stretch of this length at the beginning, in the middle and at the end, a minute from the first to the last. */
const stretchMs: Ms = 5000;
export const clockRateMs: Ms = 60_000 + 2 * stretchMs;
/** STATUS comes each quarter of a second. */
const leastSamples = 8;
/** By so much the two halves may differ, in millionths: 0.1 ms a second. [D] */
export const mostApartPpm = 100;
/** A ceramic resonator is within 5,000 millionths. */
const mostPpm = 10_000;

export type ClockRate =
  | Readonly<{ ok: true; ppm: number }>
  | Readonly<{ ok: false; why: 'apart' | 'strange' | 'unheard'; ppm: number }>;

const latenessOf = ({ boardMs, hostMs }: ClockSample): Ms => hostMs - boardMs;

/** `rough`: how a clock runs away, about; else the first of a stretch, or the last, would be the least late of it. */
function leastLate(samples: readonly ClockSample[], from: Ms, rough: number): ClockSample | null {
  const within = samples.filter(({ hostMs }) => hostMs >= from && hostMs <= from + stretchMs);
  if (within.length < leastSamples) return null;
  const lateBy = (one: ClockSample): Ms => latenessOf(one) - rough * one.boardMs;
  return within.reduce((least, one) => (lateBy(one) < lateBy(least) ? one : least));
}

const slownessBetween = (from: ClockSample, to: ClockSample): number =>
  (latenessOf(to) - latenessOf(from)) / (to.boardMs - from.boardMs);
const ppmBetween = (from: ClockSample, to: ClockSample): number => slownessBetween(from, to) * 1_000_000;

/** Samples in their order, of at least `clockRateMs`. Kept only where both halves say the same. */
export function clockRate(samples: readonly ClockSample[]): ClockRate {
  const [first] = samples;
  const last = samples.at(-1);
  const unheard = { ok: false, why: 'unheard', ppm: 0 } as const;
  const hasRestarted = samples.some(({ boardMs }, index) => boardMs < (samples[index - 1]?.boardMs ?? 0));
  if (!first || !last || last.boardMs === first.boardMs || hasRestarted) return unheard;
  const rough = slownessBetween(first, last);
  const begin = leastLate(samples, first.hostMs, rough);
  const middle = leastLate(samples, first.hostMs + (clockRateMs - stretchMs) / 2, rough);
  const end = leastLate(samples, first.hostMs + clockRateMs - stretchMs, rough);
  if (!begin || !middle || !end) return unheard;
  const ppm = Math.round(ppmBetween(begin, end));
  if (Math.abs(ppmBetween(begin, middle) - ppmBetween(middle, end)) > mostApartPpm)
    return { ok: false, why: 'apart', ppm };
  return Math.abs(ppm) > mostPpm ? { ok: false, why: 'strange', ppm } : { ok: true, ppm };
}
