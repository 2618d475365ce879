/**
 * What is soldered round the chip, as far as its converter can tell: the supply, the master switch, each motor's path,
 * and the resistor from its drain to the pin that looks at it. Argued from the schematic; nobody has measured one.
 */
import { PinState } from 'avr8js';
import { drains, uno as pins } from '../../hardware/pins.ts';
import { type Motor, motors } from '../../machines/vocabulary.ts';
import { bandgapInput } from './converter.ts';

/**
 * `whole`, as it should be; `shorted`, the transistor conducts whatever its gate says; `torn`, the motor's wire is off;
 * `noFeedback`, nothing leads from the drain to the pin, as on boards of the first edition.
 */
export const motorPaths = ['whole', 'shorted', 'torn', 'noFeedback'] as const;
export type MotorPath = (typeof motorPaths)[number];

/** What a chip's own pull-up is worth, in the middle of 20 to 50 kΩ (datasheet 28.2), and the resistor against it. */
const pullUpOhm = 35_000;
const feedbackOhm = 100_000;
const bandgapMv = 1100;
/** A shorted transistor is some ohms under a motor of some forty. */
const shortedShare = 0.05;
const firstAnalogPin = 14;

export class Copper {
  supplyMv = 5000;
  /** S0. */
  masterSwitchClosed = true;
  readonly paths: Record<Motor, MotorPath> = { left: 'whole', right: 'whole' };
  /** What a pin that hangs in the air was left at. The worst until something has driven it. */
  readonly #heldMv: Record<Motor, number> = { left: 5000, right: 5000 };
  readonly #stateOf: (pin: number) => PinState;

  constructor(stateOf: (pin: number) => PinState) {
    this.#stateOf = stateOf;
  }

  /** A pin has changed what it does. */
  follow(): void {
    for (const motor of motors) {
      const state = this.#stateOf(drains[motor]);
      if (state === PinState.Low) this.#heldMv[motor] = 0;
      if (state === PinState.High || state === PinState.InputPullUp) this.#heldMv[motor] = this.supplyMv;
    }
  }

  mvAt(input: number): number {
    if (input === bandgapInput) return bandgapMv;
    const motor = motors.find(name => drains[name] === firstAnalogPin + input);
    if (motor === undefined) return 0;
    const state = this.#stateOf(drains[motor]);
    if (state === PinState.Low) return 0;
    if (state === PinState.High) return this.supplyMv;
    if (this.paths[motor] === 'noFeedback') return this.#heldMv[motor];
    const drainMv = this.#drainMv(motor);
    if (state !== PinState.InputPullUp) return drainMv;
    return drainMv + ((this.supplyMv - drainMv) * feedbackOhm) / (feedbackOhm + pullUpOhm);
  }

  #drainMv(motor: Motor): number {
    // The resistor to ground takes along what nothing else holds.
    if (!this.masterSwitchClosed || this.paths[motor] === 'torn') return 0;
    if (this.paths[motor] === 'shorted') return this.supplyMv * shortedShare;
    return this.#stateOf(pins[motor]) === PinState.High ? 0 : this.supplyMv;
  }
}
