/** What many measurements of one thing come to. */

/** Whether a lower value is a better one. */
export type Better = 'less' | 'more';

export type Spread = Readonly<{ p50: number; p99: number; worst: number; count: number }>;

/**
 * The value that so many of 100 are no worse than. Nearest rank: always one that was measured, and of a few samples the
 * worst for 99. Throws RangeError where there are none, or one is no number.
 */
function rank(sorted: readonly number[], share: number): number {
  const value = sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))];
  if (value === undefined) throw new RangeError('there are no samples to rank');
  return value;
}

/** Middle, 99 of 100, and worst. Of what is better the more of it there is, worse is less. */
export function spread(samples: readonly number[], better: Better = 'less'): Spread {
  const wrong = samples.find(sample => Number.isNaN(sample));
  if (wrong !== undefined) throw new RangeError('a sample is no number');
  const sorted = samples.toSorted((one, other) => (better === 'less' ? one - other : other - one));
  return { p50: rank(sorted, 0.5), p99: rank(sorted, 0.99), worst: rank(sorted, 1), count: sorted.length };
}
