/** Two processors side by side, one carried out by us and one by avr8js, held against each other to the last bit. */
import { CPU } from 'avr8js';
import { kindOfWord } from '../../../simulator/avr/decode.ts';
import { execute } from '../../../simulator/avr/instructions.ts';
import { oneByOne } from '../../../simulator/avr/one-by-one.ts';
import { Chance } from '../../faults/support/chance.ts';

const flashWords = 16_384;
const sramBytes = 2048;
const SREG = 95;
/** Registers with a hook that reads, and with one that writes: some of both, in reach of IN and beyond it. */
const readHooked = [0x23, 0x29, 0x46, 0x5e, 0x80, 0xc6];
const writeHooked = [0x23, 0x25, 0x2b, 0x3f, 0x46, 0x60, 0x81, 0xc6];

/** Words of each kind, so that an instruction of which there is one word comes as often as ADD. */
const words: number[][] = [];
for (const [word, kind] of kindOfWord.entries()) {
  words[kind] ??= [];
  words[kind].push(word);
}

const edgeBytes = [0, 0, 1, 0x7f, 0x80, 0x81, 0xff, 0xff];

type Side = Readonly<{ cpu: CPU; log: number[] }>;

function side(): Side {
  const cpu = new CPU(new Uint16Array(flashWords), sramBytes);
  const log: number[] = [];
  for (const address of readHooked)
    cpu.readHooks[address] = () => {
      log.push(1, address, cpu.cycles, cpu.pc, cpu.data[SREG] ?? 0);
      // The EEPROM takes its time, as seen by the processor.
      if (address === 0x46) cpu.cycles += 4;
      return (cpu.data[address] ?? 0) ^ 0x5a;
    };
  for (const address of writeHooked)
    cpu.writeHooks[address] = (value, before, at, mask) => {
      log.push(2, at, value, before, mask, cpu.cycles, cpu.pc, cpu.data[SREG] ?? 0);
      if (address === 0x3f) cpu.cycles += 2;
      return address !== 0x25;
    };
  cpu.onWatchdogReset = () => log.push(3, cpu.cycles, cpu.pc);
  return { cpu, log };
}

const word = (chance: Chance): number => {
  if (chance.oneIn(2)) return chance.below(65_536);
  const kind = chance.pick(words);
  return chance.pick(kind);
};

/** Anywhere, with the places where something is special often enough: registers, I/O, the ends of memory. */
const address = (chance: Chance): number =>
  [
    chance.below(65_536),
    chance.below(0x120),
    0x100 + chance.below(sramBytes),
    sramBytes + 0xf8 + chance.below(16),
    chance.pick([0, 1, 26, 31, 32, 93, 94, 95, 96, 0xff, 0x100, 0x7fff, 0x8000, 0xffff]),
  ][chance.below(5)] ?? 0;

export class LockStep {
  /** How many instructions have been compared. */
  compared = 0;
  readonly #ours = side();
  readonly #theirs = side();
  readonly #chance: Chance;

  constructor(seed: number) {
    this.#chance = new Chance(seed);
  }

  /** One instruction from a random state. Says what differs; null where nothing does. */
  step(): string | null {
    const { cpu: ours } = this.#ours;
    const { cpu: theirs } = this.#theirs;
    const chance = this.#chance;
    for (let index = 0; index < 32; index += 4) {
      const four = chance.below(2 ** 32);
      for (let byte = 0; byte < 4; byte++) theirs.data[index + byte] = four >>> (8 * byte);
    }
    // Where flags turn: a quarter of the registers, since two of them have to meet.
    const edges = chance.below(2 ** 32);
    for (let index = 0; index < 32; index++)
      if ((edges >>> index) & 1 && chance.oneIn(2)) theirs.data[index] = edgeBytes[chance.below(8)] ?? 0;
    for (const pair of [26, 28, 30, 93]) theirs.dataView.setUint16(pair, address(chance), true);
    theirs.data[SREG] = chance.below(256);
    theirs.data[0x20 + chance.below(0xe0)] = chance.below(256);
    theirs.data[0x100 + chance.below(sramBytes)] = chance.below(256);
    ours.data.set(theirs.data);
    // The last word has none behind it: a case of its own.
    const pc = chance.below(flashWords - 1);
    const at = [word(chance), chance.oneIn(2) ? word(chance) : address(chance)];
    for (const { cpu } of [this.#ours, this.#theirs]) {
      cpu.progMem.set(at, Math.min(pc, flashWords - 2));
      cpu.pc = pc;
      cpu.nextInterrupt = -1;
    }
    const [first = 0, second = 0] = at;
    execute(ours, ours.cycles + 1);
    oneByOne(theirs, 0);
    this.compared += 1;
    const found = this.#difference();
    return found && `${first.toString(16)} ${second.toString(16)} at ${pc}: ${found}`;
  }

  /** So many of them, up to the first that differs. */
  steps(count: number): string | null {
    for (let done = 0; done < count; done++) {
      const found = this.step();
      if (found) return found;
    }
    return null;
  }

  /** A whole flash of random words, run for so many calls of up to 400 cycles each. */
  program(calls: number): string | null {
    const chance = this.#chance;
    const { cpu: ours } = this.#ours;
    const { cpu: theirs } = this.#theirs;
    for (let index = 0; index < flashWords; index++) ours.progMem[index] = word(chance);
    ours.progMem.fill(0, flashWords - 2);
    theirs.progMem.set(ours.progMem);
    ours.pc = chance.below(flashWords);
    theirs.pc = ours.pc;
    for (let call = 0; call < calls; call++) {
      const from = ours.pc;
      execute(ours, ours.cycles + 1 + chance.below(400));
      while (theirs.cycles < ours.cycles) {
        oneByOne(theirs, 0);
        theirs.pc &= flashWords - 1;
        this.compared += 1;
      }
      const found = this.#difference();
      if (found) return `from ${from}: ${found}`;
    }
    return null;
  }

  #difference(): string | null {
    const { cpu: ours, log } = this.#ours;
    const { cpu: theirs, log: theirLog } = this.#theirs;
    // Beyond the ends of flash avr8js counts on, or is left with no number; the chip wraps (AVR instruction set, RJMP).
    theirs.pc &= flashWords - 1;
    const differing: string[] = [];
    const note = (what: string, mine: unknown, its: unknown): void => {
      if (mine !== its) differing.push(`${what} ${mine} instead of ${its}`);
    };
    note('pc', ours.pc, theirs.pc);
    note('cycles', ours.cycles, theirs.cycles);
    if (Buffer.compare(ours.data, theirs.data) !== 0)
      for (const [index, value] of ours.data.entries()) note(`data[${index}]`, value, theirs.data[index]);
    if (log.length > 0 || theirLog.length > 0) note('hooks', log.join(), theirLog.join());
    log.length = 0;
    theirLog.length = 0;
    return differing.length > 0 ? differing.join(', ') : null;
  }
}
