/** What is said of a connection to a broker, to whoever sits by the device: each change once, and no flicker. */
import type { Ms } from '../../machines/vocabulary.ts';
import type { Cancel, Clock } from '../time/clock.ts';
import type { Loss } from './losses.ts';

/** What is to be said, each word a sentence of the catalogue. `code`: the system's word, or the broker's number. */
export type BrokerSaid = Readonly<{
  word:
    | Exclude<Loss['why'], 'closed' | 'oldProtocol'>
    | 'connected'
    | 'connectedOld'
    | 'lost'
    | 'noStop'
    | 'notTaken'
    | 'staleStop'
    | 'unsteady'
    | 'dropped';
  code: string;
}>;
type Word = BrokerSaid['word'];

/** A loss that is mended by then is nobody's concern. */
const saidAfterMs: Ms = 3000;
/** So many that did not hold, one after the other, are no chance: two devices of one name send each other away. */
const mostBrief = 3;

/** What is said of a connection that stands, or has. */
const wasThere = new Set<Word>(['connected', 'connectedOld', 'lost']);

export class ConnectionTeller {
  readonly #clock: Clock;
  readonly #say: (said: BrokerSaid) => void;
  /** Says that it is lost, unless it is back before; null where nothing is about to be said. */
  #saying: Cancel | null = null;
  /** How it was said to stand last; null before anything was. */
  #is: Word | null = null;
  readonly #once = new Set<Word>();
  /** Connections since the last one that held. */
  #brief = 0;

  constructor(clock: Clock, say: (said: BrokerSaid) => void) {
    this.#clock = clock;
    this.#say = say;
  }

  connected(version: 4 | 5): void {
    this.#rest();
    // Each outage drops events of its own.
    this.#once.delete('dropped');
    this.#become(version === 5 ? 'connected' : 'connectedOld', '');
  }

  /** A connection has stood for so long that its loss counts as a new one. */
  holds(): void {
    this.#brief = 0;
  }

  lost({ why, code }: Loss): void {
    // Not every broker says why it ends one.
    if (why === 'closed') this.#brief += 1;
    if (this.#brief >= mostBrief) this.once('unsteady');
    // What was there a moment ago and does not answer now is lost, whatever the system calls it.
    const isGone = why === 'closed' || (why === 'unreachable' && this.#is !== null && wasThere.has(this.#is));
    if (isGone)
      this.#saying ??= this.#clock.at(this.#clock.now() + saidAfterMs, () => {
        this.#saying = null;
        this.#become('lost', code);
      });
    else {
      this.#rest();
      this.#become(why === 'oldProtocol' ? 'refused' : why, code);
    }
  }

  once(word: Word, code = ''): void {
    if (this.#once.has(word)) return;
    this.#once.add(word);
    this.#say({ word, code });
  }

  close(): void {
    this.#rest();
  }

  #rest(): void {
    this.#saying?.();
    this.#saying = null;
  }

  #become(word: Word, code: string): void {
    if (this.#is === word) return;
    this.#is = word;
    this.#say({ word, code });
  }
}
