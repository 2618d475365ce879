/** A board that plays alone, visited: its line opened, asked who it is, and let go of. Nothing of it is driven. */
import { Greeting } from '../../../hardware/alone/greeting.ts';
import { BoardRefused, BoardSilent, Keeper } from '../../../hardware/alone/keeper.ts';
import { contractVersion } from '../../../hardware/lease.ts';
import { terminalWords } from '../../../machines/text/terminal.ts';
import { fill } from '../../../machines/text/text.ts';
import { boardIdOf } from '../board-settings.ts';
import { Exit, shown } from '../exit.ts';
import { openLine } from '../open-port.ts';
import type { Surroundings } from '../surroundings.ts';

const words = terminalWords.alone;

export type Visit = Readonly<{
  path: string;
  id: string;
  greeting: Greeting;
  /** Does something with what it keeps. Throws Exit with what is wrong and what to do. */
  kept<T>(deed: (keeper: Keeper) => Promise<T>): Promise<T>;
  close(): void;
}>;

/** What a board said no to, or did not say, as the end of a command. */
function whyNotKept(error: unknown, path: string, isFirst: boolean, isOpen: boolean): unknown {
  if (error instanceof BoardSilent)
    return new Exit('noDevice', `${shown(path)}: ${isFirst && isOpen ? words.cannot : words.gone}`);
  if (!(error instanceof BoardRefused)) return error;
  const { answer } = error;
  if (answer === 'busyAlone' || answer === 'armed')
    return new Exit('busy', `${shown(path)}: ${words[answer]}`);
  return new Exit('fault', `${shown(path)}: ${fill(words.refused, { why: answer })}`);
}

/** `what` is what others are told of this process. Throws Exit as `openLine` does, and where no firmware of ours answers. */
export async function visit(path: string, what: string, around: Surroundings): Promise<Visit> {
  const { clock } = around;
  const id = await boardIdOf(path, around);
  const { line, close } = await openLine(path, what, around);
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
      throw new Exit('noDevice', `${shown(path)}: ${fill(why, { path: shown(path) })}`);
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
        throw whyNotKept(error, path, isFirst, line.isOpen);
      }
    },
    close: closeAll,
  };
}
