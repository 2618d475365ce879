/** Sentences of the dialogue with a board that the page leads, fetched with it; in it a page stands for the terminal. */
import en from './en/setup.json' with { type: 'json' };
import { terminalWords } from './terminal.ts';

export const setupWords = en;

const { bringup, calibrate } = terminalWords;

/** The sentences of a bringup as a page says them: where a terminal names a command, a page names its buttons. */
export const pageBringupWords: Pick<typeof terminalWords, 'bringup' | 'calibrate'> = {
  bringup: {
    ...bringup,
    ...en.bringup,
    holder: bringup.holder,
    wrong: { ...bringup.wrong, ...en.wrong },
    todo: { ...bringup.todo, ...en.todo },
  },
  calibrate: { ...calibrate, ...en.calibrate },
};
