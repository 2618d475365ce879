/** What an emulated board is made of, and what whoever owns it is told. */
import type { ChipPlan, RetainedMemory } from './chip.ts';
import type { Execute } from './instructions.ts';
import type { PinPlaces } from './ports.ts';

/** Which board: its chip, and where the numbers of its pins lie on it. */
export type BoardPlan = Readonly<{ chip: ChipPlan; pins: PinPlaces }>;

/** What drives a pin from outside: a level, or nothing, where the pull-up decides (low where it is off). */
export type Drive = boolean | 'open';

/** How a board begins. */
export type BoardOptions = Readonly<{
  /** Of the noise in memory at power-on. */
  seed?: number;
  /** What the EEPROM holds; erased otherwise. */
  eeprom?: Uint8Array;
  /** What carries out its instructions, where they are compared with another's. @internal */
  execute?: Execute;
  /** What its memory holds from a run before, and why that ended. Switched on anew otherwise. @internal */
  kept?: RetainedMemory;
  /** Where it starts, in bytes: the beginning of its boot section, where its fuses say so. @internal */
  startsAt?: number;
}>;

/** How far a board has come, in ms since its power came on. */
export type Advance = Readonly<{
  nowMs: number;
  /** What the board has said: a chunk, complete at `nowMs`. */
  bytes?: Uint8Array;
}>;
