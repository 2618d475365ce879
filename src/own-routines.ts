/** Routines of one's own, kept in the state folder beside the library: sent by a page, or made with `routines new`. */
import { existsSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { routineLimits } from '../machines/limits.ts';
import { fromLibrary, library } from '../machines/routine/library.ts';
import { parseRoutine } from '../machines/routine/parse.ts';
import type { Routine } from '../machines/routine/schema.ts';
import { terminalWords } from '../machines/text/terminal.ts';
import { fill } from '../machines/text/text.ts';
import { keptText } from './storage/kept-text.ts';
import { whileHeld } from './storage/lock.ts';
import { type Say, unheard } from './storage/notices.ts';
import {
  codeOf,
  eraseFile,
  isMissing,
  privateFolder,
  replaceFile,
  setAside,
} from './storage/private-files.ts';
import { mostOwn } from './wire/api-messages.ts';

const words = terminalWords.files;

const idPattern = /^[a-z0-9]+(-[a-z0-9]+)*$/;

export class OwnRoutines {
  readonly #folder: string;
  /** A page asks for the list many times a second. */
  #known: readonly Routine[] | null = null;

  readonly #say: Say;

  constructor(stateFolder: string, say: Say = unheard) {
    this.#folder = join(stateFolder, 'routines');
    this.#say = say;
  }

  /** All that can still be read, as this process last knew them; a file that somebody spoiled is left out. */
  list(): readonly Routine[] {
    this.#known ??= this.#read();
    return this.#known;
  }

  #names(): readonly string[] {
    let names: string[];
    try {
      names = readdirSync(this.#folder);
    } catch (error) {
      if (isMissing(error)) return [];
      const what = codeOf(error) === 'ENOTDIR' ? words.noFolder : `${words.unreadable} (${codeOf(error)})`;
      this.#say({ file: this.#folder, what, todo: words.todo.owner });
      return [];
    }
    return names.filter(name => name.endsWith('.json')).sort();
  }

  #read(): readonly Routine[] {
    return this.#names()
      .slice(0, mostOwn)
      .map(name => name.slice(0, -'.json'.length))
      .sort()
      .flatMap(id => this.find(id) ?? []);
  }

  /** Undefined where there is none, or none that can be understood: that is said. */
  find(id: string): Routine | undefined {
    if (!idPattern.test(id)) return undefined;
    const file = join(this.#folder, `${id}.json`);
    const found = keptText(file, routineLimits.fileBytes);
    if (found.is === 'absent') return undefined;
    const parsed = found.is === 'text' && found.isSound ? parseRoutine(found.text) : null;
    if (parsed?.ok && parsed.routine.id === id) return parsed.routine;
    const what = found.is === 'text' ? words.routine : fill(words.routineUnread, { why: found.why });
    this.#say({ file, what, todo: found.is === 'text' ? words.todo.routine : words.todo.owner });
    return undefined;
  }

  /** Whether something is kept under this id, even what can't be read any more. */
  has(id: string): boolean {
    return idPattern.test(id) && existsSync(join(this.#folder, `${id}.json`));
  }

  /** Those that can't be understood take room too. */
  get isFull(): boolean {
    return this.#names().length >= mostOwn;
  }

  /** Keeps a routine under its id. False where the library has that id, or where there is no more room. */
  keep(routine: Routine): boolean {
    if (fromLibrary(routine.id)) return false;
    privateFolder(this.#folder);
    const isNew = !this.has(routine.id);
    if (isNew && this.isFull) return false;
    const file = join(this.#folder, `${routine.id}.json`);
    whileHeld(file, () => {
      // What nobody understood, or only points elsewhere, is nobody's to write over.
      const isOurs = lstatSync(file, { throwIfNoEntry: false })?.isFile() && this.find(routine.id);
      if (lstatSync(file, { throwIfNoEntry: false }) && !isOurs)
        this.#say({
          file,
          what: fill(words.setAside, { aside: setAside(file) }),
          todo: words.todo.setAside,
        });
      replaceFile(file, `${JSON.stringify(routine, null, 2)}\n`);
    });
    this.learn(routine);
    return true;
  }

  erase(id: string): boolean {
    const isErased = idPattern.test(id) && eraseFile(join(this.#folder, `${id}.json`));
    this.forget(id);
    return isErased;
  }

  /** Another thread has kept this one: all the others need not be read anew for that. */
  learn(routine: Routine): void {
    if (this.#known === null) return;
    const others = this.#known.filter(({ id }) => id !== routine.id);
    this.#known = [...others, routine].toSorted((one, other) => (one.id < other.id ? -1 : 1));
  }

  /** Another thread has erased this one. */
  forget(id: string): void {
    this.#known = this.#known?.filter(one => one.id !== id) ?? null;
  }

  /** The library, the default first, then one's own. */
  all(): readonly Routine[] {
    return [...library(), ...this.list()];
  }
}
