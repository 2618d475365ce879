/** What is known of boards stands with the page, and all else with the worker that keeps: here they meet in one file. */
import { keptWords } from '../../../machines/text/kept.ts';
import type { BoardSettings } from '../../../src/app/known-board.ts';
import type { TakenIn } from '../../page/history/taken-in.ts';
import type { KeptBoards } from './kept-boards.ts';

const words = keptWords.faults;

/**
 * Keeps boards that were found in a file, and says in the answer what became of each: what somebody has found out since
 * the file was looked at stays.
 */
export async function keepFound(
  taken: TakenIn,
  found: Readonly<Record<string, BoardSettings>>,
  kept: Pick<KeptBoards, 'add'>,
): Promise<TakenIn> {
  let boards = 0;
  const left = [...taken.left];
  for (const [id, settings] of Object.entries(found)) {
    const became = await kept.add(id, settings);
    if (became === 'added') boards += 1;
    else left.push({ where: `boards.${id}`, why: became === 'there' ? words.differs : words.boardNotKept });
  }
  return { ...taken, took: { ...taken.took, boards }, left };
}
