/**
 * A person without a screen: knows the printed card and the cue table, holds an emulated board, and has nothing but
 * what its motors are felt as, its one light, and its buttons.
 *
 * What is felt goes through the motor model; which cue it was is told from the felt pattern alone, the nearest one in
 * the table. Time goes on only as the board's does.
 */
import { uno as pins } from '../../hardware/pins.ts';
import { type FeltPattern, feltDistance, feltPattern, merged } from '../../machines/cues/distance.ts';
import { expand } from '../../machines/cues/expand.ts';
import { cues } from '../../machines/cues/library.ts';
import {
  coinMotor,
  type DriveStretch,
  type DutyStep,
  feltStretches,
} from '../../machines/cues/motor-model.ts';
import { type Button, type CueId, cueIds, type Motor, type Ms, motors } from '../../machines/vocabulary.ts';
import type { Uno } from '../../simulator/avr/uno.ts';
import type { Clock } from '../../src/time/clock.ts';

/** A cue as a hand has felt it. */
export type FeltCue = Readonly<{ cue: CueId; from: Motor; fromMs: Ms; untilMs: Ms; distance: number }>;

/** Silence after which a cue is over: longer than the pauses within one, shorter than those between two. */
const overMs: Ms = 255;
/** A burst is one only once it has lasted: so long after the silence nothing more can belong to the cue. */
const sureMs: Ms = overMs + coinMotor.feltMs + 20;
/** How often a hand asks itself whether that was all; and how often while it feels nothing, which is soon enough for that. */
const askedMs: Ms = 20;
const calmMs: Ms = 200;
/** How far back a hand remembers. */
const rememberedMs: Ms = 8000;
/** From feeling something to a finger's answer. */
const reactionMs: Ms = 350;
const pressMs: Ms = 140;

const known: readonly Readonly<{ cue: CueId; from: Motor; apart: FeltPattern }>[] = cueIds.flatMap(cue =>
  motors.map(from => ({ cue, from, apart: feltPattern(expand(cues[cue], 0, from)).apart })),
);

export class PersonByTouch {
  lit = false;
  /** Every cue felt so far. */
  readonly cues: FeltCue[] = [];
  readonly #clock: Clock;
  readonly #press: (button: Button, down: boolean) => void;
  readonly #steps: Record<Motor, DutyStep[]> = { left: [], right: [] };
  #feltUntil: Ms = 0;
  /** Nothing is under way of which a cue may yet come. */
  #isCalm = false;

  constructor(clock: Clock, press: (button: Button, down: boolean) => void) {
    this.#clock = clock;
    this.#press = press;
  }

  /** Holds this board. */
  hold(uno: Uno): void {
    uno.scope.subscribe(event => {
      if (event.type === 'level') this.lit = event.high;
      for (const motor of motors)
        if (event.type === 'duty' && event.pin === pins[motor]) this.drives(motor, event.duty, event.atMs);
    });
  }

  /** A motor is driven so from then on, by this person's clock. */
  drives(motor: Motor, duty: number, atMs: Ms): void {
    this.#steps[motor].push({ atMs, duty });
  }

  wait(ms: Ms): Promise<void> {
    return new Promise(resolve => this.#clock.at(this.#clock.now() + ms, resolve));
  }

  async press(button: Button, forMs = pressMs): Promise<void> {
    this.#press(button, true);
    await this.wait(forMs);
    this.#press(button, false);
    await this.wait(pressMs);
  }

  /** Several buttons, down together for so long. */
  async pressTogether(buttons: readonly Button[], forMs: Ms): Promise<void> {
    for (const button of buttons) this.#press(button, true);
    await this.wait(forMs);
    for (const button of buttons) this.#press(button, false);
    await this.wait(pressMs);
  }

  /** Holds some buttons until the light says that it has counted; at most so long. */
  async holdUntilLit(buttons: readonly Button[], mostMs: Ms = 6000): Promise<Ms> {
    const began = this.#clock.now();
    for (const button of buttons) this.#press(button, true);
    while (!this.lit && this.#clock.now() - began < mostMs) await this.wait(20);
    const tookMs = this.#clock.now() - began;
    await this.wait(200);
    for (const button of buttons) this.#press(button, false);
    await this.wait(500);
    return tookMs;
  }

  /** The next whole cue that is felt. */
  async feel(mostMs: Ms): Promise<FeltCue | null> {
    const end = this.#clock.now() + mostMs;
    while (this.#clock.now() < end) {
      const cue = this.#feltNow();
      if (cue) {
        this.cues.push(cue);
        return cue;
      }
      await this.wait(this.#isCalm ? Math.min(calmMs, end - this.#clock.now()) : askedMs);
    }
    return null;
  }

  async react(): Promise<void> {
    await this.wait(reactionMs);
  }

  /** The earliest cue after the last one that is over by now. */
  #feltNow(): FeltCue | null {
    const now = this.#clock.now();
    const apart = motors.map(motor => {
      const recent = this.#steps[motor].filter(({ atMs }) => atMs > now - rememberedMs);
      return feltStretches(recent, now).filter(({ fromMs }) => fromMs > this.#feltUntil);
    });
    const bursts = merged(apart.flat());
    this.#isCalm = bursts.length === 0 && motors.every(motor => (this.#steps[motor].at(-1)?.duty ?? 0) === 0);
    const group: DriveStretch[] = [];
    for (const burst of bursts) {
      const last = group.at(-1);
      if (last && burst.fromMs - last.untilMs > overMs) break;
      group.push(burst);
    }
    const [first] = group;
    const last = group.at(-1);
    if (!first || !last || now - last.untilMs <= sureMs) return null;
    this.#feltUntil = last.untilMs;
    const own = apart.map(list => list.filter(({ fromMs }) => fromMs < last.untilMs));
    const likely = known
      .map(({ cue, from, apart: pattern }) => ({ cue, from, distance: feltDistance(own, pattern) }))
      .toSorted((one, other) => one.distance - other.distance)[0];
    if (!likely) throw new Error('nobody knows any cue');
    return { ...likely, fromMs: first.fromMs, untilMs: last.untilMs };
  }
}
