// biome-ignore-all lint/complexity/useLiteralKeys: brackets reach what the chip keeps private
import { describe, expect, it } from 'vitest';
import { Uno } from '../../../simulator/avr/uno.ts';
import { hex } from '../../firmware/rig.ts';
import { hexOf, ldi, lds, put, reti, rjmpBack, rjmpOver, sei, sleep } from './program.ts';

const MCUSR = 0x54;
const SMCR = 0x53;
const WDTCSR = 0x60;

describe('a chip that sleeps', () => {
  it('costs one instruction, however long it sleeps', () => {
    const uno = new Uno(hexOf([...put(SMCR, 1), sleep, rjmpBack(2)]));
    uno.advanceTo(3_600_000);
    expect(uno.nowMs).toBe(3_600_000);
  });

  it('does not sleep without the enable bit', () => {
    // Counts in r18 how often it gets past `sleep`.
    const uno = new Uno(hexOf([sleep, 0x9523, rjmpBack(3)]));
    uno.advanceTo(0.01);
    expect(uno.chip.cpu.data[18]).toBeGreaterThan(10);
  });

  it('loses no wake-up between SEI and SLEEP', () => {
    // An overflow of Timer0 is pending when SEI runs, and the timer is stopped: there will be no other.
    const vector = 0x20;
    const words = new Array<number>(vector).fill(0);
    words[0] = rjmpOver(vector);
    words.push(reti, ...put(SMCR, 1), ...put(0x6e, 1), ...put(0x45, 1));
    words.push(
      ...new Array<number>(300).fill(0),
      ...put(0x45, 0),
      sei,
      sleep,
      ldi(22, 1),
      sleep,
      rjmpBack(2),
    );
    const uno = new Uno(hexOf(words));
    uno.advanceTo(10);
    expect(uno.chip.cpu.data[22]).toBe(1);
  });

  it('flies: an idle second of the firmware keeps it awake for a twentieth of its cycles', () => {
    const uno = new Uno(hex);
    while (uno.nowMs < 500) uno.advanceTo(500);
    const { chip } = uno;
    let awake = 0;
    const sleepUntil = chip['sleepUntil'].bind(chip);
    chip['sleepUntil'] = untilCycle => {
      const before = chip.cpu.cycles;
      sleepUntil(untilCycle);
      awake -= chip.cpu.cycles - before;
    };
    const since = chip.cpu.cycles;
    while (uno.nowMs < 1500) uno.advanceTo(1500);
    awake += chip.cpu.cycles - since;
    expect(awake).toBeLessThan(16_000_000 / 20);
  });
});

describe('a reset', () => {
  it('is a true one: registers, driven pins and queued events are gone', () => {
    const uno = new Uno(hexOf([...put(0x2a, 0xff), ...put(0x2b, 0x20), ...put(0x45, 3), rjmpBack(1)]));
    uno.advanceTo(1);
    expect(uno.pinLevel(5)).toBe(true);
    const before = uno.chip;
    uno.reset('external');
    expect(uno.chip).not.toBe(before);
    expect([...uno.chip.cpu.data.slice(0x20, 0x54)].filter(value => value !== 0)).toEqual([]);
    expect(uno.pinLevel(5)).toBe(false);
    expect(uno.nowMs).toBeGreaterThanOrEqual(1);
  });

  it('tells its cause in MCUSR', () => {
    const uno = new Uno(hexOf([rjmpBack(1)]));
    const flags = (): number => uno.chip.cpu.data[MCUSR] ?? 0;
    expect(flags()).toBe(0x01);
    uno.reset('external');
    expect(flags()).toBe(0x03);
    uno.reset('powerOn');
    expect(flags()).toBe(0x01);
  });

  it('keeps memory, except where the power is lost: then it is noise, new and yet the same for the same seed', () => {
    const memory = (uno: Uno): string => uno.chip.cpu.data.slice(0x100).join();
    const uno = new Uno(hexOf([rjmpBack(1)]), { seed: 7 });
    const first = memory(uno);
    uno.reset('external');
    expect(memory(uno)).toBe(first);
    uno.reset('powerOn');
    expect(memory(uno)).not.toBe(first);
    expect(memory(new Uno(hexOf([rjmpBack(1)]), { seed: 7 }))).toBe(first);
    expect(memory(new Uno(hexOf([rjmpBack(1)]), { seed: 8 }))).not.toBe(first);
  });

  it('comes by itself from the watchdog, and is told', () => {
    // WDE with 16 ms, after the timed sequence; then nobody pets it.
    const uno = new Uno(hexOf([...put(WDTCSR, 0x18), ...put(WDTCSR, 0x08), rjmpBack(1)]));
    const causes: string[] = [];
    uno.onReset = cause => causes.push(cause);
    uno.advanceTo(50);
    expect(causes).toEqual(['watchdog', 'watchdog', 'watchdog']);
  });

  it('keeps the EEPROM', () => {
    const uno = new Uno(hexOf([rjmpBack(1)]), { eeprom: Uint8Array.of(1, 2, 3) });
    uno.reset('powerOn');
    expect([...uno.eeprom.slice(0, 4)]).toEqual([1, 2, 3, 0xff]);
  });

  it('does not lose what is on the line: the host knows nothing of it', () => {
    // Receives with polling into r20.
    const uno = new Uno(
      hexOf([
        ...put(0xc4, 34),
        ...put(0xc0, 2),
        ...put(0xc1, 0x10),
        ...lds(17, 0xc0),
        0xff17,
        rjmpBack(4),
        ...lds(20, 0xc6),
        rjmpBack(7),
      ]),
    );
    uno.advanceTo(1);
    uno.write(Uint8Array.of(0x55, 0x66));
    uno.advanceTo(1.1);
    uno.reset('external');
    uno.advanceTo(3);
    expect(uno.chip.cpu.data[20]).toBe(0x66);
  });
});

describe('an interrupt', () => {
  it('comes after the instruction that follows SEI', () => {
    // Timer0 overflow vector (word 0x20) sets r21; the instruction behind SEI sets r20 to r21's value before it.
    const vector = 0x20;
    const main = [
      ...put(0x6e, 1),
      ...put(0x45, 1),
      ...new Array<number>(400).fill(0),
      sei,
      0x2f45,
      0,
      0,
      rjmpBack(1),
    ];
    const words = new Array<number>(vector).fill(0);
    words[0] = 0xc000 | (vector + 3);
    words.push(ldi(21, 1), 0x9518, 0, 0, ...main);
    const uno = new Uno(hexOf(words));
    uno.advanceTo(0.2);
    expect(uno.chip.cpu.data[21]).toBe(1);
    expect(uno.chip.cpu.data[20]).toBe(0);
  });
});
