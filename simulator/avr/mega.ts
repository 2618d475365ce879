/** An Arduino Mega 2560: the board with room for a session of its own. */
import { atmega2560 } from './atmega2560.ts';
import type { BoardOptions } from './board-options.ts';
import { EmulatedBoard } from './emulated-board.ts';
import { pinsOfMega } from './ports.ts';

export class Mega extends EmulatedBoard {
  /** Switched on at 0 ms. Throws HexError where `hexText` is no hex file. */
  constructor(hexText: string, options: BoardOptions = {}) {
    super({ chip: atmega2560, pins: pinsOfMega }, hexText, options);
  }
}
