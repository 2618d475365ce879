/**
 * A session machine that is taken through a whole session quickly, by somebody who answers and turns as told.
 *
 * Renewing the lease twice a second is most of what a machine does, and nothing that anybody is asked or does depends
 * on it: here it is left out, so that a session takes milliseconds.
 */
import { afterAll, beforeAll } from 'vitest';
import { deadlines } from '../../machines/session.time.ts';
import type { SessionInput } from '../../machines/session.types.ts';
import { nextDue } from '../../machines/session.view.ts';
import type { Ms } from '../../machines/vocabulary.ts';
import { TestSession } from './session.ts';

/** In the tests of this file no session renews its lease. */
export function withoutLease(): void {
  const { leaseIsRenewed } = deadlines;
  beforeAll(() => void Object.assign(deadlines, { leaseIsRenewed: () => null }));
  afterAll(() => void Object.assign(deadlines, { leaseIsRenewed }));
}

/** What somebody does, and how long they take to it. */
export type Person = Readonly<{
  /** How long each answer takes, by the number of the question; null is silence. */
  answerMs: (question: number) => Ms | null;
  turnMs: Ms;
  firmer: boolean;
  /** By two presses and one more instead of on the page. */
  byTouch?: boolean;
}>;

const mostSteps = 20_000;

export class QuickSession extends TestSession {
  /** When each question began, in moving time. */
  readonly asked: Ms[] = [];

  constructor(input: SessionInput) {
    super(input);
  }

  get moved(): Ms {
    const { movedMs, movingSince } = this.context;
    return movedMs + (movingSince === null ? 0 : this.at - movingSince);
  }

  /** Goes on to its end, or until nothing more would happen by itself. `each` is called at every step. */
  live(person: Person, each: (session: this) => void = () => {}): this {
    let since: Ms | null = null;
    let stood = '';
    for (let step = 0; this.outcome === null; step++) {
      if (step > mostSteps) throw new Error(`no end in ${this.state} at ${this.at} ms`);
      each(this);
      const { state, context } = this;
      // A question that goes on into another stage is the same question.
      const name = state.replace(/^.*\.checkIn$/, 'checkIn');
      const question = `${name} ${context.question} ${context.askedAt}`;
      if (question !== stood) {
        if (
          state.endsWith('.checkIn') &&
          context.question === 'here' &&
          !stood.includes(`${context.askedAt}`)
        )
          this.asked.push(context.askedMoved);
        since = this.at;
        stood = question;
      }
      const wait = state.endsWith('.checkIn')
        ? context.question === 'firmer'
          ? 1000
          : person.answerMs(this.asked.length)
        : state === 'transition' || state === 'paused' || state === 'finishing'
          ? person.turnMs
          : null;
      const acts = wait === null ? null : (since ?? this.at) + wait;
      const due = nextDue(this.snapshot);
      if (acts !== null && (due === null || acts <= due)) {
        this.until(acts);
        this.#act(person);
      } else if (due === null) return this;
      else this.until(Math.max(due, this.at));
    }
    return this;
  }

  #act({ firmer, byTouch }: Person): void {
    if (this.state === 'finishing') this.send({ type: 'session.acknowledge' });
    else if (this.state.endsWith('.checkIn') && !byTouch) this.answer('light', firmer);
    else if (this.state.endsWith('.checkIn')) this.send({ type: 'session.go', felt: true });
    else this.send({ type: 'session.go', felt: false });
  }
}
