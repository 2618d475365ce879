/**
 * The Vibration API (w3.org/TR/vibration): what `navigator.vibrate` takes, times on and off in turn, the first on.
 *
 * It knows on and off only, so how strong is lost, and one motor. Browsers cut a pattern after 99 entries and each entry
 * at 10 s (Chromium, WebKit): a longer score is told as several patterns, each with the moment at which it is to be given.
 */
import type { Ms } from '../../vocabulary.ts';
import { type Score, type Segment, segmentsOf } from './score.ts';

/** Both are what browsers keep of a pattern. */
export const mostEntries = 99;
export const longestEntryMs: Ms = 10_000;

export type Patterns = readonly Readonly<{ atMs: Ms; pattern: readonly Ms[] }>[];

/** Segments of any intensity, where they meet as one. */
function onsOf(segments: readonly Segment[]): readonly Readonly<{ from: Ms; until: Ms }>[] {
  const ons: { from: Ms; until: Ms }[] = [];
  for (const { from, until } of segments) {
    const last = ons.at(-1);
    if (last && last.until === from) last.until = until;
    else ons.push({ from, until });
  }
  return ons;
}

export function patternsOf(segments: readonly Segment[]): Patterns {
  const patterns: { atMs: Ms; pattern: Ms[] }[] = [];
  let end = 0;
  for (const { from, until } of onsOf(segments)) {
    for (let begin = from; begin < until; begin += longestEntryMs) {
      const on = Math.min(until - begin, longestEntryMs);
      const last = patterns.at(-1);
      const off = begin - end;
      if (last && off > 0 && off <= longestEntryMs && last.pattern.length + 2 <= mostEntries)
        last.pattern.push(off, on);
      else patterns.push({ atMs: begin, pattern: [on] });
      end = begin + on;
    }
  }
  return patterns;
}

export const webOf = ({ title, means, pulses }: Score) => ({
  title,
  means,
  patterns: patternsOf(segmentsOf(pulses)),
});
