/**
 * From a driver's edges to what hands say, on an absolute grid.
 *
 * An edge counts at the next grid point after it was seen. Between a pin and this place lie a tick of the firmware,
 * the wire and Johnny-Five's debounce, up to 15 ms together; the grid swallows that, so that a scripted press counts
 * at the same millisecond with a board and without. The firmware cuts the motors on STOP long before.
 */
import { inputGridMs } from '../../machines/limits.ts';
import {
  chordCounted,
  felt,
  type Hands,
  isDown,
  nextTouchDue,
  restingHands,
  type Word,
} from '../../machines/touch/hands.ts';
import { type Button, buttons, type Ms } from '../../machines/vocabulary.ts';

type SeenEdge = Readonly<{ button: Button; down: boolean; at: Ms }>;

/** More edges than this within one grid step are a broken contact: it pays for them itself, nobody else. */
const mostEdges = 64;

export const nextGridPoint = (at: Ms): Ms => (Math.floor(at / inputGridMs) + 1) * inputGridMs;

export class Input {
  readonly #tell: (word: Word) => void;
  #hands: Hands = restingHands();
  #edges: SeenEdge[] = [];
  /** What `next` has found; undefined once something has happened since. */
  #nextAt: Ms | null | undefined;

  constructor(tell: (word: Word) => void) {
    this.#tell = tell;
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
    return isDown(this.#hands, button);
  }

  /** Whether GO and LESS together, or LESS alone, have been held long enough to count. */
  get chordCounted(): boolean {
    return chordCounted(this.#hands);
  }

  /** When this wants to be called: the next grid point while edges wait, or the end of a hold. */
  next(): Ms | null {
    if (this.#nextAt === undefined) this.#nextAt = this.#soonest();
    return this.#nextAt;
  }

  #soonest(): Ms | null {
    const [first] = this.#edges;
    const held = nextTouchDue(this.#hands);
    if (!first) return held;
    const at = nextGridPoint(first.at);
    return held === null ? at : Math.min(at, held);
  }

  /** Handles what counts at `at`. */
  due(at: Ms): void {
    const counting = this.#edges.filter(edge => nextGridPoint(edge.at) <= at);
    this.#edges = this.#edges.filter(edge => nextGridPoint(edge.at) > at);
    const [hands, words] = felt(this.#hands, counting, at);
    this.#hands = hands;
    this.#nextAt = undefined;
    for (const word of words) this.#tell(word);
  }
}
