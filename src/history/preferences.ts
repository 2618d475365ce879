/**
 * What is remembered from one start to the next: how somebody likes it, never how somebody feels. No answer of any
 * question is among it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import {
  type Preferences,
  type PreferencesChange,
  preferencesSchema,
  usualPreferences,
} from '../wire/api-messages.ts';
import { isMissing, replaceFile } from './private-files.ts';

export class PreferencesFile {
  readonly #path: string;

  constructor(stateFolder: string) {
    this.#path = join(stateFolder, 'preferences.json');
  }

  /** What is remembered; the usual where nothing is, or where the file is broken. */
  read(): Preferences {
    let text: string;
    try {
      text = readFileSync(this.#path, 'utf8');
    } catch (error) {
      if (isMissing(error)) return usualPreferences;
      throw error;
    }
    try {
      const parsed = v.safeParse(preferencesSchema, JSON.parse(text));
      return parsed.success ? parsed.output : usualPreferences;
    } catch {
      return usualPreferences;
    }
  }

  /** Remembers a change and returns the whole. Nothing is written where nothing changes. */
  change(change: PreferencesChange): Preferences {
    const before = this.read();
    const after = { ...before, ...change };
    if (JSON.stringify(after) !== JSON.stringify(before))
      replaceFile(this.#path, `${JSON.stringify(after, null, 2)}\n`);
    return after;
  }
}
