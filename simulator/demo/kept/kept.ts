/**
 * What this browser keeps beside sessions, as the pacing worker has it at hand: routines of one's own and how somebody
 * likes it. It is read and written by the worker that keeps; here is a copy, told anew whenever it changes.
 */
import { library } from '../../../machines/routine/library.ts';
import type { Routine } from '../../../machines/routine/schema.ts';
import type { Keeping } from '../../../machines/vocabulary.ts';
import {
  type Preferences,
  type PreferencesChange,
  usualPreferences,
} from '../../../src/server/api-messages.ts';
import type { KeptState } from './kept-messages.ts';

export class Kept {
  #state: KeptState = { routines: [], preferences: usualPreferences, keeping: null };
  /** What was merely begun, which holds for this visit. */
  #begun: PreferencesChange = {};

  /** It is kept so from now on. */
  take(state: KeptState): void {
    const before = this.#state.preferences;
    const { preferences } = state;
    // What somebody has chosen since holds, whatever was begun before.
    const isChosen = (name: string): boolean =>
      JSON.stringify(new Map(Object.entries(before)).get(name)) !==
      JSON.stringify(new Map(Object.entries(preferences)).get(name));
    this.#begun = Object.fromEntries(Object.entries(this.#begun).filter(([name]) => !isChosen(name)));
    this.#state = state;
  }

  all(): readonly Routine[] {
    return [...library(), ...this.list()];
  }

  /** One's own alone. */
  list(): readonly Routine[] {
    return this.#state.routines;
  }

  find(id: string): Routine | undefined {
    return this.#state.routines.find(one => one.id === id);
  }

  preferences(): Preferences {
    return { ...this.#state.preferences, ...this.#begun };
  }

  /** What is to be kept of sessions: nothing, while that is in doubt. */
  get keeps(): Keeping {
    return this.#state.keeping?.keep ?? 'off';
  }

  /** Holds for this visit. */
  change(change: PreferencesChange): Preferences {
    this.#begun = { ...this.#begun, ...change };
    return this.preferences();
  }
}
