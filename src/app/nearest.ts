/** The word that somebody may have meant. Pure. */

/** Steps from one word to another: a letter more, less or other, or two that have changed places. */
function stepsBetween(one: string, other: string): number {
  const rows = [...one, ''].map(() => new Array<number>(other.length + 1).fill(0));
  const at = (row: number, column: number): number => rows[row]?.[column] ?? Number.POSITIVE_INFINITY;
  for (const [row, cells] of rows.entries())
    for (const column of cells.keys()) {
      const isSame = one[row - 1] === other[column - 1];
      const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      cells[column] =
        row === 0 || column === 0
          ? row + column
          : Math.min(
              at(row - 1, column) + 1,
              at(row, column - 1) + 1,
              at(row - 1, column - 1) + (isSame ? 0 : 1),
              row > 1 && column > 1 && swapped ? at(row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY,
            );
    }
  return at(one.length, other.length);
}

/** Longer than any word there is: what somebody types is not compared for ever. */
const longest = 60;

/** The nearest of these words, where it is near: at most two steps, and fewer than half of its letters. */
export function nearest(word: string, words: Iterable<string>): string | null {
  if (word.length > longest) return null;
  let best: { word: string; steps: number } | null = null;
  for (const known of words) {
    const steps = stepsBetween(word.toLowerCase(), known.toLowerCase());
    if (steps <= 2 && steps * 2 < known.length && (best === null || steps < best.steps))
      best = { word: known, steps };
  }
  return best?.word ?? null;
}
