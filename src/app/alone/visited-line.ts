/**
 * A board that plays alone, visited on a line that somebody has opened: asked who it is, read and written. Nothing of it
 * is driven.
 */
import { Greeting } from '../../../hardware/alone/greeting.ts';
import { BoardRefused, BoardSilent, Keeper } from '../../../hardware/alone/keeper.ts';
import { contractVersion } from '../../../hardware/lease.ts';
import type { ByteLine } from '../../../hardware/line.ts';
import { terminalWords } from '../../../machines/text/terminal.ts';
import { fill } from '../../../machines/text/text.ts';
import type { Clock } from '../../time/clock.ts';
import { Exit, shown } from '../exit.ts';

export type AloneWords = Omit<(typeof terminalWords)['alone'], 'notForBoard'>;

export type Visit = Readonly<{
  path: string;
  id: string;
  greeting: Greeting;
  /** Does something with what it keeps. Throws Exit with what is wrong and what to do. */
  kept<T>(deed: (keeper: Keeper) => Promise<T>): Promise<T>;
  close(): void;
}>;

/** What a board said no to, or did not say, as the end of a command. */
function whyNotKept(
  error: unknown,
  path: string,
  words: AloneWords,
  isFirst: boolean,
  isOpen: boolean,
): unknown {
  if (error instanceof BoardSilent)
    return new Exit('noDevice', placed(path, isFirst && isOpen ? words.cannot : words.gone));
  if (!(error instanceof BoardRefused)) return error;
  const { answer } = error;
  if (answer === 'busyAlone' || answer === 'armed') return new Exit('busy', placed(path, words[answer]));
  return new Exit('fault', placed(path, fill(words.refused, { why: answer })));
}

export type VisitPorts = Readonly<{
  path: string;
  id: string;
  line: ByteLine;
  clock: Clock;
  /** Lets go of the line. */
  close(): void;
  words?: AloneWords;
}>;

/** Where there is a path the sentence belongs to it. */
const placed = (path: string, sentence: string): string =>
  path === '' ? sentence : `${shown(path)}: ${sentence}`;

/** Throws Exit where no firmware of ours answers; then the line has been let go of. */
export async function visitOn({
  path,
  id,
  line,
  clock,
  close,
  words = terminalWords.alone,
}: VisitPorts): Promise<Visit> {
  const greeting = new Greeting(line, clock);
  const keeper = new Keeper(line, clock);
  const closeAll = (): void => {
    keeper.close();
    greeting.close();
    close();
  };
  try {
    const hello = await greeting.hello();
    if (hello?.contract !== contractVersion) {
      const why = hello ? words.otherContract : words.silent;
      throw new Exit('noDevice', placed(path, fill(why, { path: shown(path) })));
    }
  } catch (error) {
    closeAll();
    throw error;
  }
  let isFirst = true;
  return {
    path,
    id,
    greeting,
    kept: async deed => {
      try {
        const done = await deed(keeper);
        isFirst = false;
        return done;
      } catch (error) {
        throw whyNotKept(error, path, words, isFirst, line.isOpen);
      }
    },
    close: closeAll,
  };
}
