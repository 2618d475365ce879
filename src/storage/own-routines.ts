/** Routines of one's own, kept in the state folder beside the library: sent by a page, or made with `routines new`. */
import { existsSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { mostOwn, routineLimits } from '../../machines/limits.ts';
import { fromLibrary, library } from '../../machines/routine/library.ts';
import { parseRoutine } from '../../machines/routine/parse.ts';
import type { Routine } from '../../machines/routine/schema.ts';
import { terminalWords } from '../../machines/text/terminal.ts';
import { fill } from '../../machines/text/text.ts';
import { codeOf, isMissing } from './error-code.ts';
import { keptText, stampAt } from './kept-text.ts';
import { whileHeld } from './lock.ts';
import { type Say, unheard } from './notices.ts';
import { eraseFile, privateFolder, replaceFile, setAside } from './private-files.ts';

const words = terminalWords.files;

const idPattern = /^[a-z0-9]+(-[a-z0-9]+)*$/;

type Known = Readonly<{ routine: Routine; stamp: string }>;

export class OwnRoutines {
  readonly #folder: string;
  /** By id: a page asks for the list many times a second. */
  #known: ReadonlyMap<string, Known> | null = null;
  readonly #say: Say;

  constructor(stateFolder: string, say: Say = unheard) {
    this.#folder = join(stateFolder, 'routines');
    this.#say = say;
  }

  /** All that can still be read, as this process last knew them; a file that somebody spoiled is left out. */
  list(): readonly Routine[] {
    this.#known ??= new Map(this.#read(new Map()).fresh.map(one => [one.routine.id, one]));
    return [...this.#known.values()].map(({ routine }) => routine);
  }

  /** What has become of them meanwhile, by this process or another one; only what has changed is read. */
  lookAnew(): void {
    if (this.#known === null) return;
    this.differences(this.stamps, this);
  }

  /** What this process last knew: when each file was changed, by its id. */
  get stamps(): ReadonlyMap<string, string> {
    return new Map([...(this.#known ?? [])].map(([id, { stamp }]) => [id, stamp]));
  }

  /** Tells whoever knows the files as they stood then what has become of them since. */
  differences(stamps: ReadonlyMap<string, string>, tell: Pick<OwnRoutines, 'learn' | 'forget'>): void {
    const { stay, fresh } = this.#read(stamps);
    for (const id of stamps.keys()) if (!stay.has(id)) tell.forget(id);
    for (const { routine, stamp } of fresh) tell.learn(routine, stamp);
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

  /** `stay`: ids of those that are still there, and can be used; `fresh`: those of them with another stamp. */
  #read(
    stamps: ReadonlyMap<string, string>,
  ): Readonly<{ stay: ReadonlySet<string>; fresh: readonly Known[] }> {
    const stay = new Set<string>();
    const fresh: Known[] = [];
    const ids = this.#names()
      .slice(0, mostOwn)
      .map(name => name.slice(0, -'.json'.length));
    for (const id of ids.sort()) {
      const isSame = stamps.has(id) && stampAt(this.#fileOf(id)) === stamps.get(id);
      const known = isSame ? null : this.#look(id);
      if (isSame || known) stay.add(id);
      if (known) fresh.push(known);
    }
    return { stay, fresh };
  }

  #fileOf(id: string): string {
    return join(this.#folder, `${id}.json`);
  }

  /** Undefined where there is none, or none that can be understood: that is said. */
  find(id: string): Routine | undefined {
    return this.#look(id)?.routine;
  }

  #look(id: string): Known | undefined {
    if (!idPattern.test(id)) return undefined;
    const file = this.#fileOf(id);
    const found = keptText(file, routineLimits.fileBytes);
    if (found.is === 'absent') return undefined;
    const parsed = found.is === 'text' && found.isSound ? parseRoutine(found.text) : null;
    if (found.is === 'text' && parsed?.ok && parsed.routine.id === id)
      return { routine: parsed.routine, stamp: found.stamp };
    const what = found.is === 'text' ? words.routine : fill(words.routineUnread, { why: found.why });
    this.#say({ file, what, todo: found.is === 'text' ? words.todo.routine : words.todo.owner });
    return undefined;
  }

  /** Whether something is kept under this id, even what can't be read any more. */
  has(id: string): boolean {
    return idPattern.test(id) && existsSync(this.#fileOf(id));
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
    const file = this.#fileOf(routine.id);
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
    this.learn(routine, this.stampOf(routine.id));
    return true;
  }

  erase(id: string): boolean {
    const isErased = idPattern.test(id) && eraseFile(this.#fileOf(id));
    this.forget(id);
    return isErased;
  }

  /** What changes whenever its file does. */
  stampOf(id: string): string {
    return stampAt(this.#fileOf(id)) ?? '';
  }

  /** Another thread, or process, has kept this one: all the others need not be read anew for that. */
  learn(routine: Routine, stamp = ''): void {
    if (this.#known === null) return;
    const all = [...this.#known].filter(([id]) => id !== routine.id);
    all.push([routine.id, { routine, stamp }]);
    this.#known = new Map(all.sort(([one], [other]) => (one < other ? -1 : 1)));
  }

  /** Another thread, or process, has erased this one. */
  forget(id: string): void {
    if (this.#known === null) return;
    this.#known = new Map([...this.#known].filter(([known]) => known !== id));
  }

  /** The library, the default first, then one's own. */
  all(): readonly Routine[] {
    return [...library(), ...this.list()];
  }
}
