/** What a run tells: the lines of its trace, refusals with what to do next, and whoever listens. */
import type { StateName } from '../../machines/session.states.ts';
import type { Emitted } from '../../machines/session.types.ts';
import { catalogue, fill } from '../../machines/text/text.ts';
import type { Ms, Side } from '../../machines/vocabulary.ts';
import { type BoardHindrance, hindered } from './board-hindrance.ts';
import { Listeners, type RefusalLine, type RunListener } from './run-listener.ts';
import type { Line, Trace } from './trace.ts';

type Marked = Extract<Emitted, { type: 'refusal' }>;
/** What was asked, what was given, which limit, what next. */
export type Refusal = Omit<Marked, 'type'>;

/** A refusal as the trace has it, with its sentence of what to do next. */
const refusalLine = ({ asked, gave, limit, next }: Refusal, at: Ms): RefusalLine => ({
  at,
  type: 'refusal',
  asked,
  gave,
  limit,
  next: fill(catalogue.refusals.next[next.key], next.values ?? {}),
});

export class Narration {
  readonly listeners = new Listeners<RunListener>();
  /** The state that was entered last; null until the first one is. */
  entered: StateName | null = null;
  readonly #trace: Trace;
  readonly #now: () => Ms;
  #place = '';

  /** `now`: session time of the instant being handled. */
  constructor(trace: Trace, now: () => Ms) {
    this.#trace = trace;
    this.#now = now;
  }

  /** A line of the trace. */
  line(line: Line, at: Ms = this.#now()): void {
    const whole = { at, ...line };
    this.#trace(whole);
    this.listeners.tell('told', whole);
  }

  /** A line where the state, or the place of the hands, is another one than before; whether the state is. */
  moved(state: StateName, place: Readonly<{ phase: string; side: Side }> | null): boolean {
    const placed = place ? `${place.phase} ${place.side}` : '';
    const isNew = state !== this.entered;
    if (isNew || placed !== this.#place) this.line({ type: 'state', state, ...place });
    this.entered = state;
    this.#place = placed;
    return isNew;
  }

  refuse(refusal: Refusal): void {
    const line = refusalLine(refusal, this.#now());
    this.line(line);
    this.listeners.tell('refused', line);
  }

  /** `hindrance`: a board that is there and may not be armed is not to be connected; the refusal says what it wants. */
  refuseFor(hindrance: BoardHindrance | null, refusal: Refusal): void {
    if (refusal.limit !== 'board' || hindrance === null) this.refuse(refusal);
    else this.refuse({ ...refusal, ...limitOf(hindrance) });
  }

  /** Of cues that give way to each other nobody has to be told: it would cover what people were answered. */
  dropped(cue: string, limit: string, at: Ms): void {
    this.line(refusalLine({ asked: cue, gave: 'nothing', limit, next: { key: 'none' } }, at), at);
  }

  /** What a board does by itself is told to whoever is there. It is no line of the session, which is the same on any. */
  ofBoard(refusal: Refusal): void {
    this.listeners.tell('refused', refusalLine(refusal, this.#now()));
  }
}

/** How a refusal names what keeps a board from being armed, and what to do about it. */
export const limitOf = (hindrance: BoardHindrance): Pick<Refusal, 'limit' | 'next'> => ({
  limit: hindered[hindrance].limit,
  next: { key: hindered[hindrance].next },
});
