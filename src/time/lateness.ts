/** How late deadlines ran, as a histogram with bounded memory. */
import type { Ms } from '../../machines/vocabulary.ts';

/** Upper bounds of the bins; what is later falls into the last one. */
export const latenessBinsMs: readonly Ms[] = [0.5, 1, 2, 5, 10, 20, 50, 100, 200, Number.POSITIVE_INFINITY];

/** How late the deadlines of one agenda ran, in ms. */
export class Lateness {
  /** Deadlines in each bin; the bins end at 0.5, 1, 2, 5, 10, 20, 50, 100 and 200 ms, the last one nowhere. */
  readonly counts: number[] = latenessBinsMs.map(() => 0);
  /** The latest of all. */
  worstMs: Ms = 0;
  /** Deadlines so far. */
  count = 0;

  /** One more deadline, so late. */
  note(lateMs: Ms): void {
    const bin = latenessBinsMs.findIndex(bound => lateMs <= bound);
    this.counts[bin] = (this.counts[bin] ?? 0) + 1;
    this.worstMs = Math.max(this.worstMs, lateMs);
    this.count += 1;
  }

  /** The bound of the bin below which this share (0 to 1) of all deadlines lies. */
  within(share: number): Ms {
    let sum = 0;
    for (const [index, count] of this.counts.entries()) {
      sum += count;
      if (sum >= share * this.count) return latenessBinsMs[index] ?? this.worstMs;
    }
    return this.worstMs;
  }
}
