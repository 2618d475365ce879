/**
 * Time as the runtime sees it: what it is, and what is to run when. There is no relative delay in here at all, so
 * no error can add up.
 */
import type { Ms } from '../../machines/vocabulary.ts';

/** Takes a deadline back. Taking back what has run, or twice, does nothing. */
export type Cancel = () => void;

/** A clock, and the only way to wait for it. */
export interface Clock {
  /** Milliseconds since the clock's own zero; never goes back. */
  now(): Ms;
  /** Runs once, at `deadline` or as soon after it as can be; a deadline that has passed runs next, not now. */
  at(deadline: Ms, run: () => void): Cancel;
}

/** The same clock, counted from `zero`: session time, when `zero` is the opening of screening. */
export const countedFrom = (clock: Clock, zero: Ms): Clock => ({
  now: () => clock.now() - zero,
  at: (deadline, run) => clock.at(deadline + zero, run),
});
