/** An Arduino Uno, or a Nano: the same chip behind the same numbers. */
import { atmega328p } from './atmega328p.ts';
import type { BoardOptions } from './board-options.ts';
import { EmulatedBoard } from './emulated-board.ts';
import { pinsOfUno } from './ports.ts';

export type { Drive } from './board-options.ts';
export type { ResetCause } from './emulated-board.ts';
export { clockHz, pwmPeriodCycles } from './emulated-board.ts';

/** An Uno or a Nano. It stands still until somebody lets it run: `advanceTo`, `run`, or a transport. */
export class Uno extends EmulatedBoard {
  /** Switched on at 0 ms. Throws HexError where `hexText` is no hex file. */
  constructor(hexText: string, options: BoardOptions = {}) {
    super({ chip: atmega328p, pins: pinsOfUno }, hexText, options);
  }
}
