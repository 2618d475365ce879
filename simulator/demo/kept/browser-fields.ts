/** One kept JSON object as a row of the browser's database. */
import { keptWords } from '../../../machines/text/kept.ts';
import { fill } from '../../../machines/text/text.ts';
import { jsonText } from '../../../src/storage/json-fields.ts';
import type { Say } from '../../../src/storage/notices.ts';
import {
  type StateFields,
  type StateReading,
  type StateVersion,
  stateReading,
} from '../../../src/storage/state-fields.ts';
import type { Image } from './rows/image.ts';
import { nameOfRow } from './rows/row-names.ts';

const words = keptWords.rows;

export class BrowserFields implements StateFields {
  readonly path: string;
  readonly #name: string;
  readonly #version: StateVersion;
  readonly #image: () => Image;
  readonly #say: Say;

  /** `image`: of the transaction that is under way. */
  constructor(name: string, version: StateVersion, image: () => Image, say: Say) {
    this.path = nameOfRow(name);
    this.#name = name;
    this.#version = version;
    this.#image = image;
    this.#say = say;
  }

  read(): StateReading {
    const found = this.#look();
    if (found.is === 'part') this.#tell(words.broken, words.todo.broken);
    if (found.is === 'other') this.#tell(words.otherVersion, words.todo.otherVersion);
    return found;
  }

  change(change: (reading: StateReading) => ReadonlyMap<string, unknown> | null): void {
    const found = this.#look();
    const fields = change(found);
    if (fields === null) return;
    const image = this.#image();
    // What is not ours to write over gets another name.
    if (found.is === 'part' || found.is === 'other') {
      const aside = nameOfRow(image.setAside(this.#name));
      this.#tell(fill(words.setAside, { aside }), words.todo.setAside);
    }
    image.put(this.#name, jsonText(fields));
  }

  #look(): StateReading {
    const image = this.#image();
    if (!image.has(this.#name)) return { fields: new Map(), is: 'absent' };
    const text = image.text(this.#name);
    return text === null ? { fields: new Map(), is: 'part' } : stateReading(text, true, this.#version);
  }

  #tell(what: string, todo: string): void {
    this.#say({ file: this.path, what, todo });
  }
}
