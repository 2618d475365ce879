/** What this browser remembers of boards that play alone: which routines were put on each, so that they have names. */
import type { LoggedSession } from '../../hardware/alone/logged.ts';
import {
  aloneVersion,
  boardsIn,
  type OnBoard,
  understoodBoard,
  visited,
} from '../../src/app/alone/known-alone.ts';
import { jsonFields } from '../../src/storage/json-fields.ts';
import type { TextPlace } from './kept-boards.ts';

export interface AloneMemory {
  /** Routines that were put on this board, the newest first. */
  routinesOf(board: string): Promise<readonly OnBoard[]>;
  /** False where nothing is kept. */
  loaded(board: string, routines: readonly OnBoard[]): Promise<boolean>;
  /** Takes them into the history: how many were new; null where no history is kept. */
  take(board: string, sessions: readonly LoggedSession[]): Promise<number | null>;
}

const [versionField, version] = aloneVersion;

/** Null where it is nothing that can be understood. */
function fieldsOf(text: string | null): ReadonlyMap<string, unknown> | null {
  if (text === null) return new Map();
  const { fields, isWhole } = jsonFields(text);
  return isWhole && fields.get(versionField) === version ? fields : null;
}

export class KeptAlone implements AloneMemory {
  readonly #text: TextPlace;

  constructor(text: TextPlace) {
    this.#text = text;
  }

  async routinesOf(board: string): Promise<readonly OnBoard[]> {
    const fields = fieldsOf(await this.#text.read());
    return (fields && understoodBoard(boardsIn(fields)[board]))?.routines ?? [];
  }

  async loaded(board: string, routines: readonly OnBoard[]): Promise<boolean> {
    const text = await this.#text.read();
    const fields = fieldsOf(text);
    const before = fields && boardsIn(fields)[board];
    const isOdd = fields === null || (before !== undefined && !understoodBoard(before));
    if (text !== null && isOdd && (await this.#text.setAside(text)) === null) return false;
    const now = visited(fields ?? new Map(), board, { routines: [...routines] });
    return this.#text.write(JSON.stringify(Object.fromEntries(now)));
  }

  /** No history here yet. */
  async take(): Promise<null> {
    return null;
  }
}
