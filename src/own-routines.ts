/** Routines of one's own, kept in the state folder beside the library: sent by a page, or made with `routines new`. */
import { closeSync, constants, existsSync, fstatSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { routineLimits } from '../machines/limits.ts';
import { fromLibrary, library } from '../machines/routine/library.ts';
import { parseRoutine } from '../machines/routine/parse.ts';
import type { Routine } from '../machines/routine/schema.ts';
import { eraseFile, isMissing, privateFolder, replaceFile } from './history/private-files.ts';
import { mostOwn } from './wire/api-messages.ts';

const idPattern = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** What stands in a file; null where it is none that could be a routine, or may not be read: one such spoils no other. */
function textOf(path: string): string | null {
  let file: number;
  try {
    // A pipe would wait for whoever writes to it.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch {
    return null;
  }
  try {
    const stat = fstatSync(file);
    return stat.isFile() && stat.size <= routineLimits.fileBytes ? readFileSync(file, 'utf8') : null;
  } finally {
    closeSync(file);
  }
}

export class OwnRoutines {
  readonly #folder: string;
  /** A page asks for the list many times a second. */
  #known: readonly Routine[] | null = null;

  constructor(stateFolder: string) {
    this.#folder = join(stateFolder, 'routines');
  }

  /** All that can still be read, as this process last knew them; a file that somebody spoiled is left out. */
  list(): readonly Routine[] {
    this.#known ??= this.#read();
    return this.#known;
  }

  #read(): readonly Routine[] {
    let names: string[];
    try {
      names = readdirSync(this.#folder);
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
    return names
      .filter(name => name.endsWith('.json'))
      .sort()
      .slice(0, mostOwn)
      .flatMap(name => this.find(name.slice(0, -'.json'.length)) ?? []);
  }

  find(id: string): Routine | undefined {
    if (!idPattern.test(id)) return undefined;
    const text = textOf(join(this.#folder, `${id}.json`));
    const parsed = text === null ? null : parseRoutine(text);
    return parsed?.ok && parsed.routine.id === id ? parsed.routine : undefined;
  }

  /** Whether something is kept under this id, even what can't be read any more. */
  has(id: string): boolean {
    return idPattern.test(id) && existsSync(join(this.#folder, `${id}.json`));
  }

  get isFull(): boolean {
    return this.list().length >= mostOwn;
  }

  /** Keeps a routine under its id. False where the library has that id, or where there is no more room. */
  keep(routine: Routine): boolean {
    if (fromLibrary(routine.id)) return false;
    privateFolder(this.#folder);
    if (!this.find(routine.id) && this.isFull) return false;
    this.#known = null;
    replaceFile(join(this.#folder, `${routine.id}.json`), `${JSON.stringify(routine, null, 2)}\n`);
    return true;
  }

  erase(id: string): boolean {
    this.#known = null;
    return idPattern.test(id) && eraseFile(join(this.#folder, `${id}.json`));
  }

  /** The library, the default first, then one's own. */
  all(): readonly Routine[] {
    return [...library(), ...this.list()];
  }
}
