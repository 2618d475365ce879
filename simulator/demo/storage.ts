/** The browser's storage of what was saved in the demo. */
import { KeptAlone } from './kept-alone.ts';
import { KeptBoards, type TextPlace } from './kept-boards.ts';
import type { BrowserKeeps } from './page-keeps.ts';

const place = 'tactus.kept';

function read(where: string): string | null {
  try {
    return localStorage.getItem(where);
  } catch {
    // Forbidden: a visit begins as the first did.
    return null;
  }
}

function write(where: string, text: string): boolean {
  try {
    localStorage.setItem(where, text);
    return true;
  } catch {
    return false;
  }
}

export const readKept = (): string | null => read(place);

/** False where the browser keeps nothing. */
export const writeKept = (text: string): boolean => write(place, text);

const textAt = (where: string): TextPlace => ({
  read: async () => read(where),
  write: async text => write(where, text),
  setAside: async text => {
    // The same text is set aside once, however often it is looked at.
    const mostAside = 5;
    for (let count = 1; count <= mostAside; count++) {
      const aside = `${where}.aside-${count}`;
      const there = read(aside);
      if (there === text || (there === null && write(aside, text))) return aside;
    }
    return null;
  },
});

/** What is known of the boards behind this browser's ports. */
export const browserKeeps: BrowserKeeps = {
  boards: new KeptBoards(textAt('tactus.boards')),
  alone: new KeptAlone(textAt('tactus.alone')),
};
