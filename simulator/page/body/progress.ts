/** Where in its course a stroke is. Pure. */
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

/** The way back along the drawing: a stroke that runs down or inwards begins at the drawn end. */
export const runsBack = (direction: string): boolean =>
  direction === 'awayFromHeart' || direction === 'inward';
