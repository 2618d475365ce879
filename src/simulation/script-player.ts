/** Plays a script's steps on a run, in time and on states. */

import type { Intent } from '../../machines/intent.ts';
import { inputGridMs } from '../../machines/limits.ts';
import { pressureNow } from '../../machines/session.pressure.ts';
import { placeOf } from '../../machines/session.view.ts';
import type { Button, Ms, Side } from '../../machines/vocabulary.ts';
import type { Run } from '../session/run.ts';
import type { OutcomeLine } from '../session/run-listener.ts';
import type { Clock } from '../time/clock.ts';
import type { ScriptDeed, Step } from './script.ts';

/** What a script can do to the board of this run. */
export type BoardControls = Readonly<{
  button(button: Button, down: boolean): void;
  fault(deed: Extract<ScriptDeed, { kind: 'fault' }>): void;
}>;

/** Where a session stands, as a script can expect it. */
export type Standing = Readonly<{
  state: string;
  phase?: string | undefined;
  side?: Side | undefined;
  pressure?: number | null;
}>;

/** The session that a script is played on. */
export type PlayedSession = Readonly<{
  outcome(): OutcomeLine | null;
  now(): Ms;
  standing(): Standing;
  entered(listener: (state: string) => void): void;
  /** Within a moment of the session, where it has moments. */
  happen(happens: () => void): void;
  intend(intent: Intent): void;
  clockJumped(): void;
}>;

/** A run, as a script plays it. */
export const scriptedRun = (run: Run): PlayedSession => ({
  outcome: () => run.outcome,
  now: () => run.now(),
  standing: () => {
    const place = placeOf(run.snapshot);
    return {
      state: run.state,
      phase: place?.phase,
      side: place?.side,
      pressure: pressureNow(run.snapshot.context),
    };
  },
  entered: listener => {
    run.listen({ entered: listener });
  },
  happen: happens => run.agenda.happen(happens),
  intend: intent => run.intend(intent),
  clockJumped: () => run.fault('clockJumped'),
});

/** An expectation that did not hold or was never put to the test, or a script that goes round in circles. */
export class ScriptFault extends Error {}

/** More steps than this at one instant are a script that answers itself. */
const mostAtOnce = 100;
/** ... and more than this in one session is one that takes its time about it. */
const mostPlayed = 20_000;

/** An edge that was made on the grid has counted by then. */
const feltWithinMs = 2 * inputGridMs;

/** Faults after which the board starts anew, and how long it feels no finger then. */
const startsBoard: ReadonlySet<string> = new Set(['replug', 'boardReset', 'brownOut']);
const startMs = 100;
/** Timers run a millisecond late on a busy day. */
const lateFromMs = 3;
const mostTries = 3;

const meetsBoard = ({ deed }: Step): boolean => deed.kind === 'button' || deed.kind === 'fault';

export class ScriptPlayer {
  readonly #session: PlayedSession;
  readonly #clock: Clock;
  readonly #boardControls: BoardControls;
  readonly #steps: readonly Step[];
  readonly #seen = new Map<Step, number>();
  /** Expectations that were put to the test. */
  readonly #held = new Set<Step>();
  /** When the board was last made to start. */
  #startedAt: Ms = Number.NEGATIVE_INFINITY;
  /** When the last fault was. */
  #faultAt: Ms = Number.NEGATIVE_INFINITY;
  /** When each button was last moved. */
  readonly #movedAt = new Map<Button, Ms>();
  /** The last edge of any button: when it was made, and when it was meant to be. */
  #lastEdge: Readonly<Record<'at' | 'meant', Ms>> = {
    at: Number.NEGATIVE_INFINITY,
    meant: Number.NEGATIVE_INFINITY,
  };
  #waiting = 0;
  /** States are passed through in which nobody does anything. */
  #holds = false;
  #lastAt: Ms = -1;
  #atOnce = 0;
  #played = 0;

  constructor(session: PlayedSession, clock: Clock, steps: readonly Step[], boardControls: BoardControls) {
    this.#session = session;
    this.#clock = clock;
    this.#steps = steps;
    this.#boardControls = boardControls;
  }

  /** Steps that will still be played by time alone. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Whether a fault has ended the session that no step of the script has to do with. */
  get isCutShort(): boolean {
    return (
      this.#session.outcome()?.outcome === 'faulted' && !this.#steps.some(({ deed }) => deed.kind === 'fault')
    );
  }

  /**
   * What was expected and never put to the test, once all is over: a test that tested nothing. Null where there is none.
   * Steps behind the outcome are ignored, unless the session was cut short.
   */
  get untested(): string | null {
    const isCutShort = this.isCutShort;
    const step = this.#steps.find(
      one => one.deed.kind === 'expect' && (one.when.on !== undefined || isCutShort) && !this.#held.has(one),
    );
    if (!step) return null;
    const { on, nth, at } = step.when;
    if (on === undefined)
      return `step ${step.index}: what it expects at ${at} ms was never put to the test; a fault had ended the session (${this.#session.outcome()?.reason})`;
    return `step ${step.index}: what it expects on "${on}"${nth === undefined ? '' : `, time ${nth},`} was never put to the test`;
  }

  /** Begins to listen and to wait. Steps at 0 are played once the clock is asked to go on. */
  start(): void {
    this.#session.entered(state => this.#entered(state));
    for (const step of this.#steps) if (step.when.at !== undefined) this.#plan(step, step.when.at);
  }

  /** Until `release` states come and go unseen. */
  hold(): void {
    this.#holds = true;
  }
  /** Sees states again, the present one as if it had just been entered. */
  release(): void {
    this.#holds = false;
    this.#entered(this.#session.standing().state);
  }

  /** `meant`: when it was to be played before anything put it off. `tries`: how often a timer that came late has. */
  #plan(step: Step, at: Ms, tries = 0, meant: Ms = at): void {
    const planned = meetsBoard(step) ? Math.ceil(at / inputGridMs) * inputGridMs : at;
    this.#waiting += 1;
    this.#clock.at(planned, () => {
      this.#waiting -= 1;
      const now = this.#clock.now();
      // A real timer is late by a fraction; after a loop that stood still the grid is met anew. Where every timer is
      // late there is no use in waiting.
      if (meetsBoard(step) && now - planned >= lateFromMs && tries < mostTries) {
        this.#plan(step, now, tries + 1, meant);
        return;
      }
      const again = meetsBoard(step) ? this.#tooEarly(step, planned, meant) : null;
      if (again === null) this.#play(step);
      else this.#plan(step, again, 0, meant);
    });
  }

  /**
   * When to try again, or null where it is time. Buttons and faults meet the board on the grid on which their effects
   * are read, also after a stall of the loop; and whatever a finger does lasts one step of it, or no board would feel
   * it. A fault waits until what a finger or another fault has just done has been heard, and a finger until a board that starts can
   * feel it: how far either has come along the wire by then is not the script's affair.
   */
  #tooEarly({ deed }: Step, planned: Ms, meant: Ms): Ms | null {
    if (deed.kind === 'fault') {
      const felt = Math.max(this.#faultAt, ...this.#movedAt.values()) + feltWithinMs;
      if (felt > planned) return felt;
      this.#faultAt = planned;
      if (startsBoard.has(deed.fault)) this.#startedAt = planned;
    }
    if (deed.kind === 'button') {
      const free = Math.max(
        (this.#movedAt.get(deed.button) ?? Number.NEGATIVE_INFINITY) + inputGridMs,
        this.#startedAt + startMs,
      );
      if (free > planned) return free;
      // What a stall has heaped up comes one after the other, as fingers did it: of edges that were never together no
      // board can say which comes first.
      if (planned === this.#lastEdge.at && meant !== this.#lastEdge.meant) return planned + inputGridMs;
      this.#lastEdge = { at: planned, meant };
      this.#movedAt.set(deed.button, planned);
    }
    return null;
  }

  #entered(state: string): void {
    if (this.#holds) return;
    const short = state.split('.').at(-1) ?? state;
    for (const step of this.#steps) {
      const { on, nth, afterMs } = step.when;
      if (on !== state && on !== short) continue;
      const seen = (this.#seen.get(step) ?? 0) + 1;
      this.#seen.set(step, seen);
      if (nth !== undefined && nth !== seen) continue;
      const now = this.#session.now();
      const later = (afterMs ?? 0) > 0 || meetsBoard(step);
      if (later) this.#plan(step, now + (afterMs ?? 0));
      else this.#play(step);
    }
  }

  #play(step: Step): void {
    if (this.#session.outcome()) return;
    const now = this.#session.now();
    this.#atOnce = now === this.#lastAt ? this.#atOnce + 1 : 1;
    this.#lastAt = now;
    if (this.#atOnce > mostAtOnce)
      throw new ScriptFault(
        `step ${step.index}: more than ${mostAtOnce} steps at ${now} ms, the script answers itself`,
      );
    this.#played += 1;
    if (this.#played > mostPlayed)
      throw new ScriptFault(`step ${step.index}: more than ${mostPlayed} steps, the script answers itself`);
    const { deed } = step;
    if (deed.kind === 'intent') this.#session.intend(deed.intent);
    else if (deed.kind === 'button') this.#boardControls.button(deed.button, deed.down);
    else if (deed.kind === 'fault' && deed.fault === 'clockJump') this.#session.clockJumped();
    else if (deed.kind === 'fault') this.#boardControls.fault(deed);
    else this.#session.happen(() => this.#expect(step, deed));
  }

  #expect(step: Step, { expect }: Extract<ScriptDeed, { kind: 'expect' }>): void {
    this.#held.add(step);
    const found: Readonly<Record<string, unknown>> = this.#session.standing();
    const wanted = typeof expect === 'string' ? { state: expect } : expect;
    for (const [name, value] of Object.entries(wanted)) {
      const actual = found[name];
      const short = typeof actual === 'string' ? actual.split('.').at(-1) : actual;
      if (value !== actual && value !== short)
        throw new ScriptFault(
          `step ${step.index}: expected ${name} ${value} at ${this.#session.now()} ms, found ${actual ?? 'none'}`,
        );
    }
  }
}
