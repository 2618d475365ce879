/**
 * Lengths made shorter together, by one factor, none below its least: in whole numbers and their ratios alone, so that a
 * chip without floating point comes to the same milliseconds. All pure.
 */
import type { Ms } from './vocabulary.ts';

/** So many lengths that stay equal, and as short as each may get, which is no longer than it is. */
export type Alike = Readonly<{ eachMs: Ms; leastMs: Ms; count: number }>;

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

/** A length by the factor `over` ÷ `under`, and what of it is less than a millisecond, in parts of `under`. */
type Part = Readonly<{ eachMs: Ms; rest: number }>;

/** One that the factor would take below its least stays at that, and has lost nothing by rounding. */
function partOf({ eachMs, leastMs }: Alike, over: Ms, under: Ms): Part {
  const product = eachMs * over;
  const wholeMs = Math.floor(product / under);
  return wholeMs < leastMs ? { eachMs: leastMs, rest: 0 } : { eachMs: wholeMs, rest: product % under };
}

const isHeld = (alike: Alike, over: Ms, under: Ms): boolean =>
  Math.floor((alike.eachMs * over) / under) < alike.leastMs;

/**
 * Each length so that all of them are over in `totalMs`, which is enough for the least ones. What rounding leaves goes to
 * those that have lost most by it, of equal ones to the first; alike ones get it together or not at all.
 */
export function shortened(lengths: readonly Alike[], totalMs: Ms): readonly Ms[] {
  const wholeMs = sum(lengths.map(({ eachMs, count }) => eachMs * count));
  if (wholeMs <= totalMs) return lengths.map(({ eachMs }) => eachMs);
  let over = totalMs;
  let under = wholeMs;
  // What stays at its least leaves less to the others, and the factor only ever falls: a round for each at most.
  for (let round = 0; round < lengths.length; round++) {
    const [overNow, underNow] = [over, under];
    const held = lengths.filter(alike => isHeld(alike, overNow, underNow));
    over = totalMs - sum(held.map(({ leastMs, count }) => leastMs * count));
    under = wholeMs - sum(held.map(({ eachMs, count }) => eachMs * count));
    if (under === underNow) break;
  }
  const parts = lengths.map(alike => partOf(alike, over, under));
  const found = parts.map(({ eachMs }) => eachMs);
  let leftMs = totalMs - sum(lengths.map(({ count }, index) => (found[index] ?? 0) * count));
  const byLoss = lengths
    .map((alike, index) => ({ alike, index, loss: alike.count * (parts[index]?.rest ?? 0) }))
    .toSorted((one, other) => other.loss - one.loss);
  for (const { alike, index } of byLoss) {
    const eachMs = found[index] ?? 0;
    if (alike.count > leftMs || eachMs + 1 > alike.eachMs) continue;
    found[index] = eachMs + 1;
    leftMs -= alike.count;
  }
  return found;
}
