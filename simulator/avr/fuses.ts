/**
 * The fuses of an Uno, as a program may read them (datasheet 26.2.4): the instruction that loads from flash gives a
 * fuse instead, if it follows within three cycles upon the right bits in SPMCSR. So their bytes lie in the first two
 * words of flash for that long.
 */
import type { CPU } from 'avr8js';

const SPMCSR = 0x57;
const blbsetAndSpmen = 0x09;
const withinCycles = 4;

/** Of an Uno as it is sold: 16 MHz, boot section of 512 bytes, brown-out at 2.7 V. */
export const unoFuses = { low: 0xff, lock: 0xcf, extended: 0xfd, high: 0xde } as const;

export function attachFuses(cpu: CPU, { low, lock, extended, high } = unoFuses): void {
  const fuses = [low | (lock << 8), extended | (high << 8)];
  cpu.writeHooks[SPMCSR] = value => {
    if (value !== blbsetAndSpmen) return false;
    const { progMem } = cpu;
    const program = progMem.slice(0, fuses.length);
    progMem.set(fuses, 0);
    cpu.addClockEvent(() => progMem.set(program, 0), withinCycles);
    return false;
  };
}
