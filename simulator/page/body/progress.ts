/** Where in its course a stroke is. Pure. */
import type { StrokeNow } from '../../../machines/session.view.ts';
import type { Ms } from '../../../machines/vocabulary.ts';

export type Course = Readonly<{ at: Ms; strokeMs: Ms; returnMs: Ms }>;

/** `stroke`: how far the hands have gone, 0 to 1. `back`: how much of the return is over, 0 to 1. */
export type Progress = Readonly<{ stroke: number; back: number }>;

const within = (value: number): number => Math.min(1, Math.max(0, value));

/** Of a stroke that began at `course.at`, at `now` of the same clock. */
export const progressOf = (course: Course, now: Ms): Progress => ({
  stroke: within((now - course.at) / course.strokeMs),
  back: within((now - course.at - course.strokeMs) / course.returnMs),
});

/** How long it takes, from `now`, until another of so many equal parts of a stroke is done; endless where all are. */
export const untilNextPart = ({ at, strokeMs }: Course, parts: number, now: Ms): Ms =>
  now < at + strokeMs ? strokeMs / parts - ((now - at) % (strokeMs / parts)) : Number.POSITIVE_INFINITY;

/**
 * Where the hands are on the drawn way. `along`: how far up it; `out`: how far they have drawn outward, both 0 to 1; `back`:
 * how far they have let go.
 */
export type HandsDrawn = Readonly<{ along: number; out: number; back: number }>;

/**
 * Most strokes run along the way. Small pulls stay at their own height while they draw outward, go on to the next one with
 * the hands on the skin, and leave it only after the last, on the way back down.
 */
export function handsAt(stroke: StrokeNow, now: Ms): HandsDrawn {
  const { stroke: done, back } = progressOf(stroke, now);
  const { climb } = stroke;
  if (!climb) return { along: done, out: 0, back };
  const { pull, pulls } = climb;
  const heightOf = (number: number): number => (number - 1) / Math.max(1, pulls - 1);
  const isLast = pull === pulls;
  const next = isLast ? 0 : heightOf(pull + 1);
  return {
    along: heightOf(pull) + (next - heightOf(pull)) * back,
    out: done * (1 - back),
    back: isLast ? back : 0,
  };
}

/** The way back along the drawing: a stroke that runs down or inwards begins at the drawn end. */
export const runsBack = (direction: string): boolean =>
  direction === 'awayFromHeart' || direction === 'inward';
