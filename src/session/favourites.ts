/**
 * A routine chosen without a screen: before screening each short press of LESS, counted on release, goes to the next
 * favourite, and the LED answers with as many blinks as its place. Motors stay still.
 */

import type { Routine } from '../../machines/routine/schema.ts';
import { nextFavourite } from '../../machines/touch/favourites.ts';
import type { Sessions } from './sessions.ts';

export class Favourites {
  readonly #sessions: Sessions;
  readonly #routines: readonly Routine[];
  #place: number;

  /** `routines` in their order. */
  constructor(sessions: Sessions, routines: readonly Routine[]) {
    this.#sessions = sessions;
    this.#routines = routines;
    this.#place = routines.findIndex(({ id }) => id === sessions.run.routine.id);
    sessions.listen({ otherRoutine: () => this.#next() });
  }

  /** Place of what is chosen, from 1; 0 while it is none of them. */
  get place(): number {
    return this.#place + 1;
  }

  #next(): void {
    const place = nextFavourite(this.#place, this.#routines.length);
    const routine = place === null ? undefined : this.#routines[place];
    if (place === null || !routine) return;
    this.#place = place;
    // Not within the moment of the press itself, which is still that of the session before.
    this.#sessions.run.agenda.happen(() => {
      if (!this.#sessions.begin(routine)) return;
      const { run } = this.#sessions;
      run.agenda.happen(() => run.led.count(this.#place + 1, run.now()));
    });
  }
}
