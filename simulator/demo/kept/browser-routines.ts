/** Routines of one's own as rows of the browser's database. */
import { mostOwn } from '../../../machines/limits.ts';
import { fromLibrary, library } from '../../../machines/routine/library.ts';
import { parseRoutine } from '../../../machines/routine/parse.ts';
import type { Routine } from '../../../machines/routine/schema.ts';
import { keptWords } from '../../../machines/text/kept.ts';
import { fill } from '../../../machines/text/text.ts';
import type { KeptRoutines } from '../../../src/server/routines-api.ts';
import type { Say } from '../../../src/storage/notices.ts';
import type { Image } from './rows/image.ts';
import { nameOfRow, routineIn, routineRow } from './rows/row-names.ts';

const words = keptWords.rows;

export class BrowserRoutines implements KeptRoutines {
  readonly #image: () => Image;
  readonly #say: Say;

  /** `image`: of the transaction that is under way. */
  constructor(image: () => Image, say: Say) {
    this.#image = image;
    this.#say = say;
  }

  /** Those that can be understood; of the others it is said that they cannot. */
  list(): readonly Routine[] {
    return this.#ids()
      .toSorted()
      .flatMap(id => this.find(id) ?? []);
  }

  all(): readonly Routine[] {
    return [...library(), ...this.list()];
  }

  find(id: string): Routine | undefined {
    const name = routineRow(id);
    if (!this.#image().has(name)) return undefined;
    const parsed = parseRoutine(this.#image().text(name) ?? '');
    if (parsed.ok && parsed.routine.id === id) return parsed.routine;
    this.#say({ file: nameOfRow(name), what: words.routine, todo: words.todo.routine });
    return undefined;
  }

  /** Whether something is kept under this id, even what cannot be understood. */
  has(id: string): boolean {
    return this.#image().has(routineRow(id));
  }

  keep(routine: Routine): boolean {
    if (fromLibrary(routine.id)) return false;
    const isNew = !this.has(routine.id);
    // Those that cannot be understood take room too.
    if (isNew && this.#ids().length >= mostOwn) return false;
    const name = routineRow(routine.id);
    if (!isNew && !this.find(routine.id)) {
      const aside = nameOfRow(this.#image().setAside(name));
      this.#say({ file: nameOfRow(name), what: fill(words.setAside, { aside }), todo: words.todo.setAside });
    }
    this.#image().put(name, `${JSON.stringify(routine, null, 2)}\n`);
    return true;
  }

  erase(id: string): boolean {
    const isThere = this.has(id);
    this.#image().remove(routineRow(id));
    return isThere;
  }

  #ids(): readonly string[] {
    return this.#image()
      .names()
      .flatMap(name => routineIn(name) ?? []);
  }
}
