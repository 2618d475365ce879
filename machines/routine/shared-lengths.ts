/** Several lengths made longer or shorter together, each between its own bounds. Arithmetic alone. */

/** A length between two bounds, in steps of `unit`. */
export type BoundedLength = Readonly<{ length: number; least: number; most: number; unit: number }>;

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));

/** Halvings until a factor between 0 and 1200 is exact to far less than a second. */
const halvings = 60;

/**
 * Lengths that sum up to as much of `total` as the bounds allow and never to more, unless the least lengths do: all
 * by one factor, what rounding leaves to those that lost most by it.
 */
export function sharedLengths(stretches: readonly BoundedLength[], total: number): readonly number[] {
  const by = (factor: number): readonly number[] =>
    stretches.map(({ length, least, most }) => clamp(length * factor, least, most));
  const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
  let low = 0;
  let high = Math.max(1, ...stretches.map(({ length, most }) => most / Math.max(1, length)));
  if (sum(by(high)) <= total) low = high;
  for (let turn = 0; turn < halvings && low < high; turn++) {
    const middle = (low + high) / 2;
    if (sum(by(middle)) <= total) low = middle;
    else high = middle;
  }
  const exact = by(low);
  const lengths = exact.map((value, index) => {
    const { least = 0, unit = 1 } = stretches[index] ?? {};
    // A hair below a whole number is that number.
    return Math.max(least, Math.floor((value + 1e-6) / unit) * unit);
  });
  let left = total - sum(lengths);
  const byLoss = lengths
    .map((value, index) => ({ index, loss: (exact[index] ?? value) - value }))
    .toSorted((one, other) => other.loss - one.loss);
  for (const { index } of byLoss) {
    const { most = 0, unit = 1 } = stretches[index] ?? {};
    const value = lengths[index] ?? 0;
    if (unit > left || value + unit > most) continue;
    lengths[index] = value + unit;
    left -= unit;
  }
  return lengths;
}
