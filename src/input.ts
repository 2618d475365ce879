/**
 * From a driver's edges to gestures, on an absolute grid.
 *
 * An edge counts at the next grid point after it was seen. Between a pin and this place lie a tick of the firmware,
 * the wire and Johnny-Five's debounce, up to 15 ms together; the grid swallows that, so that a scripted press counts
 * at the same millisecond with a board and without. The firmware cuts the motors on STOP long before.
 */
import { type Actor, createActor } from 'xstate';
import { type Chord, chordMachine, hasCounted, nextChordDue } from '../machines/chord.ts';
import { type Gesture, gestureMachine, nextGestureDue } from '../machines/gesture.ts';
import { inputGridMs } from '../machines/limits.ts';
import { type Button, buttons, type Ms } from '../machines/vocabulary.ts';

type Edge = Readonly<{ button: Button; down: boolean; at: Ms }>;

/** More edges than this within one grid step are a broken contact: it pays for them itself, nobody else. */
const mostEdges = 64;

export const nextGridPoint = (at: Ms): Ms => (Math.floor(at / inputGridMs) + 1) * inputGridMs;

export class Input {
  readonly #actors: Readonly<Record<Button, Actor<typeof gestureMachine>>>;
  readonly #chord: Actor<typeof chordMachine>;
  #edges: Edge[] = [];
  /** What `next` has found; undefined once something has happened since. */
  #nextAt: Ms | null | undefined;

  constructor(tell: (gesture: Gesture) => void, tellChord: (chord: Chord) => void = () => {}) {
    this.#chord = createActor(chordMachine);
    this.#chord.on('chord', tellChord);
    this.#chord.start();
    const actorOf = (button: Button) => {
      const actor = createActor(gestureMachine, { input: { button } });
      actor.on('gesture', tell);
      return actor.start();
    };
    this.#actors = {
      go: actorOf('go'),
      less: actorOf('less'),
      stop: actorOf('stop'),
      receiver: actorOf('receiver'),
    };
  }

  /** Takes an edge as it is seen. */
  edge(button: Button, down: boolean, at: Ms): void {
    const before = this.#edges.findLast(edge => edge.button === button)?.down ?? this.isDown(button);
    if (down === before) return;
    if (this.#edges.length >= mostEdges) this.#edges.splice(this.#busiest(), 1);
    this.#edges.push({ button, down, at });
    this.#nextAt = undefined;
  }

  /** Where the first edge of the button with the most edges stands: that button has others, of both kinds. */
  #busiest(): number {
    const count = (button: Button): number => this.#edges.filter(edge => edge.button === button).length;
    const busiest = buttons.toSorted((one, other) => count(other) - count(one))[0];
    return this.#edges.findIndex(edge => edge.button === busiest);
  }

  /** Whether a button is down, as far as its edges have counted. */
  isDown(button: Button): boolean {
    return this.#actors[button].getSnapshot().matches('down');
  }

  /** Whether GO and LESS together, or LESS alone, have been held long enough to count. */
  get chordCounted(): boolean {
    return hasCounted(this.#chord.getSnapshot());
  }

  /** When this wants to be called: the next grid point while edges wait, or the end of a hold. */
  next(): Ms | null {
    if (this.#nextAt === undefined) this.#nextAt = this.#soonest();
    return this.#nextAt;
  }

  #soonest(): Ms | null {
    const first = this.#edges[0];
    let next = first ? nextGridPoint(first.at) : null;
    const chord = nextChordDue(this.#chord.getSnapshot());
    if (chord !== null && (next === null || chord < next)) next = chord;
    for (const button of buttons) {
      const due = nextGestureDue(this.#actors[button].getSnapshot());
      if (due !== null && (next === null || due < next)) next = due;
    }
    return next;
  }

  /** Handles what counts at `at`: STOP before anything else, whatever order the wire had. */
  due(at: Ms): void {
    const counting = this.#edges.filter(edge => nextGridPoint(edge.at) <= at);
    this.#edges = this.#edges.filter(edge => nextGridPoint(edge.at) > at);
    const rank = ({ button }: Edge): number => (button === 'stop' ? -1 : buttons.indexOf(button));
    for (const { button, down } of counting.toSorted((one, other) => rank(one) - rank(other))) {
      this.#actors[button].send({ type: down ? 'edge.down' : 'edge.up', at });
      if (button === 'go' || button === 'less')
        this.#chord.send({ type: `${button}.${down ? 'down' : 'up'}`, at });
    }
    for (const button of buttons) this.#actors[button].send({ type: 'due', at });
    this.#chord.send({ type: 'due', at });
    this.#nextAt = undefined;
  }
}
