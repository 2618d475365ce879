/** Where each pass of a session stands on a bar of it, in hundredths of its length. Pure. */

type Passes = readonly Readonly<{ stage: string; durationMs: number }>[];

/** `gone`: how much of it is over, 0 to 1. */
export type Piece = Readonly<{ place: number; from: number; length: number; gone: number }>;

/** Between two stages, and between two passes of one, in hundredths. */
const stageGap = 1.6;
const passGap = 0.35;

/** Each pass of the session under way; `passIndex` is -1 before it, and their count after it. */
export function piecesOf(passes: Passes, passIndex: number, share: number): readonly Piece[] {
  const gapBefore = (place: number): number =>
    place === 0 ? 0 : passes[place - 1]?.stage === passes[place]?.stage ? passGap : stageGap;
  const allMs = passes.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const allGaps = passes.reduce((sum, _, place) => sum + gapBefore(place), 0);
  const room = Math.max(0, 100 - allGaps);
  let from = 0;
  return passes.map(({ durationMs }, place) => {
    const length = allMs === 0 ? 0 : (room * durationMs) / allMs;
    const gone = place < passIndex ? 1 : place === passIndex ? Math.min(1, Math.max(0, share)) : 0;
    const piece = { place, from: from + gapBefore(place), length, gone };
    from = piece.from + length;
    return piece;
  });
}

/** Below this a countdown is told at these moments only, in ms before its end; above it at whole minutes. */
const lastTold = [30_000, 15_000, 0] as const;
const minuteMs = 60_000;

/**
 * How long is left, as it is told to whoever hears the page: at whole minutes, at thirty seconds and at fifteen, so
 * never more often than each fifteen seconds.
 */
export function toldLeft(leftMs: number): number {
  if (leftMs > minuteMs) return Math.ceil(leftMs / minuteMs) * minuteMs;
  if (leftMs > 30_000) return minuteMs;
  return lastTold.findLast(told => leftMs <= told) ?? 0;
}
