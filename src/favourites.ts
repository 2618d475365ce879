/**
 * A routine chosen without a screen: before screening each short press of LESS, counted on release, goes to the next
 * favourite, and the LED answers with as many blinks as its place. Motors stay still.
 */
import type { Routine } from '../machines/routine/schema.ts';
import type { Button, Ms } from '../machines/vocabulary.ts';
import type { Sessions } from './sessions.ts';

/** Longer than this it is no press any more but a hold, which means something else. */
const pressMs: Ms = 800;

export class Favourites {
  readonly #sessions: Sessions;
  readonly #routines: readonly Routine[];
  readonly #now: () => Ms;
  #place: number;
  #downAt: Ms | null = null;
  #goIsDown = false;

  /** `routines` in their order; `now`: any clock that goes on steadily. */
  constructor(sessions: Sessions, routines: readonly Routine[], now: () => Ms) {
    this.#sessions = sessions;
    this.#routines = routines;
    this.#now = now;
    this.#place = routines.findIndex(({ id }) => id === sessions.run.routine.id);
    sessions.listen({ pressed: (button, down) => this.#pressed(button, down) });
  }

  /** Place of what is chosen, from 1; 0 while it is none of them. */
  get place(): number {
    return this.#place + 1;
  }

  #pressed(button: Button, down: boolean): void {
    if (button === 'go') this.#goIsDown = down;
    // GO and LESS together are another word.
    if (button === 'go' && down) this.#downAt = null;
    if (button !== 'less') return;
    if (down) {
      this.#downAt = this.#goIsDown ? null : this.#now();
      return;
    }
    const heldMs = this.#downAt === null ? Number.POSITIVE_INFINITY : this.#now() - this.#downAt;
    this.#downAt = null;
    const { run } = this.#sessions;
    const untouched = run.state === 'screening' && run.screening.context.complaint === null;
    if (heldMs <= pressMs && untouched && !run.snapshot.context.unfinished) this.#next();
  }

  #next(): void {
    if (this.#routines.length === 0) return;
    this.#place = (this.#place + 1) % this.#routines.length;
    const routine = this.#routines[this.#place];
    if (!routine) return;
    // Not within the moment of the press itself, which is still that of the session before.
    this.#sessions.run.soon(() => {
      if (!this.#sessions.begin(routine)) return;
      const { run } = this.#sessions;
      run.soon(() => run.light.count(this.#place + 1, run.now()));
    });
  }
}
