/**
 * When strokes begin, counted from the start of their grid: whole milliseconds, worked out anew for each, never added up.
 *
 * Most strokes follow each other at one period. Those that inch up a leg come in ascents: so many pulls at one period, then
 * a longer way back to where the next ascent begins. Pure.
 */
import type { Ms } from '../vocabulary.ts';
import type { Pace } from './timeline.ts';

type Beats = Pick<Pace, 'strokeMs' | 'returnMs' | 'periodMs' | 'ascent'>;

/** Which pull of which ascent a stroke is, both counted from 1, and of how many. */
export type Pull = Readonly<{ pull: number; pulls: number; ascent: number }>;

const pullsOf = ({ ascent }: Beats): number => ascent?.pulls ?? 1;

/** From the beginning of an ascent to that of the next one; of a stroke where there are no ascents. */
export const roundMs = ({ ascent, strokeMs, periodMs }: Beats): Ms =>
  ascent ? (ascent.pulls - 1) * periodMs + strokeMs + ascent.returnMs : periodMs;

/** The longest time from the beginning of a stroke to that of the next. */
export const longestPeriodMs = ({ ascent, strokeMs, periodMs }: Beats): Ms =>
  Math.max(periodMs, strokeMs + (ascent?.returnMs ?? 0));

/** Null where strokes come in no ascents. */
export function pullOf(pace: Beats, stroke: number): Pull | null {
  const { ascent } = pace;
  if (!ascent) return null;
  const { pulls } = ascent;
  return { pull: ((stroke - 1) % pulls) + 1, pulls, ascent: Math.floor((stroke - 1) / pulls) + 1 };
}

/** Time from the end of this stroke to the beginning of the next. */
export function returnAfter(pace: Beats, stroke: number): Ms {
  const { ascent, returnMs } = pace;
  return ascent && stroke % ascent.pulls === 0 ? ascent.returnMs : returnMs;
}

/** From the grid's start to the beginning of stroke `stroke`, counted from 1. */
export function beginOf(pace: Beats, stroke: number): Ms {
  const pulls = pullsOf(pace);
  const rounds = Math.floor((stroke - 1) / pulls);
  return rounds * roundMs(pace) + (stroke - 1 - rounds * pulls) * pace.periodMs;
}

/** How many strokes begin up to `ms` after the grid's start, that very moment included. */
export function begunBy(pace: Beats, ms: Ms): number {
  if (ms < 0) return 0;
  const rounds = Math.floor(ms / roundMs(pace));
  const restMs = ms - rounds * roundMs(pace);
  return rounds * pullsOf(pace) + Math.min(pullsOf(pace), Math.floor(restMs / pace.periodMs) + 1);
}

/** When the first stroke begins that does not begin before `ms` after the grid's start. */
export function beginFrom(pace: Beats, ms: Ms): Ms {
  const last = begunBy(pace, ms);
  return last > 0 && beginOf(pace, last) >= ms ? beginOf(pace, last) : beginOf(pace, last + 1);
}
