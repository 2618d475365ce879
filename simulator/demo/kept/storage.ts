/** The browser's storage of texts: what an earlier version of this page kept there, and what is known of boards. */
import { KeptBoards, type TextPlace } from './kept-boards.ts';

/** Where an earlier version kept all as one text; it is taken over once, and goes when it is. */
const earlierPlace = 'tactus.kept';
const boardsPlace = 'tactus.boards';
/** The same text is set aside once, however often it is looked at. */
const mostAside = 5;
const asideOf = (place: string, count: number): string => `${place}.aside-${count}`;

function read(place: string): string | null {
  try {
    return localStorage.getItem(place);
  } catch {
    // Forbidden: then there was nothing either.
    return null;
  }
}

/** False where the browser keeps nothing. */
function write(place: string, text: string): boolean {
  try {
    localStorage.setItem(place, text);
    return true;
  } catch {
    return false;
  }
}

function remove(place: string): void {
  try {
    localStorage.removeItem(place);
  } catch {
    // Forbidden: then there was nothing either.
  }
}

export const keptBefore = (): string | null => read(earlierPlace);
/** Where it cannot be removed it is taken over again: what is here already is left as it is. */
export const forgetBefore = (): void => remove(earlierPlace);

const textAt = (place: string): TextPlace => ({
  read: async () => read(place),
  write: async text => write(place, text),
  setAside: async text => {
    for (let count = 1; count <= mostAside; count++) {
      const aside = asideOf(place, count);
      const there = read(aside);
      if (there === text || (there === null && write(aside, text))) return aside;
    }
    return null;
  },
});

/** How the boards behind this browser's ports are calibrated and wired. */
export const boardsKept = new KeptBoards(textAt(boardsPlace));

/** With all else that is kept here: what was set aside, too. */
export function forgetBoards(): void {
  remove(boardsPlace);
  for (let count = 1; count <= mostAside; count++) remove(asideOf(boardsPlace, count));
}
