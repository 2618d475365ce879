/** What a worker asks of its page about the board on a serial port, done with this browser's storage. */
import type { PageAsk } from './asked-page.ts';
import type { AloneMemory } from './kept-alone.ts';
import type { BoardSettingsPort } from './kept-boards.ts';

export type BrowserKeeps = Readonly<{ boards: BoardSettingsPort; alone: AloneMemory }>;

/** See PageAsk for what it resolves with. Never rejects. */
export async function keepHere(
  board: string,
  what: PageAsk,
  { boards, alone }: BrowserKeeps,
): Promise<number | null> {
  try {
    if ('take' in what) return await alone.take(board, what.take);
    const isKept =
      'keep' in what ? await boards.keep(board, what.keep) : await alone.loaded(board, what.loaded);
    return isKept ? 1 : null;
  } catch {
    // Whatever keeps it not: the worker is told that it is not kept.
    return null;
  }
}
