/** A board that never sleeps: all its time goes into instructions. It is there to measure them. */
import { type Execute, ended } from './instructions.ts';
import { Uno } from './uno.ts';

/** Runs it for so many milliseconds more, each time it is called. Says where it stands and what is in its memory. */
export function wakefulBoard(hex: string, execute: Execute): (ms: number) => string {
  const uno = new Uno(hex, {
    execute: (cpu, untilCycle) => {
      const how = execute(cpu, untilCycle);
      return how === ended.sleep ? ended.plain : how;
    },
  });
  return ms => {
    const until = uno.nowMs + ms;
    while (uno.nowMs < until) uno.advanceTo(until);
    const { pc, cycles, data } = uno.chip.cpu;
    return `${pc} ${cycles} ${data.join()}`;
  };
}
