// biome-ignore-all lint/complexity/useLiteralKeys: brackets reach what avr8js keeps private
/** avr8js' own instruction function in the place of ours: what ours is compared with, by tests and by `bench`. */
import { avrInstruction } from 'avr8js';
import { type Execute, type ExecutionEnd, ended } from './instructions.ts';

const sleep = 0x9588;
const sei = 0x9478;
const reti = 0x9518;
/** OUT to SREG, from whichever register. */
const outSreg = { mask: 0xfe0f, match: 0xbe0f };
const avr8jsInstruction = avrInstruction;

/** One instruction a call. */
export const oneByOne: Execute = cpu => {
  const word = cpu.progMem[cpu.pc] ?? 0;
  const wasQuiet = !cpu.interruptsEnabled;
  avr8jsInstruction(cpu);
  if (word === sleep) return ended.sleep;
  const letsIn = wasQuiet && cpu.interruptsEnabled && (word & outSreg.mask) === outSreg.match;
  return word === sei || word === reti || letsIn ? ended.shadow : ended.plain;
};

/** As many of them in one call as nothing can come between: of avr8js the fastest that one can ask for. */
export const oneAfterAnother: Execute = (cpu, untilCycle) => {
  const event = cpu['nextClockEvent'];
  let how: ExecutionEnd;
  do how = oneByOne(cpu, untilCycle);
  while (
    how === ended.plain &&
    cpu.cycles < untilCycle &&
    cpu.nextInterrupt < 0 &&
    cpu['nextClockEvent'] === event
  );
  return how;
};
