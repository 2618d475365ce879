/**
 * Lets a lock-stepped stage follow the wall: at its pace, faster, slower, event by event, or not at all.
 *
 * Within the stage all time is virtual, so nothing that happens there depends on how fast this machine is; only when
 * it can be seen does. Time that cannot be kept up with is not made up for: the pace falls, and that is told. Where
 * nobody was there to keep up at all, as in a tab that its browser froze, the session meets a stalled loop: the board
 * hears nothing, lets go by itself, and hands wait at their place for a person.
 */

import type { Intent } from '../../../machines/intent.ts';
import type { PreparationStep } from '../../../machines/session.lists.ts';
import { isMoving } from '../../../machines/session.states.ts';
import { placeOf } from '../../../machines/session.view.ts';
import type { TimeSteering } from '../../../src/history/keeper.ts';
import type { TelemetryBuffer, TimeWheel } from '../../../src/server/telemetry.ts';
import type { Sessions } from '../../../src/session/sessions.ts';
import type { Stage } from '../../../src/simulation/simulate.ts';
import { AskedPace } from './asked-pace.ts';
import { Standstill } from './standstill.ts';

/**
 * Real time: the stage has put its own beneath the usual names by now. `now` never goes back, and may stand while the
 * machine sleeps; `wall` is the time of day. Both in ms.
 */
export type RealTime = Readonly<{ now(): number; wall(): number; after(ms: number, run: () => void): void }>;

/** As long as a page may wait for an answer to what it says. */
const sliceMs = 12;
const restMs = 4;
/** From one step to the next event at most; then there is none to come by itself. */
const longestStepMs = 600_000;
const rateWindowMs = 1000;
/** A jump that takes more than this many intents leads nowhere. */
const mostLed = 2000;

export class PacedStage implements TimeWheel, TimeSteering {
  rate = 1;
  reachedRate = 1;
  readonly #stage: Stage;
  #sessions: Sessions | null = null;
  readonly #bench: TelemetryBuffer;
  readonly #real: RealTime;
  readonly #pace = new AskedPace();
  readonly #standstill = new Standstill();
  readonly #stall: () => void;
  readonly #queue: (() => void)[] = [];
  #origin = { real: 0, session: 0 };
  #window = { real: 0, session: 0 };
  #events = 0;
  #stepping: Readonly<{ events: number; until: number }> | null = null;
  #target: string | null = null;
  #led = 0;
  #steered: () => void = () => {};

  /** `stall` has the session and its board meet a loop that stood still. */
  constructor(stage: Stage, bench: TelemetryBuffer, real: RealTime, stall: () => void) {
    this.#stage = stage;
    this.#stall = stall;
    this.#bench = bench;
    this.#real = real;
    this.#rebase();
  }

  /** Something has happened that a step may stop at. */
  noteEvent(): void {
    this.#events += 1;
  }

  /** What a page said: handled between two slices, when time stands. */
  soon(run: () => void): void {
    this.#queue.push(run);
  }

  get isSteered(): boolean {
    return this.rate !== 1 || this.#target !== null;
  }

  onSteered(steered: () => void): void {
    this.#steered = steered;
  }

  get resumesRate(): number | null {
    return this.#pace.resumes;
  }

  setRate(rate: number): void {
    this.#pace.chosen();
    this.#apply(rate);
  }

  #apply(rate: number): void {
    this.rate = rate;
    this.#stepping = null;
    this.#rebase();
    this.#window = this.#origin;
    this.reachedRate = rate;
    if (this.isSteered) this.#steered();
  }

  step(): void {
    this.setRate(0);
    this.#stepping = { events: this.#events, until: this.#stage.clock.now() + longestStepMs };
  }

  jump(phase: string): boolean {
    const run = this.#sessions?.run;
    if (!run || run.outcome) return false;
    const { context } = run.snapshot;
    const isAhead = context.passes.some(
      (pass, index) => pass.phase === phase && (context.startedAt === null || index > context.passIndex),
    );
    if (!isAhead) return false;
    this.#target = phase;
    this.#led = 0;
    this.#steered();
    return true;
  }

  /** Runs for as long as the worker lives; `told` comes after each slice, when there may be something to show. */
  async run(sessions: Sessions, told: () => void): Promise<never> {
    this.#sessions = sessions;
    this.#rebase();
    for (;;) {
      this.#lookForStandstill();
      const rest = await this.#slice();
      for (const run of this.#queue.splice(0)) run();
      told();
      await new Promise<void>(resolve => this.#real.after(rest ? restMs : 0, resolve));
    }
  }

  /** Where time stands, or goes in steps, nothing was to be kept up with. */
  #lookForStandstill(): void {
    const stoodStill = this.#standstill.turn(this.#real.now(), this.#real.wall());
    if (!stoodStill || this.rate === 0) return;
    this.#rebase();
    if (this.#sessions?.run.snapshot.hasTag('engaged')) this.#stall();
  }

  /** True where there is nothing more to do just now. */
  async #slice(): Promise<boolean> {
    const { clock } = this.#stage;
    const ends = this.#real.now() + sliceMs;
    const before = clock.now();
    if (this.#target !== null) {
      while (this.#target !== null && this.#real.now() < ends) {
        this.#lead();
        await this.#goTo(clock.now() + 20, ends);
      }
      this.#rebase();
    } else if (this.#stepping) {
      const { events, until } = this.#stepping;
      while (this.#events === events && clock.now() < until && this.#real.now() < ends) await this.#hop();
      if (this.#events !== events || clock.now() >= until) this.#stepping = null;
      this.#rebase();
    } else if (this.rate > 0) {
      const target = Math.floor(this.#origin.session + (this.#real.now() - this.#origin.real) * this.rate);
      await this.#goTo(target, ends);
      if (this.rate > 0 && clock.now() < target) this.#rebase();
    }
    this.#noteRate(before);
    return this.#real.now() < ends;
  }

  /** Runs on to a moment, or for as long as the slice lasts. */
  async #goTo(target: number, ends: number): Promise<void> {
    const { clock } = this.#stage;
    if (target <= clock.now()) return;
    // The board's time goes on between deadlines too.
    clock.at(target, () => {});
    while (clock.now() < target && this.#real.now() < ends) {
      await this.#hop();
      if (this.#isSlowedNow()) return;
    }
  }

  /** Whether something is asked from here on, so that time goes slower; or no longer, so that it goes on as before. */
  #isSlowedNow(): boolean {
    const run = this.#sessions?.run;
    if (!run || this.#target !== null) return false;
    const rate = this.#pace.follow(run.state, this.rate);
    if (rate === this.rate) return false;
    this.#apply(rate);
    return true;
  }

  async #hop(): Promise<void> {
    const went = this.#stage.hop();
    if (went instanceof Promise) await went;
  }

  #rebase(): void {
    this.#origin = { real: this.#real.now(), session: this.#stage.clock.now() };
  }

  #noteRate(before: number): void {
    const now = { real: this.#real.now(), session: this.#stage.clock.now() };
    const realMs = now.real - this.#window.real;
    if (realMs < rateWindowMs) {
      if (this.#window.real === 0) this.#window = { real: now.real, session: before };
      return;
    }
    this.reachedRate = (now.session - this.#window.session) / realMs;
    this.#window = now;
  }

  #intend(intent: Intent): void {
    this.#bench.deed(intent);
    this.#sessions?.run.intend(intent);
  }

  /** One thing that leads towards the phase that is jumped to, as a person would do it. */
  #lead(): void {
    const run = this.#sessions?.run;
    if (!run) return;
    const { state } = run;
    this.#led += 1;
    if ((isMoving(state) && placeOf(run.snapshot)?.phase === this.#target) || this.#led > mostLed) {
      this.#target = null;
    } else if (state === 'screening') this.#intend({ intent: 'screen', complaint: true, others: 'no' });
    else if (state === 'preparation') this.#prepare(run.snapshot.context.steps);
    else if (state === 'transition') this.#intend({ intent: 'go' });
    else if (state === 'paused') this.#intend({ intent: 'resume' });
    else if (isMoving(state)) this.#intend({ intent: 'next' });
    else if (state !== 'pausing' && state !== 'halting') this.#target = null;
  }

  #prepare([step]: readonly PreparationStep[]): void {
    if (step === undefined) this.#intend({ intent: 'start' });
    else if (step === 'baseline') this.#intend({ intent: 'baseline', local: 0, leg: 0 });
    else if (step === 'places') this.#intend({ intent: 'leaveOut', zones: [] });
    // Nobody can be there to try it: a phase is jumped to without the receiver's stop.
    else if (step !== 'receiver') this.#intend({ intent: 'confirm', step });
    else this.#target = null;
  }
}
