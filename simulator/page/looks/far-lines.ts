/** How few words are set on a narrow screen so that they can be read from two metres, and none lies under the foot. */

/** From two metres, in px. */
export const fullPx = 96;
/** The share of a letter's height that a line has. */
export const lineShare = 0.94;
/** Letters a line: as few as leave room for all lines at their full height, so that lines need not be squeezed. */
const lettersOfLine = [9, 12, 16] as const;

/** Text in lines of so many letters; a longer word has a line of its own. */
export function linesOf(text: string, letters: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1) ?? ''} ${word}`.trim();
    if (lines.length > 0 && longer.length <= letters) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

export type Arranged = Readonly<{
  places: readonly string[];
  ways: readonly string[];
  /** Height of the letters, in px; at most `fullPx`. */
  px: number;
}>;

/**
 * Where hands are and which way they go, line by line, as large as `roomPx` of height allow.
 *
 * `apart` is the place with a line of its own for the side; `joined` is both in one, for where lines are scarce.
 */
export function arranged(
  { apart, joined, way }: Readonly<{ apart: readonly string[]; joined: string; way: string }>,
  roomPx: number,
): Arranged {
  const [roomy, ...tighter] = lettersOfLine;
  const set = (places: readonly string[], letters: number): Arranged => {
    const lines = places.flatMap(text => linesOf(text, letters));
    const ways = linesOf(way, letters);
    const px = Math.floor(roomPx / lineShare / (lines.length + ways.length));
    return { places: lines, ways, px: Math.max(1, Math.min(fullPx, px)) };
  };
  let best = set(apart, roomy);
  for (const letters of tighter) {
    const one = set([joined], letters);
    if (one.px > best.px) best = one;
  }
  return best;
}
