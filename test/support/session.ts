/** A session machine in a test's hand: events at their times, everything due in between, all that was emitted. */
import { initialTransition } from 'xstate';
import type { Routine } from '../../machines/routine/schema.ts';
import type { Caps } from '../../machines/screening.questions.ts';
import type { SessionEvent } from '../../machines/session.events.ts';
import { sessionMachine } from '../../machines/session.ts';
import type { Emitted, SessionContext, SessionInput } from '../../machines/session.types.ts';
import { nextDue, type SessionSnapshot, stateName } from '../../machines/session.view.ts';
import { type StepAction, stepOf } from '../../machines/steps.ts';
import type { Ms } from '../../machines/vocabulary.ts';

type WithoutAt<T> = T extends unknown ? Omit<T, 'at'> : never;
export type Wish = WithoutAt<SessionEvent>;

export const noCaps: Caps = {
  pressureMax: 3,
  bath: 'warm',
  oil: 'any',
  light: 'blinking',
  cues: 'full',
  places: 'any',
  position: 'any',
};

export const inputOf = (routine: Routine, input: Partial<SessionInput> = {}): SessionInput => ({
  routine,
  easierSide: 'left',
  boardReady: true,
  ...input,
});

/** What a transition emits, read off its actions. */
export const emittedBy = (actions: readonly StepAction[]): readonly Emitted[] =>
  actions.flatMap(({ type, params }) =>
    type === 'xstate.emit' ? [(params as Readonly<{ event: Emitted }>).event] : [],
  );

/** One pure step of the session machine. */
export function step(
  snapshot: SessionSnapshot,
  event: SessionEvent,
): readonly [SessionSnapshot, readonly Emitted[]] {
  const [next, actions] = stepOf(sessionMachine, snapshot, event);
  return [next, emittedBy(actions)];
}

/** More dues at one moment than this would never end. */
const mostDues = 200;

export class TestSession {
  snapshot: SessionSnapshot;
  at: Ms = 0;
  /** All that was emitted so far, with its time. */
  readonly told: (Emitted & { readonly at?: Ms; readonly told: Ms })[] = [];
  readonly states: { readonly at: Ms; readonly state: string }[] = [];

  constructor(input: SessionInput) {
    [this.snapshot] = initialTransition(sessionMachine, input);
    this.states.push({ at: 0, state: this.state });
  }

  /** Another one in the same place: snapshots never change, so what was played up to here need not be played again. */
  twin(): TestSession {
    const { snapshot, at, told, states } = this;
    return Object.assign<TestSession, Partial<TestSession>>(Object.create(TestSession.prototype), {
      snapshot,
      at,
      told: [...told],
      states: [...states],
    });
  }

  get state(): string {
    return stateName(this.snapshot);
  }
  get context(): SessionContext {
    return this.snapshot.context;
  }
  get engaged(): boolean {
    return this.snapshot.status === 'active' && this.snapshot.hasTag('engaged');
  }
  get outcome(): string | null {
    return this.snapshot.output?.outcome ?? null;
  }
  get reason(): string | null {
    return this.snapshot.output?.reason ?? null;
  }

  /** Everything of one kind that was emitted so far. */
  all<T extends Emitted['type']>(type: T): readonly (Extract<Emitted, { type: T }> & { told: Ms })[] {
    return this.told.filter(one => one.type === type) as never;
  }

  /** Tells the machine of something now; lists what it emitted. */
  send(wish: Wish): readonly Emitted[] {
    const [next, emitted] = step(this.snapshot, { ...wish, at: this.at } as SessionEvent);
    const before = this.state;
    this.snapshot = next;
    for (const one of emitted) this.told.push({ ...one, told: this.at });
    if (this.state !== before) this.states.push({ at: this.at, state: this.state });
    return emitted;
  }

  /** Lets time go on to `at`, with everything that falls due on the way. */
  until(at: Ms): this {
    let dues = 0;
    for (;;) {
      const due = nextDue(this.snapshot);
      if (due === null || due > at) break;
      dues = due > this.at ? 0 : dues + 1;
      if (dues > mostDues)
        throw new Error(`the session goes round in circles at ${this.at} ms in ${this.state}`);
      this.at = Math.max(this.at, due);
      this.send({ type: 'due' });
    }
    this.at = Math.max(this.at, at);
    return this;
  }

  for(ms: Ms): this {
    return this.until(this.at + ms);
  }

  /** Lets time go on until a state is entered or already there; at most `withinMs`. */
  untilState(state: string, withinMs: Ms = 2 * 3_600_000): this {
    const end = this.at + withinMs;
    while (this.state !== state) {
      const due = nextDue(this.snapshot);
      if (due === null || due > end) throw new Error(`no ${state} within ${withinMs} ms: ${this.state}`);
      this.until(Math.max(this.at, due));
    }
    return this;
  }

  /** Lets time go on with someone who answers each check-in with "light" and goes on at each turn, until `enough`. */
  attended(enough: (session: TestSession) => boolean, firmer = false): this {
    for (let count = 0; !enough(this); count++) {
      if (count > 100_000 || this.outcome !== null) throw new Error(`it never came to that: ${this.state}`);
      if (this.state.endsWith('.checkIn')) this.answer('light', firmer);
      else if (this.state === 'transition') this.send({ type: 'session.go', felt: false });
      else this.until(Math.max(this.at, nextDue(this.snapshot) ?? this.at + 1000));
    }
    return this;
  }

  /** The same until this phase is the one. */
  toPhase(phase: string): this {
    const inPhase = (): boolean => this.context.passes[this.context.passIndex]?.phase === phase;
    return this.attended(() => inPhase() && this.snapshot.hasTag('moving'));
  }

  /** Screened, prepared and started at the present moment. */
  start(caps: Partial<Caps> = {}): this {
    this.send({ type: 'screening.cleared', caps: { ...noCaps, ...caps } });
    for (const one of ['bath', 'oil', 'position', 'baseline'] as const)
      if (this.context.steps.includes(one)) this.send({ type: 'session.confirm', step: one });
    this.send({ type: 'session.start' });
    if (this.state !== 'warmUp') throw new Error(`not started: ${this.state}`);
    return this;
  }

  /** Answers the question that is being asked. */
  answer(here: 'light' | 'fine' | 'strong' | 'tooMuch' = 'light', firmer = false): readonly Emitted[] {
    return this.send({ type: 'session.checkIn', here, leg: 'same', firmer });
  }
}

/** A started session of a routine, at 0 ms. */
export const started = (routine: Routine, caps: Partial<Caps> = {}): TestSession =>
  new TestSession(inputOf(routine)).start(caps);
