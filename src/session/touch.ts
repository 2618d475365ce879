/**
 * The buttons of a run: edges on their grid, what they say, and what that means where the session stands.
 *
 * All that decides is pure and stands in `machines/touch`; here it is called, and what hands have done is remembered.
 */
import {
  answersByLight,
  type Deed,
  deedsOf,
  nothingYet,
  type Situation,
} from '../../machines/touch/meaning.ts';
import type { Button, Ms } from '../../machines/vocabulary.ts';
import { Input } from './input.ts';

export type TouchPorts = Readonly<{
  /** Session time of the instant being handled. */
  now(): Ms;
  /** Where the session stands. */
  situation(): Situation;
  deed(deed: Deed): void;
}>;

export class Touch {
  readonly #ports: TouchPorts;
  readonly #input: Input;
  #memory = nothingYet;
  #isSuspended = false;
  /** Buttons that went down while they meant something else: neither that nor their release counts here. */
  readonly #elsewhere = new Set<Button>();

  constructor(ports: TouchPorts) {
    this.#ports = ports;
    this.#input = new Input(word => {
      const [deeds, memory] = deedsOf(word, ports.situation(), this.#memory);
      this.#memory = memory;
      for (const deed of deeds) ports.deed(deed);
    });
  }

  /** While somebody does something else with the board its buttons, all but STOP, mean nothing here. */
  suspend(isSuspended: boolean): void {
    this.#isSuspended = isSuspended;
  }
  get isSuspended(): boolean {
    return this.#isSuspended;
  }

  /** An edge, as it is seen. It counts at the next point of the input grid. */
  edge(button: Button, down: boolean): void {
    if (!this.#isElsewhere(button, down)) this.#input.edge(button, down, this.#ports.now());
  }

  /** What counts now; whether STOP is down after it. */
  due(): boolean {
    this.#input.due(this.#ports.now());
    return this.#input.isDown('stop');
  }

  next(): Ms | null {
    return this.#input.next();
  }

  /**
   * Where no motor may answer a press, the light does. In screening it comes on for what has counted; where it is
   * steady it goes out under the finger, unless the press was meant for the state before. Null: it does not answer.
   */
  lightAnswer(): boolean | null {
    const now = this.#ports.situation();
    if (now.state === 'screening') return this.#input.chordCounted ? true : null;
    const isAnswered = (['go', 'less', 'receiver'] as const).some(button => {
      const atPress = this.#memory.atPress[button];
      return atPress !== undefined && this.#input.isDown(button) && answersByLight(now, atPress);
    });
    return isAnswered ? false : null;
  }

  #isElsewhere(button: Button, down: boolean): boolean {
    if (button === 'stop') return false;
    if (down && this.#isSuspended) this.#elsewhere.add(button);
    else if (down) this.#elsewhere.delete(button);
    const is = this.#elsewhere.has(button);
    if (!down) this.#elsewhere.delete(button);
    return is;
  }
}
