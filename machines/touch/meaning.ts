/**
 * What a word of the hands means, given where the session stands now and where it stood when the finger came down.
 *
 * Decided here and nowhere else; pure. What comes of it the session decides, which may refuse it.
 */

import type { Gesture } from '../gesture.ts';
import type { SessionEvent } from '../session.events.ts';
import type { Question } from '../session.lists.ts';
import { isBefore, isCheckIn, isStill, isWorking, type StateName } from '../session.states.ts';
import type { Button, Ms } from '../vocabulary.ts';
import type { Word } from './hands.ts';

type WithoutAt<T> = T extends unknown ? Omit<T, 'at'> : never;
/** An event of the session, before it is known when it counts. */
export type UnstampedEvent = WithoutAt<SessionEvent>;

/** What a word asks for: something of the session, or of what stands around it. */
export type Deed =
  | UnstampedEvent
  /** None of this card's questions; the one before it was answered with a caution. */
  | Readonly<{ type: 'card.none' | 'card.caution' }>
  /** Another routine before screening has begun; another session after the end. */
  | Readonly<{ type: 'favourite.next' | 'session.again' }>;

/** Where a session stands, as far as touch needs to know. */
export type Situation = Readonly<{
  /** Name of the state, as the trace has it. */
  state: StateName;
  /** The question that is open. */
  question: Question | null;
  /** The open question can have been felt and weighed by now. */
  isFelt: boolean;
  /** The session is over. */
  isOver: boolean;
  /** Nothing at all has been answered in screening. */
  isUntouched: boolean;
}>;

/**
 * A press of GO that follows another sooner than this is haste: where GO confirms a step or acknowledges, and where it
 * answers. No answer that a question allows is one: the offer of a rise, the shortest, takes 311 and 600 ms. [D]
 */
export const hasteMs = { confirming: 1000, answering: 900 } as const;

/** Hands are at work or on their way to the next place, and nothing is asked. */
const isUnderway = (state: StateName): boolean =>
  isWorking(state) || state === 'eased' || state === 'transition';
/** Where GO confirms, or acknowledges and then goes on. */
const wantsCalm = (state: StateName): boolean => state === 'preparation' || state === 'faulted';

/**
 * The deeds of a gesture. GO acts at once, so a double or a hold of GO finds the session paused by its own first press
 * and undoes that. `sinceGoMs`: time since the press of GO before this one.
 */
export function deedsOfGesture(
  gesture: Pick<Gesture, 'button' | 'kind'>,
  now: Situation,
  atPress: Situation,
  sinceGoMs: Ms = Number.POSITIVE_INFINITY,
): readonly Deed[] {
  const resumed = (wish: UnstampedEvent): readonly UnstampedEvent[] => {
    if (isUnderway(now.state)) return [wish];
    return isStill(now.state) ? [{ type: 'session.resume' }, wish] : [];
  };
  switch (`${gesture.button} ${gesture.kind}` as const) {
    case 'go press':
    case 'go double': {
      const isDouble = gesture.kind === 'double';
      // Haste is never consent, confirms one step at most and starts nothing.
      const leastMs = wantsCalm(now.state)
        ? hasteMs.confirming
        : isCheckIn(now.state)
          ? hasteMs.answering
          : 0;
      const isHasty = sinceGoMs < leastMs || (isDouble && (isCheckIn(now.state) || isCheckIn(atPress.state)));
      if (isHasty) return [{ type: 'session.hasty' }];
      if (!isDouble) return [{ type: 'session.go', felt: true }];
      // The press before it has just begun or ended something: it asks for no minute of that.
      if (!isUnderway(atPress.state) && !isStill(atPress.state))
        return isUnderway(now.state) ? [{ type: 'session.hasty' }] : [{ type: 'session.go', felt: true }];
      return resumed({ type: 'session.extend' });
    }
    case 'go hold':
      // A press that has just begun or acknowledged something is held for nothing: it skips no warm-up.
      return isUnderway(atPress.state) || isStill(atPress.state) ? resumed({ type: 'session.next' }) : [];
    case 'less press':
    case 'less double':
      return [{ type: 'session.less' }];
    case 'less hold':
      return lessHeld(now, atPress);
    case 'less tap':
      return now.state === 'screening' && now.isUntouched ? [{ type: 'favourite.next' }] : [];
    case 'receiver press':
    case 'receiver double':
      return [{ type: 'session.less', byReceiver: true }];
    case 'stop press':
    case 'stop double':
      return [{ type: 'session.stop' }];
    case 'receiver hold':
    case 'receiver triple':
      return [{ type: 'session.stop', byReceiver: true }];
    default:
      return [];
  }
}

/**
 * LESS held. Against a question that can have been felt it is the strongest answer; which question decides what it
 * means: too much here, or clearly more down the leg. Everywhere else where hands are at work it leaves the place: it
 * hurt there.
 */
function lessHeld(now: Situation, atPress: Situation): readonly Deed[] {
  if (isCheckIn(atPress.state) && atPress.isFelt)
    return [
      atPress.question === 'leg'
        ? { type: 'session.checkIn', here: 'light', leg: 'worse', firmer: false }
        : { type: 'session.checkIn', here: 'tooMuch', leg: 'same', firmer: false },
    ];
  const isAtWork = ({ state, isOver }: Situation): boolean =>
    !isOver && (isUnderway(state) || isStill(state) || isCheckIn(state) || state === 'faulted');
  return isAtWork(atPress) && isAtWork(now) ? [{ type: 'session.skip' }] : [];
}

/** States in which GO and LESS together mean something once they have been held, or say what one of them has said. */
const chordMeans = ({ state, isOver }: Situation): boolean =>
  isOver || isBefore(state) || state === 'stopped' || state === 'finishing';

/** The deeds of GO and LESS together; `atFirst`: where the session stood when the first of them came down. */
export function deedsOfChord(
  kind: 'joined' | 'together' | 'lessLong',
  now: Situation,
  atFirst: Situation,
): readonly Deed[] {
  if (kind === 'joined') return chordMeans(now) ? [] : [{ type: 'session.meaningless', what: 'together' }];
  if (now.state !== atFirst.state || now.isOver !== atFirst.isOver) return [];
  if (now.state === 'screening') return [{ type: kind === 'together' ? 'card.none' : 'card.caution' }];
  if (kind !== 'together') return [];
  if (now.isOver) return [{ type: 'session.again' }];
  if (now.state === 'preparation') return [{ type: 'session.start' }];
  return now.state === 'stopped' ? [{ type: 'session.afterStop', why: 'slip' }] : [];
}

/** What touch remembers from one word to the next. */
export type Memory = Readonly<{
  /** Where the session stood when each button last came down. */
  atPress: Readonly<Partial<Record<Button, Situation>>>;
  goAt: Ms | null;
}>;
export const nothingYet: Memory = { atPress: {}, goAt: null };

/** The deeds of a word, and what is to be remembered of it. */
export function deedsOf(word: Word, now: Situation, memory: Memory): readonly [readonly Deed[], Memory] {
  switch (word.type) {
    case 'takeBack':
      return [[{ type: 'session.takeBack', button: word.button, pressedAt: word.pressedAt }], memory];
    case 'underStop': {
      const atPress = { ...memory.atPress, [word.button]: now };
      return [[{ type: 'session.meaningless', what: 'underStop' }], { ...memory, atPress }];
    }
    case 'joined': {
      const atFirst = memory.atPress[word.first] ?? now;
      // For a chord it is the first finger that counts, whichever it was.
      const atPress = { ...memory.atPress, go: atFirst, less: atFirst };
      return [deedsOfChord('joined', now, atFirst), { ...memory, atPress }];
    }
    case 'chord':
      return [
        deedsOfChord(word.kind, now, memory.atPress[word.kind === 'together' ? 'go' : 'less'] ?? now),
        memory,
      ];
    case 'gesture': {
      const { button, kind, at } = word;
      const comesDown = kind === 'press' || kind === 'double';
      const atPress = kind === 'press' ? { ...memory.atPress, [button]: now } : memory.atPress;
      const sinceGoMs = memory.goAt === null ? Number.POSITIVE_INFINITY : at - memory.goAt;
      const deeds = deedsOfGesture(word, now, atPress[button] ?? now, sinceGoMs);
      return [deeds, { atPress, goAt: button === 'go' && comesDown ? at : memory.goAt }];
    }
  }
}

/** States in which no motor may run, or may be broken off, so that the light answers a press. */
const lightAnswers: ReadonlySet<string> = new Set([
  'preparation',
  'pausing',
  'halting',
  'paused',
  'stopped',
  'faulted',
]);

/** Whether the light answers what is held: no motor could, neither when it came down nor now. */
export const answersByLight = (now: Situation, atPress: Situation): boolean =>
  !now.isOver && lightAnswers.has(now.state) && lightAnswers.has(atPress.state);
