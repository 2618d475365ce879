/** The sentences of a bringup as a page says them: where a terminal names a command, a page names its buttons. */
import { setupWords } from './setup.ts';
import { terminalWords } from './terminal.ts';

const { bringup, calibrate } = terminalWords;

export const pageBringupWords: Pick<typeof terminalWords, 'bringup' | 'calibrate'> = {
  bringup: {
    ...bringup,
    ...setupWords.bringup,
    wrong: { ...bringup.wrong, ...setupWords.wrong },
    todo: { ...bringup.todo, ...setupWords.todo },
  },
  calibrate: { ...calibrate, ...setupWords.calibrate },
};
