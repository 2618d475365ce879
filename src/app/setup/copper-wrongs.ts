/** What is wrong with the copper of a board, by its own readings, in the words of the catalogue. */
import { copperOf, feedbackResistors } from '../../../hardware/copper.ts';
import type { LeaseFields } from '../../../hardware/lease.ts';
import { drains } from '../../../hardware/pins.ts';
import { terminalWords } from '../../../machines/text/terminal.ts';
import { fill } from '../../../machines/text/text.ts';
import { motors } from '../../../machines/vocabulary.ts';

const { wrong, todo } = terminalWords.bringup;

export type CopperWrong = Readonly<{ what: string; todo: string }>;

type Kind = 'lowSupply' | 'paths.unfitted' | 'paths.low' | 'paths.supply';

const one = (kind: Kind, values: Readonly<Record<string, string>> = {}): CopperWrong => ({
  what: fill(wrong[kind], values),
  todo: fill(todo[kind], values),
});

/** The first is what to look at first; none where all is well. */
export function copperWrongs(check: LeaseFields<'check'>): readonly CopperWrong[] {
  const { supplyMv, isSupplyEnough, paths } = copperOf(check);
  const found: CopperWrong[] = [];
  if (!isSupplyEnough) found.push(one('lowSupply', { volts: (supplyMv / 1000).toFixed(1) }));
  // One cause for both is likelier than two.
  if (paths.left === 'low' && paths.right === 'low') return [...found, one('paths.supply')];
  for (const motor of motors) {
    const path = paths[motor];
    if (path === 'whole') continue;
    found.push(
      one(`paths.${path}`, {
        name: motor === 'left' ? 'A' : 'B',
        pin: `A${drains[motor] - drains.left}`,
        resistor: feedbackResistors[motor],
      }),
    );
  }
  return found;
}
