/** What a board's own readings say of the copper round its chip. The names of parts are those of the schematic. */
import type { Motor } from '../machines/vocabulary.ts';
import { bandgapMv, type LeaseFields, lowestSupplyMv } from './lease.ts';

/**
 * `whole`: the drain is high at rest. `low`: it is held low, by a shorted transistor, a torn motor wire or the open
 * master switch. `unfitted`: nothing leads from the drain to the pin, as on boards of the first edition.
 */
export type PathFinding = 'whole' | 'low' | 'unfitted';

export type CopperFindings = Readonly<{
  /** To about a tenth: the band gap it is measured by differs from chip to chip. */
  supplyMv: number;
  isSupplyEnough: boolean;
  paths: Readonly<Record<Motor, PathFinding>>;
  /** As avrdude writes them, and the supply under which the chip stops by itself. */
  fuses: Readonly<{ low: string; high: string; extended: string; brownOut: string }>;
}>;

/** Resistors from each drain to its pin. */
export const feedbackResistors: Readonly<Record<Motor, string>> = { left: 'R5', right: 'R6' };

const parts = 1024;
const half = parts / 2;
/** With its pull-up on a pin that nothing holds is at the supply; behind its resistor to a low drain well below. */
const hangsFree = 1000;
/** The lowest bits of the extended fuse (ATmega328P datasheet, table 27-6). */
const brownOuts: Readonly<Record<number, string>> = { 7: 'off', 6: '1.8 V', 5: '2.7 V', 4: '4.3 V' };

const hex = (value: number): string => value.toString(16).toUpperCase().padStart(2, '0');

export function copperOf(check: LeaseFields<'check'>): CopperFindings {
  const path = (motor: Motor): PathFinding => {
    if (check[`${motor}AtRest`] >= half) return 'whole';
    return check[`${motor}PulledUp`] >= hangsFree ? 'unfitted' : 'low';
  };
  const supplyMv = Math.round((bandgapMv * parts) / Math.max(1, check.bandgap));
  return {
    supplyMv,
    isSupplyEnough: supplyMv >= lowestSupplyMv,
    paths: { left: path('left'), right: path('right') },
    fuses: {
      low: hex(check.lowFuse),
      high: hex(check.highFuse),
      extended: hex(check.extendedFuse),
      brownOut: brownOuts[check.extendedFuse & 7] ?? 'reserved',
    },
  };
}
