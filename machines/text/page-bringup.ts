/** The sentences of the terminal as a page says them, in a bringup and to a board by itself: where a terminal names a command, a page names its buttons. */
import { setupWords } from './setup.ts';
import { terminalWords } from './terminal.ts';

const { bringup, calibrate, load, alone } = terminalWords;

export const pageBringupWords: Pick<typeof terminalWords, 'bringup' | 'calibrate'> = {
  bringup: {
    ...bringup,
    ...setupWords.bringup,
    wrong: { ...bringup.wrong, ...setupWords.wrong },
    todo: { ...bringup.todo, ...setupWords.todo },
  },
  calibrate: { ...calibrate, ...setupWords.calibrate },
};

export const pageLoadWords: (typeof terminalWords)['load'] = { ...load, ...setupWords.load };
export const pageAloneWords: Omit<(typeof terminalWords)['alone'], 'notForBoard'> = {
  ...alone,
  ...setupWords.alone.told,
};
