/**
 * The chip's instructions, many in one call: avr8js' registers, flags, memory and cycles, to the last bit.
 *
 * avr8js 0.21.1 finds out what an instruction is by up to a hundred comparisons, each time anew, and goes through the
 * CPU's fields for every register and cycle. Here a table says it, and what is used all the time is held in local
 * variables until the call ends. That is also why it is one long function: it is one loop around one jump table.
 *
 * What can have a consequence outside (an I/O register with a hook, WDR) or is never compiled for this chip is left to
 * avr8js' own function, so that hooks see exactly what they would see there; after it the call ends, since an event,
 * an interrupt or a halt may have come of it.
 *
 * The flags are avr8js' as well where the chip differs: H comes from bit 0 instead of bit 3, NEG never sets V.
 * Nothing that a compiler makes reads them.
 */
import { avrInstruction, type CPU } from 'avr8js';
import { firstOfTwoWords, kindOfWord } from './decode.ts';

/** Under Node avr8js is a CommonJS module: its exports are getters, too slow to ask for each instruction. */
const avr8jsInstruction = avrInstruction;
/** The same holds of our own modules, wherever a tool makes CommonJS of them. */
const kinds = kindOfWord;
const twoWords = firstOfTwoWords;

/** How a call ended: `shadow` after SEI, RETI and a write of SREG that lets interrupts in, behind which one more instruction comes before any interrupt. */
export const ended = { plain: 0, shadow: 1, sleep: 2 } as const;
export type ExecutionEnd = (typeof ended)[keyof typeof ended];

/**
 * Carries out at least one instruction, then more until `untilCycle` is reached or something may have happened that
 * whoever runs the chip has to look at. Interrupts and clock events are not its business.
 */
export type Execute = (cpu: CPU, untilCycle: number) => ExecutionEnd;

const SREG = 95;
const SPL = 93;
const SPH = 94;
/** Registers and I/O lie below; hooks are found only there. A chip of more than 128 kB of flash has more of them. */
const firstPlainOnSmall = 0x100;
const firstPlainOnLarge = 0x200;
const RETI = 0x9518;
/** Small enough for the engine's fast integers. */
const mostCycles = 2 ** 30;

/** Z, N and S of a result, without overflow. */
const signs = Uint8Array.from({ length: 256 }, (_, result) =>
  result === 0 ? 0x02 : result >= 0x80 ? 0x14 : 0,
);
/** V toggles S, which is N xor V. */
const overflow = 0x18;

/** Flags of a sum: both operands and the result of 8 bits. */
const sumFlags = (one: number, other: number, result: number): number =>
  ((signs[result] ?? 0) ^ (((one ^ result) & (other ^ result) & 0x80) === 0 ? 0 : overflow)) |
  ((((one & other) | ((one | other) & ~result)) & 1) << 5);

/** Flags of a difference. */
const differenceFlags = (from: number, taken: number, result: number): number =>
  ((signs[result] ?? 0) ^ (((from ^ taken) & (from ^ result) & 0x80) === 0 ? 0 : overflow)) |
  ((((~from & (taken | result)) | (taken & result)) & 1) << 5);

/** Flags of a shift to the right: V is N xor C, so S is C. */
const shiftFlags = (result: number, carry: number): number =>
  ((signs[result] ?? 0) & 0x06) | carry | ((((result >> 7) ^ carry) & 1) << 3) | (carry << 4);

/** The highest bits of where a JMP or CALL leads: beyond the 128 kB that its second word reaches. */
const farAddress = (word: number): number => (((word >> 3) & 0x3e) | (word & 1)) << 16;

/** Of two-word instructions and others: what a skip costs. */
const skipOver = (word: number): number => ((kinds[word] ?? 0) >= twoWords ? 2 : 1);

// biome-ignore lint/complexity/noExcessiveLinesPerFunction: one loop around one jump table; see above
export const execute: Execute = (cpu, untilCycle) => {
  const { data, progMem, progBytes, readHooks, writeHooks } = cpu;
  const isLarge = cpu.pc22Bits;
  const firstPlain = isLarge ? firstPlainOnLarge : firstPlainOnSmall;
  /** Bytes of an address on the stack, and so cycles beyond those of a small chip's call. */
  const kept = isLarge ? 3 : 2;
  const size = data.length;
  const lastWord = progMem.length - 1;
  let { pc } = cpu;
  let sreg = data[SREG] ?? 0;
  // What is left of the time, as a small integer: the cycles themselves soon are beyond those.
  const stretch = Math.min(Math.ceil(untilCycle - cpu.cycles), mostCycles);
  const endCycle = cpu.cycles + stretch;
  let left = stretch | 0;
  let how: ExecutionEnd = ended.plain;
  steps: do {
    const word = progMem[pc] ?? 0;
    pc = (pc + 1) & lastWord;
    left -= 1;
    /** Of a load or a store; below 0 where there is none. */
    let address = -1;
    /** The register pair that a load or a store moves on, and what it becomes. */
    let pair = -1;
    let moved = 0;
    switch (kinds[word]) {
      case 1: {
        const d = (word >> 4) & 31;
        const one = data[d] ?? 0;
        const other = data[(word & 15) | ((word >> 5) & 16)] ?? 0;
        const sum = one + other;
        data[d] = sum;
        sreg = (sreg & 0xc0) | sumFlags(one, other, sum & 255) | (sum >> 8);
        continue;
      }
      case 2: {
        const d = (word >> 4) & 31;
        const one = data[d] ?? 0;
        const other = data[(word & 15) | ((word >> 5) & 16)] ?? 0;
        const sum = one + other + (sreg & 1);
        data[d] = sum;
        sreg = (sreg & 0xc0) | sumFlags(one, other, sum & 255) | (sum >> 8);
        continue;
      }
      case 3: {
        const d = 24 + ((word >> 3) & 6);
        const before = (data[d] ?? 0) | ((data[d + 1] ?? 0) << 8);
        const result = (before + ((word & 15) | ((word >> 2) & 48))) & 0xffff;
        data[d] = result;
        data[d + 1] = result >> 8;
        const flags = result === 0 ? 0x02 : result >= 0x8000 ? 0x14 : 0;
        sreg =
          (sreg & 0xe0) |
          (flags ^ ((~before & result & 0x8000) === 0 ? 0 : overflow)) |
          ((~result & before) >> 15 === 0 ? 0 : 1);
        left -= 1;
        continue;
      }
      case 4: {
        const d = (word >> 4) & 31;
        const result = (data[d] ?? 0) & (data[(word & 15) | ((word >> 5) & 16)] ?? 0);
        data[d] = result;
        sreg = (sreg & 0xe1) | (signs[result] ?? 0);
        continue;
      }
      case 5: {
        const d = 16 + ((word >> 4) & 15);
        const result = (data[d] ?? 0) & ((word & 15) | ((word >> 4) & 0xf0));
        data[d] = result;
        sreg = (sreg & 0xe1) | (signs[result] ?? 0);
        continue;
      }
      case 6: {
        const d = (word >> 4) & 31;
        const before = data[d] ?? 0;
        const result = (before >> 1) | (before & 0x80);
        data[d] = result;
        sreg = (sreg & 0xe0) | shiftFlags(result, before & 1);
        continue;
      }
      case 7:
        sreg &= ~(1 << ((word >> 4) & 7));
        continue;
      case 8: {
        const d = (word >> 4) & 31;
        const bit = word & 7;
        data[d] = (~(1 << bit) & (data[d] ?? 0)) | (((sreg >> 6) & 1) << bit);
        continue;
      }
      case 9:
        if ((sreg >> (word & 7)) & 1) continue;
        pc = (pc + ((word << 22) >> 25)) & lastWord;
        left -= 1;
        continue;
      case 10:
        if (((sreg >> (word & 7)) & 1) === 0) continue;
        pc = (pc + ((word << 22) >> 25)) & lastWord;
        left -= 1;
        continue;
      case 11:
        sreg |= 1 << ((word >> 4) & 7);
        continue;
      case 12:
        sreg = (sreg & 0xbf) | ((((data[(word >> 4) & 31] ?? 0) >> (word & 7)) & 1) << 6);
        continue;
      case 13: {
        const d = (word >> 4) & 31;
        const result = 255 - (data[d] ?? 0);
        data[d] = result;
        sreg = (sreg & 0xe0) | (signs[result] ?? 0) | 1;
        continue;
      }
      case 14: {
        const from = data[(word >> 4) & 31] ?? 0;
        const taken = data[(word & 15) | ((word >> 5) & 16)] ?? 0;
        const result = from - taken;
        sreg = (sreg & 0xc0) | differenceFlags(from, taken, result & 255) | (result >>> 31);
        continue;
      }
      case 15: {
        const from = data[(word >> 4) & 31] ?? 0;
        const taken = data[(word & 15) | ((word >> 5) & 16)] ?? 0;
        const result = from - taken - (sreg & 1);
        // Z stays where the result is 0: so that it tells of all bytes of a number. −256 is none, as in avr8js.
        const zero = result === 0 ? sreg & 2 : 0;
        sreg = (sreg & 0xc0) | (differenceFlags(from, taken, result & 255) & ~2) | zero | (result >>> 31);
        continue;
      }
      case 16: {
        const from = data[16 + ((word >> 4) & 15)] ?? 0;
        const taken = (word & 15) | ((word >> 4) & 0xf0);
        const result = from - taken;
        sreg = (sreg & 0xc0) | differenceFlags(from, taken, result & 255) | (result >>> 31);
        continue;
      }
      case 17:
        if (data[(word >> 4) & 31] === data[(word & 15) | ((word >> 5) & 16)]) {
          const over = skipOver(progMem[pc] ?? 0);
          pc = (pc + over) & lastWord;
          left -= over;
        }
        continue;
      case 18: {
        const d = (word >> 4) & 31;
        const result = ((data[d] ?? 0) - 1) & 255;
        data[d] = result;
        sreg = (sreg & 0xe1) | ((signs[result] ?? 0) ^ (result === 0x7f ? overflow : 0));
        continue;
      }
      case 19: {
        const d = (word >> 4) & 31;
        const result = (data[d] ?? 0) ^ (data[(word & 15) | ((word >> 5) & 16)] ?? 0);
        data[d] = result;
        sreg = (sreg & 0xe1) | (signs[result] ?? 0);
        continue;
      }
      case 20: {
        const sp = (data[SPL] ?? 0) | ((data[SPH] ?? 0) << 8);
        if (sp <= firstPlain) break;
        data[sp] = pc;
        data[sp - 1] = pc >> 8;
        if (isLarge) data[sp - 2] = pc >> 16;
        data[SPL] = sp - kept;
        data[SPH] = (sp - kept) >> 8;
        pc = ((data[30] ?? 0) | ((data[31] ?? 0) << 8)) & lastWord;
        left -= kept;
        continue;
      }
      case 21:
        pc = ((data[30] ?? 0) | ((data[31] ?? 0) << 8)) & lastWord;
        left -= 1;
        continue;
      case 22: {
        const from = 32 + ((word & 15) | ((word >> 5) & 48));
        if (readHooks[from] !== undefined) break;
        data[(word >> 4) & 31] = from === SREG ? sreg : (data[from] ?? 0);
        continue;
      }
      case 23: {
        const d = (word >> 4) & 31;
        const result = ((data[d] ?? 0) + 1) & 255;
        data[d] = result;
        sreg = (sreg & 0xe1) | ((signs[result] ?? 0) ^ (result === 0x80 ? overflow : 0));
        continue;
      }
      case 24:
        data[16 + ((word >> 4) & 15)] = (word & 15) | ((word >> 4) & 0xf0);
        continue;
      case 25:
        address = (data[26] ?? 0) | ((data[27] ?? 0) << 8);
        break;
      case 26:
        address = (data[26] ?? 0) | ((data[27] ?? 0) << 8);
        pair = 26;
        moved = address + 1;
        break;
      case 27:
        address = ((data[26] ?? 0) | ((data[27] ?? 0) << 8)) - 1;
        pair = 26;
        moved = address;
        break;
      case 28:
        address =
          ((data[28] ?? 0) | ((data[29] ?? 0) << 8)) + ((word & 7) | ((word >> 7) & 24) | ((word >> 8) & 32));
        break;
      case 29:
        address = (data[28] ?? 0) | ((data[29] ?? 0) << 8);
        pair = 28;
        moved = address + 1;
        break;
      case 30:
        address = ((data[28] ?? 0) | ((data[29] ?? 0) << 8)) - 1;
        pair = 28;
        moved = address;
        break;
      case 31:
        address =
          ((data[30] ?? 0) | ((data[31] ?? 0) << 8)) + ((word & 7) | ((word >> 7) & 24) | ((word >> 8) & 32));
        break;
      case 32:
        address = (data[30] ?? 0) | ((data[31] ?? 0) << 8);
        pair = 30;
        moved = address + 1;
        break;
      case 33:
        address = ((data[30] ?? 0) | ((data[31] ?? 0) << 8)) - 1;
        pair = 30;
        moved = address;
        break;
      case 34: {
        const z = (data[30] ?? 0) | ((data[31] ?? 0) << 8);
        data[(word >> 4) & 31] = z < progBytes.length ? (progBytes[z] ?? 0) : 0;
        left -= 2;
        continue;
      }
      case 35: {
        const z = (data[30] ?? 0) | ((data[31] ?? 0) << 8);
        data[(word >> 4) & 31] = z < progBytes.length ? (progBytes[z] ?? 0) : 0;
        data[30] = z + 1;
        data[31] = (z + 1) >> 8;
        left -= 2;
        continue;
      }
      case 36: {
        const d = (word >> 4) & 31;
        const before = data[d] ?? 0;
        data[d] = before >> 1;
        sreg = (sreg & 0xe0) | shiftFlags(before >> 1, before & 1);
        continue;
      }
      case 37:
        data[(word >> 4) & 31] = data[(word & 15) | ((word >> 5) & 16)] ?? 0;
        continue;
      case 38: {
        const d = (word >> 3) & 30;
        const from = (word & 15) << 1;
        data[d] = data[from] ?? 0;
        data[d + 1] = data[from + 1] ?? 0;
        continue;
      }
      case 39: {
        const product = (data[(word >> 4) & 31] ?? 0) * (data[(word & 15) | ((word >> 5) & 16)] ?? 0);
        data[0] = product;
        data[1] = product >> 8;
        sreg = (sreg & 0xfc) | (product === 0 ? 2 : 0) | (product >> 15);
        left -= 1;
        continue;
      }
      case 40: {
        const one = ((data[16 + ((word >> 4) & 15)] ?? 0) << 24) >> 24;
        const product = one * (((data[16 + (word & 15)] ?? 0) << 24) >> 24);
        data[0] = product;
        data[1] = product >> 8;
        sreg = (sreg & 0xfc) | (product === 0 ? 2 : 0) | ((product >> 15) & 1);
        left -= 1;
        continue;
      }
      case 41: {
        const product = (((data[16 + ((word >> 4) & 7)] ?? 0) << 24) >> 24) * (data[16 + (word & 7)] ?? 0);
        data[0] = product;
        data[1] = product >> 8;
        sreg = (sreg & 0xfc) | (product === 0 ? 2 : 0) | ((product >> 15) & 1);
        left -= 1;
        continue;
      }
      case 42: {
        const d = (word >> 4) & 31;
        const before = data[d] ?? 0;
        const result = -before & 255;
        data[d] = result;
        sreg = (sreg & 0xc0) | (signs[result] ?? 0) | (before === 0 ? 0 : 1) | ((before & 1) << 5);
        continue;
      }
      case 43: {
        const d = (word >> 4) & 31;
        const result = (data[d] ?? 0) | (data[(word & 15) | ((word >> 5) & 16)] ?? 0);
        data[d] = result;
        sreg = (sreg & 0xe1) | (signs[result] ?? 0);
        continue;
      }
      case 44: {
        const d = 16 + ((word >> 4) & 15);
        const result = (data[d] ?? 0) | (word & 15) | ((word >> 4) & 0xf0);
        data[d] = result;
        sreg = (sreg & 0xe1) | (signs[result] ?? 0);
        continue;
      }
      case 45: {
        const to = 32 + ((word & 15) | ((word >> 5) & 48));
        if (writeHooks[to] !== undefined) break;
        const value = data[(word >> 4) & 31] ?? 0;
        data[to] = value;
        if (to !== SREG) continue;
        // As behind SEI: a compiler's code moves the stack pointer on in two halves, interrupts on in between.
        if (value & ~sreg & 0x80 && (cpu.nextInterrupt >= 0 || left <= 0)) how = ended.shadow;
        sreg = value;
        // One that has waited may come in now.
        if (how === ended.shadow || (sreg & 0x80 && cpu.nextInterrupt >= 0)) break steps;
        continue;
      }
      case 46: {
        const sp = ((data[SPL] ?? 0) | ((data[SPH] ?? 0) << 8)) + 1;
        if (sp < firstPlain || sp >= size) break;
        data[SPL] = sp;
        data[SPH] = sp >> 8;
        data[(word >> 4) & 31] = data[sp] ?? 0;
        left -= 1;
        continue;
      }
      case 47: {
        const sp = (data[SPL] ?? 0) | ((data[SPH] ?? 0) << 8);
        if (sp < firstPlain) break;
        if (sp < size) data[sp] = data[(word >> 4) & 31] ?? 0;
        data[SPL] = sp - 1;
        data[SPH] = (sp - 1) >> 8;
        left -= 1;
        continue;
      }
      case 48: {
        const sp = (data[SPL] ?? 0) | ((data[SPH] ?? 0) << 8);
        if (sp <= firstPlain || sp >= size) break;
        data[sp] = pc;
        data[sp - 1] = pc >> 8;
        if (isLarge) data[sp - 2] = pc >> 16;
        data[SPL] = sp - kept;
        data[SPH] = (sp - kept) >> 8;
        pc = (pc + ((word << 20) >> 20)) & lastWord;
        left -= kept;
        continue;
      }
      case 49: {
        const sp = ((data[SPL] ?? 0) | ((data[SPH] ?? 0) << 8)) + kept;
        if (sp <= firstPlain || sp >= size) break;
        data[SPL] = sp;
        data[SPH] = sp >> 8;
        pc = (((data[sp - 1] ?? 0) << 8) | (data[sp] ?? 0)) & lastWord;
        if (isLarge) pc |= ((data[sp - 2] ?? 0) << 16) & lastWord;
        left -= kept + 1;
        continue;
      }
      case 50: {
        const sp = ((data[SPL] ?? 0) | ((data[SPH] ?? 0) << 8)) + kept;
        how = ended.shadow;
        if (sp <= firstPlain || sp >= size) break;
        data[SPL] = sp;
        data[SPH] = sp >> 8;
        pc = (((data[sp - 1] ?? 0) << 8) | (data[sp] ?? 0)) & lastWord;
        if (isLarge) pc |= ((data[sp - 2] ?? 0) << 16) & lastWord;
        sreg |= 0x80;
        left -= kept + 1;
        if (cpu.nextInterrupt >= 0 || left <= 0) break steps;
        how = ended.plain;
        continue;
      }
      case 51:
        pc = (pc + ((word << 20) >> 20)) & lastWord;
        left -= 1;
        continue;
      case 52: {
        const d = (word >> 4) & 31;
        const before = data[d] ?? 0;
        const result = (before >> 1) | ((sreg & 1) << 7);
        data[d] = result;
        sreg = (sreg & 0xe0) | shiftFlags(result, before & 1);
        continue;
      }
      case 53: {
        const d = (word >> 4) & 31;
        const from = data[d] ?? 0;
        const taken = data[(word & 15) | ((word >> 5) & 16)] ?? 0;
        const result = from - taken - (sreg & 1);
        data[d] = result;
        const zero = result === 0 ? sreg & 2 : 0;
        sreg = (sreg & 0xc0) | (differenceFlags(from, taken, result & 255) & ~2) | zero | (result >>> 31);
        continue;
      }
      case 54: {
        const d = 16 + ((word >> 4) & 15);
        const from = data[d] ?? 0;
        const taken = (word & 15) | ((word >> 4) & 0xf0);
        const result = from - taken - (sreg & 1);
        data[d] = result;
        const zero = result === 0 ? sreg & 2 : 0;
        sreg = (sreg & 0xc0) | (differenceFlags(from, taken, result & 255) & ~2) | zero | (result >>> 31);
        continue;
      }
      case 55:
      case 56: {
        const from = 32 + ((word >> 3) & 31);
        if (readHooks[from] !== undefined) break;
        // SBIC skips where the bit is clear, SBIS, one bit of the word further, where it is set.
        if ((((data[from] ?? 0) >> (word & 7)) & 1) !== ((word >> 9) & 1)) continue;
        const over = skipOver(progMem[pc] ?? 0);
        pc = (pc + over) & lastWord;
        left -= over;
        continue;
      }
      case 57: {
        const d = 24 + ((word >> 3) & 6);
        const before = (data[d] ?? 0) | ((data[d + 1] ?? 0) << 8);
        const taken = (word & 15) | ((word >> 2) & 48);
        const result = (before - taken) & 0xffff;
        data[d] = result;
        data[d + 1] = result >> 8;
        const flags = result === 0 ? 0x02 : result >= 0x8000 ? 0x14 : 0;
        sreg =
          (sreg & 0xc0) |
          (flags ^ ((before & ~result & 0x8000) === 0 ? 0 : overflow)) |
          (taken > before ? 1 : 0) |
          ((((~before & (taken | result)) | (taken & result)) & 1) << 5);
        left -= 1;
        continue;
      }
      case 58:
      case 59: {
        if ((((data[(word >> 4) & 31] ?? 0) >> (word & 7)) & 1) !== ((word >> 9) & 1)) continue;
        const over = skipOver(progMem[pc] ?? 0);
        pc = (pc + over) & lastWord;
        left -= over;
        continue;
      }
      case 60:
        how = ended.sleep;
        break steps;
      case 61: {
        const d = (word >> 4) & 31;
        const from = data[d] ?? 0;
        const taken = data[(word & 15) | ((word >> 5) & 16)] ?? 0;
        const result = from - taken;
        data[d] = result;
        sreg = (sreg & 0xc0) | differenceFlags(from, taken, result & 255) | (result >>> 31);
        continue;
      }
      case 62: {
        const d = 16 + ((word >> 4) & 15);
        const from = data[d] ?? 0;
        const taken = (word & 15) | ((word >> 4) & 0xf0);
        const result = from - taken;
        data[d] = result;
        sreg = (sreg & 0xc0) | differenceFlags(from, taken, result & 255) | (result >>> 31);
        continue;
      }
      case 63: {
        const d = (word >> 4) & 31;
        const before = data[d] ?? 0;
        data[d] = (before << 4) | (before >> 4);
        continue;
      }
      case 64:
        sreg |= 0x80;
        if (cpu.nextInterrupt < 0 && left > 0) continue;
        how = ended.shadow;
        break steps;
      case 65:
        continue;
      case 66:
        address = progMem[pc] ?? 0;
        // A word of its own and a cycle of its own; a load and a store through a pointer take two cycles as well.
        if (address >= firstPlain) pc = (pc + 1) & lastWord;
        break;
      case 67:
        pc = ((progMem[pc] ?? 0) | farAddress(word)) & lastWord;
        left -= 2;
        continue;
      case 68: {
        const sp = (data[SPL] ?? 0) | ((data[SPH] ?? 0) << 8);
        if (sp <= firstPlain || sp >= size) break;
        const back = (pc + 1) & lastWord;
        data[sp] = back;
        data[sp - 1] = back >> 8;
        if (isLarge) data[sp - 2] = back >> 16;
        data[SPL] = sp - kept;
        data[SPH] = (sp - kept) >> 8;
        pc = ((progMem[pc] ?? 0) | farAddress(word)) & lastWord;
        left -= kept + 1;
        continue;
      }
      default:
        break;
    }
    const register = (word >> 4) & 31;
    // A pair that is loaded while it moves: no compiler makes it, the datasheet leaves it open.
    if (address >= firstPlain && (register & 30) !== pair) {
      if (word & 0x200) {
        if (address < size) data[address] = data[register] ?? 0;
      } else data[register] = address < size ? (data[address] ?? 0) : 0;
      if (pair > 0) {
        data[pair] = moved;
        data[pair + 1] = moved >> 8;
      }
      left -= 1;
      continue;
    }
    cpu.pc = (pc - 1) & lastWord;
    cpu.cycles = endCycle - left - 1;
    data[SREG] = sreg;
    avr8jsInstruction(cpu);
    // Beyond the ends of flash and of memory avr8js counts on or is left with no number; the chip wraps.
    cpu.pc &= lastWord;
    return word === RETI ? ended.shadow : how;
  } while (left > 0);
  cpu.pc = pc;
  cpu.cycles = endCycle - left;
  data[SREG] = sreg;
  return how;
};
