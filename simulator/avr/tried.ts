/**
 * An emulated board whose STOP somebody has tried: as a board is that has been in use since its power came on. Its
 * switch is known to be good, so those who only emulate are not asked for the press that the firmware wants first.
 */

import type { BoardOptions } from './board-options.ts';
import type { RetainedMemory } from './chip.ts';
import type { EmulatedBoard } from './emulated-board.ts';
import { Mega } from './mega.ts';
import { Uno } from './uno.ts';

/** The firmware wants to see it released, pressed and released again; it hears nothing within its first 15 ms. */
const restMs = 50;
const pressMs = 10;

type Made = Readonly<{
  hexText: string;
  seed: number | undefined;
  eeprom: Uint8Array;
  kept: RetainedMemory;
}>;

/** Boards of one kind, each as if somebody had tried it. What the newest began from: most are made again with the same. */
function tried<Board extends EmulatedBoard>(
  kind: new (hexText: string, options?: BoardOptions) => Board,
): (hexText: string, options?: BoardOptions) => Board {
  let newest: Made | null = null;
  return (hexText, options = {}) => {
    const { seed } = options;
    if (newest && !options.eeprom && newest.hexText === hexText && newest.seed === seed)
      return new kind(hexText, { ...options, eeprom: newest.eeprom, kept: newest.kept });
    const before = new kind(hexText, options);
    before.run(restMs);
    before.press('stop');
    before.run(restMs + pressMs);
    before.release('stop');
    before.run(restMs + pressMs + restMs);
    const { eeprom } = before;
    const kept = before.chip.keep('external');
    newest = options.eeprom ? newest : { hexText, seed, eeprom, kept };
    return new kind(hexText, { ...options, eeprom, kept });
  };
}

/**
 * An Uno whose STOP has been tried already, which the shipped firmware wants before it lets anybody arm it. Takes what
 * `new Uno` takes, and throws the same.
 */
export const triedUno: (hexText: string, options?: BoardOptions) => Uno = tried(Uno);
export const triedMega = tried(Mega);
