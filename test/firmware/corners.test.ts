/** Registers that flip, cells that wear out, and the bootloaders that lie under the program on real boards. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findToolchain } from '../../hardware/firmware/toolchain.ts';
import { boardStates, firstHindranceBit, noteBits, resetCauses } from '../../hardware/lease.ts';
import { uno as pins } from '../../hardware/pins.ts';
import { isLong, someBelow } from '../support/length.ts';
import { hasNote, hex, Rig } from './rig.ts';

const TCCR0B = 0x45;
const TIMSK0 = 0x6e;
const record = JSON.parse(
  readFileSync(new URL('../../hardware/firmware/tactus-uno.json', import.meta.url), 'utf8'),
) as { symbols: Record<string, { address: number; bytes: number }> };
const stateOf = (rig: Rig): string => boardStates[rig.status.state] ?? 'unknown';

describe('a register of the tick that flips', () => {
  const bits = (register: number) => [...Array(8).keys()].map(bit => [register, bit] as const);

  // The flip is in the register alone: whatever the counter makes of it, the next tick has to see it.
  it.each([...bits(TCCR0B), ...bits(TIMSK0)])('(%i, bit %i) is noticed by the next tick', (register, bit) => {
    const rig = new Rig().running(60);
    while (!asleep(rig)) rig.for(0.01);
    const { data } = rig.uno.chip.cpu;
    data[register] = (data[register] ?? 0) ^ (1 << bit);
    const flippedAt = rig.nowMs;
    // Without the tick's own interrupt there is no tick to see it: that is the watchdog's.
    const isDeaf = register === TIMSK0 && bit === 1;
    rig.for(isDeaf ? 600 : 60);
    expect(rig.silentSinceMs - flippedAt).toBeLessThan(isDeaf ? 300 : 2.1);
    expect(resetCauses[rig.hello.resetCause]).toBe('watchdog');
    expect(hasNote(rig.status, noteBits.indexOf('memoryMismatch'))).toBe(!isDeaf);
    expect(stateOf(rig)).toBe('disarmed');
  });
});

it('whatever bit of its memory flips, an idle board soon reads its buttons as they are', () => {
  const place = record.symbols.board ?? { address: 0, bytes: 0 };
  expect(place.bytes).toBeGreaterThan(60);
  for (let offset = 0; offset < place.bytes; offset++) {
    const rig = new Rig().to(60);
    while (!asleep(rig)) rig.for(0.01);
    const { data } = rig.uno.chip.cpu;
    for (const bit of isLong ? someBelow(8, 8) : [offset % 8]) {
      const at = place.address + offset;
      data[at] = (data[at] ?? 0) ^ (1 << bit);
      rig.for(400);
      expect(rig.status.buttons & shown, `byte ${offset}, bit ${bit}`).toBe(0);
    }
  }
});

describe('EEPROM that keeps nothing any more', () => {
  const wornOut = (cells: (address: number) => boolean): Rig => {
    const rig = new Rig();
    // What is written there comes out as it was.
    const { eepromCells } = rig.uno as unknown as {
      eepromCells: { writeMemory(at: number, value: number): void };
    };
    const write = eepromCells.writeMemory.bind(eepromCells);
    eepromCells.writeMemory = (at, value) => (cells(at) ? undefined : write(at, value));
    rig.uno.reset('external');
    return rig.for(300);
  };

  it('in one slot is passed over: the epoch goes on in the next', () => {
    const rig = wornOut(address => address >= 6 && address < 9);
    const { epoch } = rig.hello;
    rig.uno.reset('external');
    expect(rig.for(300).hello.epoch).toBe(epoch + 1);
    expect(stateOf(rig)).toBe('disarmed');
  });

  it('in all of them locks the board: its starts could not be told apart', () => {
    const rig = wornOut(() => true);
    expect(stateOf(rig)).toBe('locked');
    rig.arm().ask(150, 150).lease(150, 150).for(100);
    expect(rig.edges).toEqual([]);
  });
});

it('what outlives a reset lies above all that the older bootloader writes to', () => {
  for (const name of ['memory', 'history'])
    expect(record.symbols[name]?.address, name).toBeGreaterThan(0x206);
});

const toolchain = findToolchain();
/** The bootloaders themselves come with the Arduino core; the project carries no copy of them. */
const bootloaders = typeof toolchain === 'string' ? null : join(toolchain.core, 'bootloaders');
const sectionBytes = 512;
/**
 * Where a distribution has built Optiboot with a newer compiler it is some bytes too long for its section. It reaches
 * everything from where it is, so that it runs just as well from two sections further down.
 */
const lower = (boot: string, bytes: number): string =>
  boot.replace(/^:(..)(....)00(.*)..$/gm, (_, length: string, address: string, content: string) => {
    const at = (Number.parseInt(address, 16) - bytes).toString(16).toUpperCase().padStart(4, '0');
    const record = `${length}${at}00${content}`;
    const sum = [...Buffer.from(record, 'hex')].reduce((total, byte) => total + byte, 0);
    return `:${record}${(-sum & 0xff).toString(16).toUpperCase().padStart(2, '0')}`;
  });
const under = (file: string, startsAt: number, lowerBytes = 0): Rig => {
  const boot = lower(readFileSync(join(bootloaders ?? '', file), 'latin1'), lowerBytes);
  return Rig.fresh({ startsAt: startsAt - lowerBytes }, hex.replace(/:00000001FF\s*$/, '') + boot);
};

describe.skipIf(bootloaders === null)('under Optiboot', () => {
  const board = (): Rig => under('optiboot/optiboot_atmega328.hex', 0x7e00, 2 * sectionBytes);

  it('it asks for STOP after the power has come on, and not after a reset', () => {
    const rig = board().to(300);
    expect(rig.status.buttons).toBe(1 << firstHindranceBit);
    rig.tryStop();
    rig.uno.reset('external');
    rig.for(3000);
    expect(rig.hello.epoch).toBe(2);
    expect(rig.status.buttons).toBe(0);
    rig.arm().ask(150, 0).lease(150, 0).for(40);
    expect(rig.isDriven).toBe(true);
  });

  it('it comes back after a bite of the watchdog', () => {
    const rig = board().to(300).tryStop().hang(true).for(3000);
    expect(stateOf(rig)).toBe('disarmed');
    expect(rig.hello.epoch).toBe(2);
  });

  it('a loss of power too short for memory to forget unlocks nothing: the bootloader has cleared the flag', () => {
    const rig = board().to(300);
    for (let bite = 0; bite < 3; bite++) rig.hang().for(600);
    expect(stateOf(rig)).toBe('locked');
    rig.uno.reset('external');
    rig.uno.chip.cpu.data[0x54] = 0x01;
    expect(stateOf(rig.for(3000))).toBe('locked');
  });
});

describe.skipIf(bootloaders === null)('under the older bootloader of many Nanos', () => {
  const board = (): Rig => under('atmega/ATmegaBOOT_168_atmega328.hex', 0x7800).for(4000);

  // In the bootloader nothing sleeps, and it is in it for seconds.
  if (isLong)
    it('it remembers through a reset what it has to', () => {
      const rig = board().tryStop();
      expect(rig.status.buttons).toBe(0);
      rig.uno.reset('external');
      rig.for(4000);
      expect(rig.hello.epoch).toBe(2);
      expect(rig.status.buttons).toBe(0);
    });

  it.each(['a flipped bit of memory', 'a main loop that hangs'].slice(0, isLong ? 2 : 1))(
    'it begins anew by itself after %s',
    what => {
      const rig = board().tryStop().arm().ask(60, 0).lease(60, 0).for(20);
      expect(rig.isDriven).toBe(true);
      const { data } = rig.uno.chip.cpu;
      const at = (record.symbols.board?.address ?? 0) + 2;
      if (what.startsWith('a flipped')) data[at] = (data[at] ?? 0) ^ 0x10;
      else rig.hang();
      const brokeAt = rig.nowMs;
      rig.for(600);
      expect(rig.silentSinceMs - brokeAt).toBeLessThan(300);
      expect(resetCauses[rig.hello.resetCause]).toBe('watchdog');
      expect(stateOf(rig)).toBe('disarmed');
    },
  );

  if (isLong)
    it('a bite of the watchdog itself leaves it going round in circles, motors low, until its power is cut', () => {
      const rig = board().tryStop().arm().ask(60, 0).lease(60, 0).for(20).hang(true);
      const hungAt = rig.nowMs;
      rig.for(400);
      const heard = rig.statuses.length;
      rig.for(600);
      expect(rig.statuses.length).toBe(heard);
      expect(rig.silentSinceMs - hungAt).toBeLessThan(300);
      expect([rig.uno.pinLevel(pins.left), rig.uno.pinLevel(pins.right)]).toEqual([false, false]);
      rig.uno.reset('powerOn');
      expect(stateOf(rig.for(4000))).toBe('disarmed');
    });
});

/** The buttons' own bits of STATUS. */
const shown = (1 << firstHindranceBit) - 1;

// biome-ignore lint/complexity/useLiteralKeys: brackets reach what the chip keeps private
const asleep = (rig: Rig): boolean => rig.uno.chip['asleep'];
