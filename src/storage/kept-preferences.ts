/**
 * What is remembered from one start to the next: how somebody likes it, never how somebody feels. No answer of any
 * question is among it.
 *
 * Read field by field. Where it is in doubt what somebody chose to have kept, that doubt stands until they say it
 * again: it is told, and meanwhile nothing is kept and nothing erased.
 */
import * as v from 'valibot';
import { fill } from '../../machines/text/text.ts';
import type { KeptWords } from './kept-words.ts';
import type { Say } from './notices.ts';
import {
  type Preferences,
  type PreferencesChange,
  preferencesSchema,
  usualPreferences,
} from './preferences-schema.ts';
import type { StateFields, StateReading, StateVersion } from './state-fields.ts';

const names = Object.keys(preferencesSchema.entries) as readonly (keyof Preferences)[];
const isName = (name: string): name is keyof Preferences => names.some(known => known === name);
const keepingNames = ['keep', 'keepDays'] as const;
/** What stands for a choice that was lost, so that the doubt outlives the file that raised it. No reader knows it. */
const lost = 'unclear';

/** What is to be kept, as far as that is certain. */
export type KeepingChoice = Readonly<{ keep: Preferences['keep']; keepDays: number }>;

type Read = Readonly<{
  preferences: Preferences;
  /** Null where anything about it is in doubt. */
  keeping: KeepingChoice | null;
  /** What has to be said of single fields. */
  unknown: readonly string[];
  wrong: readonly string[];
}>;

function understood({ is, fields }: StateReading): Read {
  const unknown = [...fields.keys()].filter(name => !isName(name));
  const wrong: string[] = [];
  const value: Record<string, unknown> = {};
  for (const name of names) {
    if (!fields.has(name)) continue;
    const found = v.safeParse(preferencesSchema.entries[name], fields.get(name));
    if (found.success) value[name] = found.output;
    else if (name !== 'v') wrong.push(name);
  }
  const preferences = { ...usualPreferences, ...value } as Preferences;
  // A field of a name that nobody knows may be the very one that is missing: one bit makes `keep` into `keeq`.
  const mayBeMissing = is !== 'absent' && (is !== 'whole' || unknown.length > 0);
  const isDoubtful = keepingNames.some(name => wrong.includes(name) || (mayBeMissing && !fields.has(name)));
  const { keep, keepDays } = preferences;
  return { preferences, keeping: isDoubtful ? null : { keep, keepDays }, unknown, wrong };
}

/** Version of what preferences are written as. */
export const preferencesVersion: StateVersion = ['v', 1];

export class KeptPreferences {
  readonly #file: StateFields;
  readonly #words: KeptWords;
  readonly #say: Say;

  constructor(file: StateFields, words: KeptWords, say: Say) {
    this.#file = file;
    this.#words = words;
    this.#say = say;
  }

  get path(): string {
    return this.#file.path;
  }

  /** What is remembered; the usual where nothing is, and for each field that cannot be understood. */
  read(): Preferences {
    return this.#read().preferences;
  }

  /** What is to be kept of sessions; null where that is in doubt. */
  get keeping(): KeepingChoice | null {
    return this.#read().keeping;
  }

  /**
   * Remembers a change and returns the whole. Nothing is written where nothing changes. Throws FileClosed, FileBusy, or
   * the system's error.
   */
  change(change: PreferencesChange): Preferences {
    if (Object.keys(change).length === 0) return this.read();
    let after: Preferences = usualPreferences;
    this.#file.change(reading => {
      const before = understood(reading);
      after = { ...before.preferences, ...change };
      const entries = Object.entries(change);
      const isSaid = entries.every(
        ([name, value]) =>
          JSON.stringify(reading.fields.get(name)) === JSON.stringify(value) ||
          (!reading.fields.has(name) &&
            JSON.stringify(before.preferences[name as keyof Preferences]) === JSON.stringify(value) &&
            before.keeping !== null),
      );
      if (isSaid) return null;
      const fields = new Map<string, unknown>([...Object.entries(before.preferences), ...reading.fields]);
      fields.set('v', 1);
      if (before.keeping === null)
        for (const name of keepingNames) if (!reading.fields.has(name)) fields.set(name, lost);
      for (const [name, value] of entries) fields.set(name, value);
      return fields;
    });
    return after;
  }

  #read(): Read {
    const words = this.#words;
    const found = understood(this.#file.read());
    const tell = (what: string, todo: string): void => this.#say({ file: this.path, what, todo });
    for (const field of found.unknown)
      tell(fill(words.unknownField, { field: shown(field) }), words.todo.unknownField);
    for (const field of found.wrong) tell(fill(words.wrongField, { field }), words.todo.wrongField);
    if (found.keeping === null) tell(words.keepingDoubt, words.todo.keeping);
    return found;
  }
}

/** A name from a file that anyone may have written to. */
const shown = (name: string): string => name.replace(/\p{C}/gu, '?').slice(0, 60);
