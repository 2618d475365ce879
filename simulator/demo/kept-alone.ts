/** What this browser remembers of boards that play alone: which routines were put on each, so that they have names. */
import * as v from 'valibot';
import type { LoggedSession } from '../../hardware/alone/logged.ts';
import { type OnBoard, onBoardSchema } from '../../src/app/alone/on-board.ts';
import type { TextPlace } from './kept-boards.ts';

const version = 1;
/** A board keeps eight; its log may name some that were there before. */
const mostRoutines = 32;
const keptSchema = v.strictObject({
  version: v.literal(version),
  boards: v.record(v.string(), v.array(onBoardSchema)),
});

export interface AloneMemory {
  /** Routines that were put on this board, the newest first. */
  routinesOf(board: string): Promise<readonly OnBoard[]>;
  /** False where nothing is kept. */
  loaded(board: string, routines: readonly OnBoard[]): Promise<boolean>;
  /** Takes them into the history: how many were new; null where no history is kept. */
  take(board: string, sessions: readonly LoggedSession[]): Promise<number | null>;
}

function understood(text: string | null): Readonly<Record<string, readonly OnBoard[]>> | null {
  if (text === null) return {};
  try {
    const found = v.safeParse(keptSchema, JSON.parse(text));
    return found.success ? found.output.boards : null;
  } catch {
    return null;
  }
}

export class KeptAlone implements AloneMemory {
  readonly #text: TextPlace;

  constructor(text: TextPlace) {
    this.#text = text;
  }

  async routinesOf(board: string): Promise<readonly OnBoard[]> {
    return understood(await this.#text.read())?.[board] ?? [];
  }

  async loaded(board: string, routines: readonly OnBoard[]): Promise<boolean> {
    const text = await this.#text.read();
    const boards = understood(text);
    if (text !== null && boards === null && (await this.#text.setAside(text)) === null) return false;
    const hashes = new Set(routines.map(({ hash }) => hash));
    const before = (boards?.[board] ?? []).filter(({ hash }) => !hashes.has(hash));
    const now = { ...boards, [board]: [...routines, ...before].slice(0, mostRoutines) };
    return this.#text.write(JSON.stringify({ version, boards: now }));
  }

  /** No history here yet. */
  async take(): Promise<null> {
    return null;
  }
}
