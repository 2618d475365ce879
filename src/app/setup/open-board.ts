/** Opens the board at a port of this machine, for whoever tries it at a terminal. */
import { boardIdOf, boardSettingsOf } from '../board-settings.ts';
import { untried } from '../known-board.ts';
import { openLine } from '../open-port.ts';
import type { Surroundings } from '../surroundings.ts';
import { BoardUnderTest } from './board-under-test.ts';

export type OpenedBoard = Readonly<{ bench: BoardUnderTest; answered: boolean }>;

/** `answered` is false where nothing at all spoke Firmata within 10 s. Throws Exit as openLine does. */
export async function openBoardUnderTest(
  path: string,
  what: string,
  around: Surroundings,
): Promise<OpenedBoard> {
  const { clock } = around;
  const id = await boardIdOf(path, around);
  // No command waits for Johnny-Five that opens no board.
  const { JohnnyFiveDriver } = await import('../../../hardware/johnny-five-driver.ts');
  const { line, close } = await openLine(path, what, around);
  const settings = boardSettingsOf(id) ?? untried();
  const driver = new JohnnyFiveDriver(line, clock, settings);
  const bench = new BoardUnderTest({ path, id, settings, driver, line, clock, close });
  return { bench, answered: await bench.answered() };
}
