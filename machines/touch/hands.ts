/**
 * All buttons in one hand: from edges to words.
 *
 * Two buttons are one gesture. While GO and LESS are both down neither is a press or a hold of its own, wherever the
 * session stands; what the first of them did less than 300 ms ago is taken back. With STOP down only STOP counts, and
 * what was held when it came means nothing until it has been let go.
 *
 * Pure. At one moment STOP comes first, then what had been held long enough, then the other edges: what was let go
 * exactly at its limit had reached it.
 */
import { initialTransition } from 'xstate';
import {
  type Chord,
  type ChordEvent,
  type ChordSnapshot,
  chordMachine,
  hasCounted,
  nextChordDue,
} from '../chord.ts';
import {
  type Gesture,
  type GestureEvent,
  type GestureSnapshot,
  gestureMachine,
  isHeld,
  isOwn,
  nextGestureDue,
} from '../gesture.ts';
import { sessionLimits } from '../limits.ts';
import { stepOf } from '../steps.ts';
import { type Button, buttons, type Ms } from '../vocabulary.ts';

/** A button that went down or up; before anybody has judged it. */
export type Edge = Readonly<{ button: Button; down: boolean }>;

/**
 * What hands have said. `joined`: GO and LESS are both down from now on. `takeBack`: what this button has just done
 * was not meant. `underStop`: it was pressed while STOP is down.
 */
export type Word =
  | Gesture
  | Chord
  | Readonly<{ type: 'joined'; first: 'go' | 'less'; at: Ms }>
  | Readonly<{ type: 'takeBack'; button: 'go' | 'less'; pressedAt: Ms; at: Ms }>
  | Readonly<{ type: 'underStop'; button: Button; at: Ms }>;

/** How the buttons of one hand stand. A value: `felt` gives the next one. */
export type Hands = Readonly<{
  fingers: Readonly<Record<Button, GestureSnapshot>>;
  chord: ChordSnapshot;
}>;

/** No finger on any button. */
export function restingHands(): Hands {
  const finger = (button: Button): GestureSnapshot => initialTransition(gestureMachine, { button })[0];
  return {
    fingers: { go: finger('go'), less: finger('less'), stop: finger('stop'), receiver: finger('receiver') },
    chord: initialTransition(chordMachine)[0],
  };
}

type Told = Readonly<{ type: string; params?: unknown }>;
const emittedBy = (actions: readonly Told[]): readonly Word[] =>
  actions.flatMap(({ type, params }) =>
    type === 'xstate.emit' ? [(params as Readonly<{ event: Word }>).event] : [],
  );

/** One moment of a hand: the words of it, in order. */
class Moment {
  readonly words: Word[] = [];
  readonly #fingers: Record<Button, GestureSnapshot>;
  #chord: ChordSnapshot;
  readonly #at: Ms;

  constructor({ fingers, chord }: Hands, at: Ms) {
    this.#fingers = { ...fingers };
    this.#chord = chord;
    this.#at = at;
  }

  get hands(): Hands {
    return { fingers: this.#fingers, chord: this.#chord };
  }

  edge({ button, down }: Edge): void {
    if (button === 'stop') this.#stop(down);
    else if (!down) this.#release(button);
    else if (this.#fingers.stop.matches('down')) this.#underStop(button);
    else if (button === 'receiver') this.#finger(button, 'edge.down');
    else this.#press(button);
  }

  due(): void {
    for (const button of buttons) {
      const due = nextGestureDue(this.#fingers[button]);
      if (due !== null && due <= this.#at) this.#finger(button, 'due');
    }
    const due = nextChordDue(this.#chord);
    if (due !== null && due <= this.#at) this.#both('due');
  }

  /** GO or LESS goes down: alone, or to the other. */
  #press(button: 'go' | 'less'): void {
    const first = button === 'go' ? 'less' : 'go';
    const other = this.#fingers[first];
    // Bounced beside the other, it has joined it already.
    const isAnew = !isHeld(this.#fingers[button], this.#at);
    const isJoined = isHeld(other, this.#at);
    if (isJoined && (isAnew || isOwn(other))) {
      const at = this.#at;
      const pressedAt = other.context.downAt;
      const isRecent = isOwn(other) && at - pressedAt < sessionLimits.takeBackMs;
      if (isRecent) this.words.push({ type: 'takeBack', button: first, pressedAt, at });
      this.words.push({ type: 'joined', first, at });
      this.#finger(first, 'joined');
    }
    this.#finger(button, isJoined ? 'edge.blocked' : 'edge.down');
    this.#both(`${button}.down`);
  }

  #release(button: Exclude<Button, 'stop'>): void {
    this.#finger(button, 'edge.up');
    if (button !== 'receiver') this.#both(`${button}.up`);
  }

  #stop(down: boolean): void {
    this.#finger('stop', down ? 'edge.down' : 'edge.up');
    if (!down) return;
    for (const button of buttons) if (button !== 'stop') this.#finger(button, 'joined');
    this.#both('spoiled');
  }

  #underStop(button: Exclude<Button, 'stop'>): void {
    const isAnew = !isHeld(this.#fingers[button], this.#at);
    this.#finger(button, 'edge.blocked');
    if (isAnew) this.words.push({ type: 'underStop', button, at: this.#at });
  }

  #finger(button: Button, type: GestureEvent['type']): void {
    const [next, actions] = stepOf(gestureMachine, this.#fingers[button], { type, at: this.#at });
    this.#fingers[button] = next;
    this.words.push(...emittedBy(actions));
  }

  #both(type: ChordEvent['type']): void {
    const [next, actions] = stepOf(chordMachine, this.#chord, { type, at: this.#at });
    this.#chord = next;
    this.words.push(...emittedBy(actions));
  }
}

/** What a hand has said once these edges have counted at `at`, in the order that they came, and all that is due. */
export function felt(hands: Hands, edges: readonly Edge[], at: Ms): readonly [Hands, readonly Word[]] {
  const moment = new Moment(hands, at);
  for (const edge of edges) if (edge.button === 'stop') moment.edge(edge);
  moment.due();
  for (const edge of edges) if (edge.button !== 'stop') moment.edge(edge);
  return [moment.hands, moment.words];
}

/** When something that is held has been held long enough, or something let go has surely been; null: never. */
export function nextTouchDue({ fingers, chord }: Hands): Ms | null {
  let next = nextChordDue(chord);
  for (const button of buttons) {
    const due = nextGestureDue(fingers[button]);
    if (due !== null && (next === null || due < next)) next = due;
  }
  return next;
}

export const isDown = ({ fingers }: Hands, button: Button): boolean => fingers[button].matches('down');

/** Whether GO and LESS together, or LESS alone, have been held long enough to count. */
export const chordCounted = ({ chord }: Hands): boolean => hasCounted(chord);
