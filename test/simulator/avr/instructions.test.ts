import { CPU } from 'avr8js';
import { describe, expect, it } from 'vitest';
import { execute } from '../../../simulator/avr/instructions.ts';
import { oneByOne } from '../../../simulator/avr/one-by-one.ts';
import { Uno } from '../../../simulator/avr/uno.ts';
import { Rig } from '../../firmware/rig.ts';
import { isLong } from '../../support/length.ts';
import { LockStep } from './lock-step.ts';
import { hexOf, ldi, rjmpBack } from './program.ts';

const lastWord = 16_383;

/** One instruction at this word of flash, with these words from there on; at the end of flash they go on at 0. */
const ran = (pc: number, ...words: readonly number[]): CPU => {
  const cpu = new CPU(new Uint16Array(lastWord + 1), 2048);
  for (const [index, word] of words.entries()) cpu.progMem[(pc + index) & lastWord] = word;
  cpu.pc = pc;
  execute(cpu, 1);
  return cpu;
};

describe('an instruction', () => {
  it('does from any state what it does in avr8js: registers, flags, memory, hooks, cycles, pc', () => {
    const both = new LockStep(1);
    expect(both.steps(isLong ? 40_000 : 12_000)).toBe(null);
  });

  it('does so in the midst of many in one call', () => {
    const both = new LockStep(2);
    const flashes = isLong ? 8 : 4;
    for (let flash = 0; flash < flashes; flash++) expect(both.program(400)).toBe(null);
    expect(both.compared).toBeGreaterThan(flashes * 12_500);
  });

  it('wraps at both ends of flash', () => {
    expect(ran(lastWord, 0).pc).toBe(0);
    expect(ran(0, rjmpBack(5)).pc).toBe(lastWord + 1 - 4);
    expect(ran(lastWord, 0x940c, 0x1234).pc).toBe(0x1234);
  });

  it('is carried out at least once, and then until the time is over', () => {
    const cpu = new CPU(new Uint16Array(lastWord + 1), 2048);
    execute(cpu, 0);
    expect([cpu.pc, cpu.cycles]).toEqual([1, 1]);
    execute(cpu, 100);
    expect([cpu.pc, cpu.cycles]).toEqual([100, 100]);
  });
});

describe('flash that is written to', () => {
  it('is what runs next, in the midst of a loop', () => {
    const uno = new Uno(hexOf([ldi(20, 1), rjmpBack(2)]));
    uno.advanceTo(1);
    expect(uno.chip.cpu.data[20]).toBe(1);
    uno.chip.cpu.progMem[0] = ldi(20, 2);
    uno.advanceTo(2);
    expect(uno.chip.cpu.data[20]).toBe(2);
  });

  it('is what runs after the next reset, where a bootloader has written it', () => {
    const uno = new Uno(hexOf([ldi(20, 1), rjmpBack(1)]));
    uno.advanceTo(1);
    const image = new Uint8Array(32_768).fill(0xff);
    image.set(new Uint8Array(Uint16Array.of(ldi(20, 3), rjmpBack(1)).buffer));
    uno.load(image);
    uno.reset('external');
    uno.advanceTo(2);
    expect(uno.chip.cpu.data[20]).toBe(3);
  });
});

describe('the shipped firmware', () => {
  it('moves its pins at the very same cycles and says the same as with avr8js’ own instruction function', () => {
    const shorter = isLong ? 1 : 5;
    const told = [execute, oneByOne].map(carryOut => {
      const rig = new Rig({ execute: carryOut }).ready();
      rig
        .hold(1500 / shorter, 150, 90)
        .hold(300 / shorter, 0, 0)
        .hold(700 / shorter, 20, 200);
      // A press, a silence, a hang: the stop switch, the lease and the watchdog.
      rig.uno.press('stop');
      rig.for(30).uno.release('stop');
      rig
        .for(200)
        .arm()
        .lease(0, 0)
        .for(20)
        .hold(300 / shorter, 100, 0)
        .for(400);
      // Until the watchdog bites it goes round in circles, millions of instructions one by one.
      if (isLong) rig.arm().lease(0, 0).for(20).hold(200, 100, 0).hang(true).for(600);
      return JSON.stringify({
        edges: rig.edges,
        events: rig.events,
        statuses: rig.statuses,
        hellos: rig.hellos,
        others: rig.others,
        cycles: rig.uno.chip.cpu.cycles,
        memory: [...rig.uno.chip.cpu.data],
      });
    });
    expect(told[0]).toBe(told[1]);
    expect(JSON.parse(told[0] ?? '').edges.length).toBeGreaterThan(2000 / shorter);
  });
});
