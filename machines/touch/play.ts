/**
 * Hands and a session, played together with nothing around them: edges at their times, everything that falls due in
 * between, what was told. It is how the table of gestures is read off the machines, and how tests sweep them. Pure
 * towards the outside: a play is begun from a place, and leaves that as it is.
 */
import { initialTransition } from 'xstate';
import { screeningMachine } from '../screening.ts';
import type { SessionEvent } from '../session.events.ts';
import { questionIsFelt } from '../session.orders.ts';
import { isCheckIn, type StateName } from '../session.states.ts';
import { sessionMachine } from '../session.ts';
import type { Emitted, SessionInput } from '../session.types.ts';
import { nextDue, type SessionSnapshot, stateName } from '../session.view.ts';
import { stepOf } from '../steps.ts';
import type { Ms } from '../vocabulary.ts';
import {
  chordCounted,
  type Edge,
  felt,
  type Hands,
  isDown,
  nextTouchDue,
  restingHands,
  type Word,
} from './hands.ts';
import {
  answersByLight,
  type Deed,
  deedsOf,
  type Memory,
  nothingYet,
  type Situation,
  type UnstampedEvent,
} from './meaning.ts';

const beforeScreening = initialTransition(screeningMachine, { scope: 'all' })[0];
type ScreeningSnapshot = typeof beforeScreening;

/** Where a play stands. */
export type TouchPlace = Readonly<{
  session: SessionSnapshot;
  screening: ScreeningSnapshot;
  hands: Hands;
  memory: Memory;
  at: Ms;
}>;

export const opened = (input: SessionInput): TouchPlace => ({
  session: initialTransition(sessionMachine, input)[0],
  screening: beforeScreening,
  hands: restingHands(),
  memory: nothingYet,
  at: 0,
});

/** A button that goes down or up so long after the beginning. */
export type Move = Readonly<{ afterMs: Ms } & Edge>;

/** More than this at one moment is going round in circles. */
const mostAtOnce = 200;

type Told = Readonly<{ type: string; params?: unknown }>;
const emittedBy = (actions: readonly Told[]): readonly Emitted[] =>
  actions.flatMap(({ type, params }) =>
    type === 'xstate.emit' ? [(params as Readonly<{ event: Emitted }>).event] : [],
  );

export class Play {
  place: TouchPlace;
  readonly told: Emitted[] = [];
  /** What came of words beside the session: cards, favourites, another session. */
  readonly besides: string[] = [];
  /** Whether the light answered at any time. */
  light = false;

  constructor(place: TouchPlace) {
    this.place = place;
  }

  get state(): StateName {
    return stateName(this.place.session);
  }

  get situation(): Situation {
    const { session, screening, at } = this.place;
    const { context } = session;
    const { complaint, touched, someCaution, answers } = screening.context;
    const isOpen = isCheckIn(this.state);
    const isUntouched =
      complaint === null && touched === null && !someCaution && Object.keys(answers).length === 0;
    return {
      state: this.state,
      question: isOpen ? context.question : null,
      isFelt: isOpen && questionIsFelt(context, at),
      isOver: session.status !== 'active',
      isUntouched: context.unfinished === null && isUntouched,
    };
  }

  /** Tells the session of something now. */
  send(wish: UnstampedEvent): this {
    if (this.place.session.status !== 'active') return this;
    const event = { ...wish, at: this.place.at } as SessionEvent;
    const [session, actions] = stepOf(sessionMachine, this.place.session, event);
    this.place = { ...this.place, session };
    // A cue that no motor may play is none.
    const isEngaged = session.status === 'active' && session.hasTag('engaged');
    const told = emittedBy(actions as readonly Told[]);
    this.told.push(...told.filter(({ type }) => isEngaged || type !== 'play'));
    return this;
  }

  /** Lets time go on to `at`, the moment itself left out, with everything that falls due: hands first. */
  until(at: Ms): this {
    for (let count = 0; ; ) {
      const touch = nextTouchDue(this.place.hands);
      const own = nextDue(this.place.session);
      const due = Math.min(touch ?? Number.POSITIVE_INFINITY, own ?? Number.POSITIVE_INFINITY);
      if (due >= at) break;
      count = due > this.place.at ? 0 : count + 1;
      if (count > mostAtOnce) throw new Error(`round in circles at ${this.place.at} ms in ${this.state}`);
      this.place = { ...this.place, at: Math.max(this.place.at, due) };
      if (touch !== null && touch <= due) this.#hear([]);
      else this.send({ type: 'due' });
    }
    this.place = { ...this.place, at: Math.max(this.place.at, at) };
    return this;
  }

  for(ms: Ms): this {
    return this.until(this.place.at + ms);
  }

  /** These moves, counted from now, and `restMs` after the last of them. */
  move(moves: readonly Move[], restMs: Ms): this {
    const from = this.place.at;
    const times = [...new Set(moves.map(({ afterMs }) => afterMs))].toSorted((one, other) => one - other);
    for (const afterMs of times) {
      this.until(from + afterMs);
      this.#hear(moves.filter(move => move.afterMs === afterMs));
    }
    return this.for(restMs);
  }

  #hear(edges: readonly Edge[]): void {
    const [hands, words] = felt(this.place.hands, edges, this.place.at);
    this.place = { ...this.place, hands };
    for (const word of words) this.#word(word);
    this.light ||= this.#isAnsweredByLight();
  }

  #word(word: Word): void {
    const [deeds, memory] = deedsOf(word, this.situation, this.place.memory);
    this.place = { ...this.place, memory };
    for (const deed of deeds) this.#deed(deed);
  }

  #deed(deed: Deed): void {
    switch (deed.type) {
      case 'favourite.next':
      case 'session.again':
        this.besides.push(deed.type);
        break;
      case 'card.none':
      case 'card.caution': {
        this.besides.push(deed.type);
        const type = deed.type === 'card.none' ? 'screening.noneOfCard' : 'screening.someCaution';
        const [screening] = stepOf(screeningMachine, this.place.screening, { type, at: this.place.at });
        this.place = { ...this.place, screening };
        break;
      }
      default:
        this.send(deed);
    }
  }

  #isAnsweredByLight(): boolean {
    const now = this.situation;
    if (now.state === 'screening') return chordCounted(this.place.hands);
    return (['go', 'less', 'receiver'] as const).some(button => {
      const atPress = this.place.memory.atPress[button];
      return isDown(this.place.hands, button) && atPress !== undefined && answersByLight(now, atPress);
    });
  }
}
