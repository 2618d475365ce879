/** What a worker asks of its page about the board on a serial port, done with what this browser keeps. */
import type { OnBoard } from '../../../src/app/alone/known-alone.ts';
import type { PlayedOn } from '../../../src/app/alone/taking.ts';
import type { PageAsk } from '../board/asked-page.ts';
import type { BoardSettingsPort } from './kept-boards.ts';

/** Routines that were put on a board, and what it had played by then. */
export type LoadedOn = PlayedOn & Readonly<{ routines: readonly OnBoard[] }>;

/** What is remembered of boards that play alone. */
export interface AloneMemory {
  /** Routines that were put on this board, the newest first. */
  routinesOf(board: string): Promise<readonly OnBoard[]>;
  /** False where nothing is kept. */
  loaded(loaded: LoadedOn): Promise<boolean>;
  /** Takes them into the history: how many were new; null where no history is kept. */
  take(played: PlayedOn): Promise<number | null>;
}

export type BrowserKeeps = Readonly<{ boards: BoardSettingsPort; alone: AloneMemory }>;

/** See PageAsk for what it resolves with. Never rejects. */
export async function keepHere(
  id: string,
  what: PageAsk,
  { boards, alone }: BrowserKeeps,
): Promise<number | null> {
  try {
    if ('take' in what) return await alone.take({ id, sessions: what.take });
    const isKept =
      'keep' in what
        ? await boards.keep(id, what.keep)
        : await alone.loaded({ id, sessions: what.sessions, routines: what.loaded });
    return isKept ? 1 : null;
  } catch {
    // Whatever keeps it not: the worker is told that it is not kept.
    return null;
  }
}
