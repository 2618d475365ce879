// biome-ignore-all lint/complexity/useLiteralKeys: brackets reach what the chip keeps private
/** What the firmware's time goes into: every instruction that it carries out while awake. */
import { pwmPeriodCycles } from '../../simulator/avr/uno.ts';
import type { Rig } from './rig.ts';

/** Each prepares a board, and gives what is then played on it for so many seconds. */
export const scenes = {
  'idle, nobody armed': (rig, seconds) => {
    rig.to(300);
    return () => rig.for(seconds * 1000);
  },
  'a session, motors at rest': (rig, seconds) => {
    rig.ready();
    return () => rig.hold(seconds * 1000, 0, 0);
  },
  'a session, a cue of half a second each 2 s': (rig, seconds) => {
    rig.ready();
    return () => {
      for (let second = 0; second < seconds; second += 2) rig.hold(500, 150, 0).hold(1500, 0, 0);
    };
  },
} as const satisfies Record<string, (rig: Rig, seconds: number) => () => unknown>;
export type Scene = keyof typeof scenes;

/** How many ticks this took; `spent` is told of each instruction where it lies, in words, and what it took. */
export function ticksOf(rig: Rig, play: () => unknown, spent: (at: number, cycles: number) => void): number {
  const { chip } = rig.uno;
  const { cpu } = chip;
  const whole = chip.run.bind(chip);
  chip.run = untilCycle => {
    chip.halt = false;
    while (cpu.cycles < untilCycle && !chip.halt && !chip.bitten) {
      const { pc, cycles } = cpu;
      const wakesAt = chip['asleep']
        ? Math.min(cpu['nextClockEvent']?.cycles ?? untilCycle, untilCycle)
        : cycles;
      const sleeps = cpu.progMem[pc] === 0x9588;
      whole(Math.max(wakesAt, cycles + 1));
      // Asleep is not spent; waking up is, and getting to the interrupt.
      if (cpu.pc !== pc && !sleeps) spent(pc, cpu.cycles - Math.max(wakesAt, cycles));
    }
  };
  const from = cpu.cycles;
  play();
  chip.run = whole;
  return (cpu.cycles - from) / pwmPeriodCycles;
}
