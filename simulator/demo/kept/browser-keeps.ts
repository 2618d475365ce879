/** All that this browser keeps of boards: their settings in its storage, the rest by the worker that keeps things. */
import type { BrowserKeeps } from './page-keeps.ts';
import { keptByBrowser } from './start-keeping.ts';
import { boardsKept } from './storage.ts';

export const browserKeeps: BrowserKeeps = {
  boards: boardsKept,
  alone: {
    routinesOf: async id => (await keptByBrowser().knownOf(id)).remembered,
    loaded: async loaded => await keptByBrowser().loaded(loaded),
    take: async played => {
      const { count, isOff } = await keptByBrowser().takePlayed(played);
      return isOff ? null : count;
    },
  },
};
