/**
 * What this browser keeps of the boards that were behind its ports, each under its id. A browser tells no serial number
 * of a port's device: boards of one maker and product are one here. What cannot be understood stands aside, and is said.
 */
import { setupWords } from '../../../machines/text/setup.ts';
import { fill, listed } from '../../../machines/text/text.ts';
import {
  type BoardSettings,
  isUncalibrated,
  strangeFields,
  understoodSettings,
} from '../../../src/app/known-board.ts';
import { isFields, jsonFields } from '../../../src/storage/json-fields.ts';
import type { BoardsAsKept } from './take-boards.ts';

const words = setupWords.kept;

/** A text that is kept somewhere. */
export type TextPlace = Readonly<{
  read(): Promise<string | null>;
  /** False where nothing is kept. */
  write(text: string): Promise<boolean>;
  /** Keeps it beside, under a name that it resolves with; null where that was not possible. */
  setAside(text: string): Promise<string | null>;
}>;

/** `settings` null: nothing is known of it. `said`: what could not be understood, as a sentence. */
export type BoardKnownHere = Readonly<{ settings: BoardSettings | null; said: string | null }>;

export interface BoardSettingsPort {
  of(id: string): Promise<BoardKnownHere>;
  /** False where this browser keeps nothing, or could not set aside first what nobody understands. */
  keep(id: string, settings: BoardSettings): Promise<boolean>;
}

const version = 1;

type Read = Readonly<{ boards: Readonly<Record<string, unknown>>; isWhole: boolean }>;

function read(text: string | null): Read {
  if (text === null) return { boards: {}, isWhole: true };
  const { fields, isWhole } = jsonFields(text);
  const boards = fields.get('boards');
  const isOurs = isWhole && fields.get('version') === version && isFields(boards);
  return { boards: isFields(boards) ? boards : {}, isWhole: isOurs };
}

export class KeptBoards implements BoardSettingsPort {
  readonly #text: TextPlace;

  constructor(text: TextPlace) {
    this.#text = text;
  }

  async of(id: string): Promise<BoardKnownHere> {
    const text = await this.#text.read();
    const { boards, isWhole } = read(text);
    const found = Object.hasOwn(boards, id) ? understoodSettings(boards[id]) : null;
    if (text !== null && !isWhole) {
      const place = await this.#text.setAside(text);
      return { settings: found?.known ?? null, said: fill(words.asideWhole, { place: place ?? '?' }) };
    }
    if (!Object.hasOwn(boards, id) || found?.wrong.length === 0)
      return { settings: found?.known ?? null, said: null };
    const fields = listed(found?.wrong ?? ['?']);
    return { settings: found?.known ?? null, said: fill(words.asideFields, { fields }) };
  }

  /** All that is kept, under their ids, understood or not. */
  async all(): Promise<BoardsAsKept> {
    return read(await this.#text.read()).boards;
  }

  /** Keeps it where nobody has calibrated this board here yet. */
  async add(id: string, settings: BoardSettings): Promise<'added' | 'there' | 'failed'> {
    const { boards } = read(await this.#text.read());
    const here = Object.hasOwn(boards, id) ? understoodSettings(boards[id]) : null;
    if (Object.hasOwn(boards, id) && !(here && isUncalibrated(here.known))) return 'there';
    return (await this.keep(id, settings)) ? 'added' : 'failed';
  }

  async keep(id: string, settings: BoardSettings): Promise<boolean> {
    const text = await this.#text.read();
    const { boards, isWhole } = read(text);
    const isOdd = Object.hasOwn(boards, id) && understoodSettings(boards[id])?.wrong.length !== 0;
    // What nobody understands is not written over before it stands elsewhere.
    if (text !== null && (!isWhole || isOdd) && (await this.#text.setAside(text)) === null) return false;
    const now = { ...boards, [id]: { ...strangeFields(boards[id]), ...settings } };
    return this.#text.write(JSON.stringify({ version, boards: now }));
  }
}
