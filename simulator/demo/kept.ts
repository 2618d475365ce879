/**
 * What the demo keeps, where a controller has a state folder: routines of one's own and how somebody likes it. It lives
 * in the worker; the page puts `text` into its browser's storage whenever a person has saved something.
 */

import * as v from 'valibot';
import { mostOwn } from '../../machines/limits.ts';
import { fromLibrary, library } from '../../machines/routine/library.ts';
import { parseRoutine } from '../../machines/routine/parse.ts';
import type { Routine } from '../../machines/routine/schema.ts';
import {
  type Preferences,
  type PreferencesChange,
  preferencesChangeSchema,
  usualPreferences,
} from '../../src/server/api-messages.ts';
import type { KeptRoutines } from '../../src/server/routines-api.ts';

const keptSchema = v.strictObject({
  v: v.literal(1),
  routines: v.pipe(v.array(v.unknown()), v.maxLength(mostOwn)),
  likes: preferencesChangeSchema,
});

function read(text: string | null): v.InferOutput<typeof keptSchema> {
  const nothing = { v: 1 as const, routines: [], likes: {} };
  if (text === null) return nothing;
  try {
    const parsed = v.safeParse(keptSchema, JSON.parse(text));
    return parsed.success ? parsed.output : nothing;
  } catch {
    // Whoever spoiled it begins anew.
    return nothing;
  }
}

export class Kept implements KeptRoutines {
  readonly #own = new Map<string, Routine>();
  /** What a person chose to have remembered; never what they merely began. */
  #likes: PreferencesChange;
  #preferences: Preferences;

  constructor(text: string | null) {
    const { routines, likes } = read(text);
    for (const one of routines) {
      const parsed = parseRoutine(JSON.stringify(one));
      if (parsed.ok && !fromLibrary(parsed.routine.id)) this.#own.set(parsed.routine.id, parsed.routine);
    }
    this.#likes = likes as PreferencesChange;
    this.#preferences = { ...usualPreferences, ...this.#likes };
  }

  /** For the browser's storage. */
  get text(): string {
    return JSON.stringify({ v: 1, routines: [...this.#own.values()], likes: this.#likes });
  }

  all(): readonly Routine[] {
    return [...library(), ...this.#own.values()];
  }

  find(id: string): Routine | undefined {
    return this.#own.get(id);
  }

  keep(routine: Routine): boolean {
    if (fromLibrary(routine.id) || (!this.#own.has(routine.id) && this.#own.size >= mostOwn)) return false;
    this.#own.set(routine.id, routine);
    return true;
  }

  erase(id: string): boolean {
    return this.#own.delete(id);
  }

  preferences(): Preferences {
    return this.#preferences;
  }

  /** Holds for this visit. */
  change(change: PreferencesChange): Preferences {
    this.#preferences = { ...this.#preferences, ...change };
    return this.#preferences;
  }

  /** Holds for the next visits too. */
  like(change: PreferencesChange): Preferences {
    this.#likes = { ...this.#likes, ...change };
    return this.change(change);
  }
}
