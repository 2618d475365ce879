/**
 * How few words are set so that they can be read from two metres, and none lies under what stands below them: on a
 * narrow screen in several lines, on a wide one in as few as there are, as large as letters are wanted.
 */

/** From two metres, in px. */
export const fullPx = 96;
/** Where there is room for more. */
export const roomyPx = 128;
/** The share of a letter's height that a line has. */
export const lineShare = 0.94;
/** Letters a line on a narrow screen: as few as leave room for all lines at their full height, so that lines need not be squeezed. */
const lettersOfLine = [9, 12, 16] as const;
/** What a letter is wide, in parts of its height. */
const letterShare = 0.56;

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

/** `apart` is the place with a line of its own for the side; `joined` is both in one, for where lines are scarce. */
export type FarText = Readonly<{ apart: readonly string[]; joined: string; way: string }>;

export type Arranged = Readonly<{
  places: readonly string[];
  ways: readonly string[];
  /** Height of the letters, in px. */
  px: number;
}>;

const heightPx = (lines: number, roomPx: number, mostPx: number): number =>
  Math.max(1, Math.min(mostPx, Math.floor(roomPx / lineShare / lines)));

/** The first of them that nothing is larger than. */
const largest = ([first, ...others]: readonly [Arranged, ...Arranged[]]): Arranged =>
  others.reduce((best, one) => (one.px > best.px ? one : best), first);

/** Where hands are and which way they go, line by line, as large as `roomPx` of height allow; at most `fullPx`. */
export function arranged({ apart, joined, way }: FarText, roomPx: number): Arranged {
  const [roomy, ...tighter] = lettersOfLine;
  const set = (places: readonly string[], letters: number): Arranged => {
    const lines = places.flatMap(text => linesOf(text, letters));
    const ways = linesOf(way, letters);
    return { places: lines, ways, px: heightPx(lines.length + ways.length, roomPx, fullPx) };
  };
  return largest([set(apart, roomy), ...tighter.map(letters => set([joined], letters))]);
}

/** What a wide screen has for the words, and the height that is usual there, in px. */
export type Wide = Readonly<{ roomPx: number; widthPx: number; usualPx: number }>;

/**
 * The same on a wide screen, a line for each. `wanted`: how many times as large as usual letters are wanted; larger
 * than usual they are as far as all of a line is seen without being squeezed.
 */
export function arrangedWide(
  { apart, joined, way }: FarText,
  { roomPx, widthPx, usualPx }: Wide,
  wanted: number,
): Arranged {
  const set = (places: readonly string[]): Arranged => {
    const longest = Math.max(...[...places, way].map(line => line.length), 1);
    const mostPx = Math.max(
      usualPx,
      Math.min(usualPx * wanted, Math.floor(widthPx / (letterShare * longest))),
    );
    return { places, ways: [way], px: heightPx(places.length + 1, roomPx, mostPx) };
  };
  return largest([set(apart), set([joined])]);
}
