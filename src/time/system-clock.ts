/** Real time, from the process's monotonic clock. */
import type { Ms } from '../../machines/vocabulary.ts';
import type { Cancel, Clock } from './clock.ts';

/** setTimeout takes 31 bits; beyond it would fire at once. */
const longestMs = 2 ** 31 - 1;

/**
 * The process's own time; its zero is when the process began. `at` throws RangeError where a deadline is no finite
 * number.
 */
export class SystemClock implements Clock {
  now(): Ms {
    return performance.now();
  }

  at(deadline: Ms, run: () => void): Cancel {
    if (!Number.isFinite(deadline)) throw new RangeError(`deadline ${deadline} is no moment`);
    const wait = (): Ms => Math.min(longestMs, Math.max(0, deadline - this.now()));
    const due = (): void => {
      // Timers may come a little early, and very long waits come in pieces.
      if (this.now() >= deadline) run();
      else timer = setTimeout(due, Math.ceil(wait()));
    };
    let timer = setTimeout(due, Math.ceil(wait()));
    return () => clearTimeout(timer);
  }
}
