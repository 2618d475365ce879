/**
 * An emulated board whose STOP somebody has tried: as a board is that has been in use since its power came on. Its
 * switch is known to be good, so those who only emulate are not asked for the press that the firmware wants first.
 */
import type { RetainedMemory } from './atmega328p.ts';
import { Uno, type UnoOptions } from './uno.ts';

/** The firmware wants to see it released, pressed and released again; it hears nothing within its first 15 ms. */
const restMs = 50;
const pressMs = 10;

/** What the newest such board began from: most that are made are made again with the same. */
let newest: Readonly<{
  hexText: string;
  seed: number | undefined;
  eeprom: Uint8Array;
  kept: RetainedMemory;
}> | null = null;

export function triedUno(hexText: string, options: UnoOptions = {}): Uno {
  const { seed } = options;
  if (newest && !options.eeprom && newest.hexText === hexText && newest.seed === seed)
    return new Uno(hexText, { ...options, eeprom: newest.eeprom, kept: newest.kept });
  const before = new Uno(hexText, options);
  before.run(restMs);
  before.press('stop');
  before.run(restMs + pressMs);
  before.release('stop');
  before.run(restMs + pressMs + restMs);
  const { eeprom } = before;
  const kept = before.chip.keep('external');
  newest = options.eeprom ? newest : { hexText, seed, eeprom, kept };
  return new Uno(hexText, { ...options, eeprom, kept });
}
