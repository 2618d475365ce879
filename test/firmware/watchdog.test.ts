// biome-ignore-all lint/complexity/useLiteralKeys: brackets reach what the chip keeps private
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { boardStates, noteBits, resetCauses } from '../../hardware/lease.ts';
import { isLong, someBelow } from '../support/length.ts';
import { hasNote, Rig } from './rig.ts';

type Place = { address: number; bytes: number };
const record = JSON.parse(
  readFileSync(new URL('../../hardware/firmware/tactus-uno.json', import.meta.url), 'utf8'),
) as { symbols: { board: Place } };

const stateOf = (rig: Rig): string => boardStates[rig.status.state] ?? 'unknown';

describe('a program that hangs', () => {
  it('in its main loop is silent within 300 ms, however often the lease is renewed', () => {
    for (const phase of someBelow(8, 3)) {
      const rig = new Rig()
        .running(60)
        .for(phase * 7.3)
        .hang();
      const hangsAt = rig.nowMs;
      rig.hold(600, 60, 0);
      const last = rig.rises('left').at(-1) ?? 0;
      expect(last - hangsAt).toBeLessThan(300);
      expect(resetCauses[rig.hello.resetCause]).toBe('watchdog');
    }
  });

  it('in its main loop still obeys FF', () => {
    const rig = new Rig().running().hang();
    const sentAt = rig.nowMs;
    rig.send(0xff).for(50);
    expect(rig.silentSinceMs - sentAt).toBeLessThan(1);
  });

  it('in its main loop still obeys the stop switch', () => {
    const rig = new Rig().running().hang();
    const pressedAt = rig.nowMs;
    rig.uno.press('stop');
    rig.for(50);
    expect(rig.silentSinceMs - pressedAt).toBeLessThan(5);
  });

  it('with interrupts off is reset by the watchdog within 300 ms', () => {
    for (const phase of someBelow(8, 3)) {
      const rig = new Rig()
        .running(60)
        .for(phase * 7.3)
        .hang(true);
      const hangsAt = rig.nowMs;
      rig.for(600);
      expect(rig.silentSinceMs - hangsAt).toBeLessThan(300);
      expect(resetCauses[rig.hello.resetCause]).toBe('watchdog');
      expect(hasNote(rig.status, noteBits.indexOf('watchdogReset'))).toBe(true);
    }
  });

  it('comes back disarmed, in a new epoch, with another nonce', () => {
    const rig = new Rig().running();
    const before = rig.status;
    rig.hang(true).for(600);
    expect(stateOf(rig)).toBe('disarmed');
    expect(rig.status.epoch).toBe(before.epoch + 1);
    expect(rig.status.nonce).not.toBe(before.nonce);
  });

  it('three times within a minute stays locked until its power is cycled', () => {
    const rig = new Rig().to(300);
    for (let bite = 0; bite < 3; bite++) {
      expect(stateOf(rig)).toBe('disarmed');
      rig.hang(bite % 2 === 0).for(5000);
    }
    expect(stateOf(rig)).toBe('locked');
    rig.arm().ask(150, 150).lease(150, 150).for(100);
    rig.uno.reset('external');
    rig.for(300).arm().ask(150, 150).lease(150, 150).for(100);
    expect(stateOf(rig)).toBe('locked');
    expect(rig.edges).toEqual([]);
    rig.uno.reset('powerOn');
    rig.for(300).tryStop().arm().lease(0, 0).for(40);
    expect(stateOf(rig)).toBe('leased');
  });

  it('is unlocked by a loss of power too short for memory to forget', () => {
    const rig = new Rig().to(60);
    for (let bite = 0; bite < 3; bite++) rig.hang(true).for(600);
    expect(stateOf(rig)).toBe('locked');
    rig.uno.reset('external');
    rig.uno.chip.cpu.data[0x54] = 0x01;
    rig.for(60);
    expect(stateOf(rig)).toBe('disarmed');
  });

  it('three times within three minutes does not', () => {
    const rig = new Rig().to(300);
    const waits = isLong ? [62_000, 62_000, 62_000] : [600, 62_000, 600];
    for (const waitMs of waits) rig.hang(true).for(waitMs);
    expect(stateOf(rig)).toBe('disarmed');
  });

  it('is not confused with a person who presses reset five times', () => {
    const rig = new Rig().to(300);
    for (let press = 0; press < 5; press++) {
      rig.uno.reset('external');
      rig.for(300);
    }
    expect(stateOf(rig)).toBe('disarmed');
    expect(rig.status.notes).toBe(0);
  });
});

describe('a bit of memory that flips', () => {
  const board = record.symbols.board;

  /** Where the lease's countdown lies in it. */
  const leaseLeftAt = 4;

  const flip = (rig: Rig, offset: number, bit: number): number => {
    const { data } = rig.uno.chip.cpu;
    data[board.address + offset] = (data[board.address + offset] ?? 0) ^ (1 << bit);
    return rig.nowMs;
  };

  it('never keeps a motor running past its lease, nor drives it past the ceiling, wherever it is', () => {
    expect(board.bytes).toBeGreaterThan(60);
    let noticed = 0;
    for (const offset of someBelow(board.bytes, 16)) {
      const rig = new Rig().running(60).lease(60, 0, { leaseMs: 60 }).for(10);
      // Not within a tick: there, half of the values may already have been checked and be about to be renewed.
      while (!rig.uno.chip['asleep']) rig.for(0.01);
      const flippedAt = flip(rig, offset, offset % 8);
      rig.for(120);
      const silence = rig.silentSinceMs - flippedAt;
      expect(silence, `byte ${offset}`).toBeLessThan(60);
      const duties = rig.events.map(event => (event.type === 'duty' ? event.duty : 0));
      expect(Math.max(...duties), `byte ${offset}`).toBeLessThanOrEqual(184);
      // What is driven is looked at in every tick, all else within four.
      if (silence > 5.2) continue;
      rig.for(220);
      // A flag that only says "off" needs no complement.
      if (resetCauses[rig.hello.resetCause] !== 'watchdog') continue;
      noticed++;
      expect(hasNote(rig.status, noteBits.indexOf('memoryMismatch')), `byte ${offset}`).toBe(true);
    }
    // State, lease, arm and latch, and of each motor what is asked, allowed, driven, and for how long: twice each.
    if (isLong) expect(noticed).toBe(30);
    else expect(noticed).toBeGreaterThan(4);
  });

  it('in the lease, at any moment within a tick, never makes it longer', () => {
    for (let bit = 0; bit < 8; bit++)
      for (const phase of isLong ? someBelow(8, 8) : [(bit * 3) % 8]) {
        const rig = new Rig().running(60);
        rig.lease(60, 0, { leaseMs: 60 }).for(6);
        while (rig.uno.chip['asleep']) rig.for(0.02);
        rig.for(phase * 0.005);
        const [ticksLeft = 0, complement = 0] = rig.uno.chip.cpu.data.slice(board.address + leaseLeftAt);
        expect(ticksLeft).toBeGreaterThan(45);
        expect(ticksLeft).toBeLessThan(58);
        expect(complement).toBeOneOf([0xff - ticksLeft, 0xff - ticksLeft - 1]);
        const flippedAt = flip(rig, leaseLeftAt, bit);
        rig.for(120);
        expect(rig.silentSinceMs - flippedAt).toBeLessThan(57);
      }
  });

  it('that lifts the port behind a disconnected PWM output is noticed too', () => {
    for (const bit of [5, 6]) {
      const rig = new Rig().ready();
      const { cpu } = rig.uno.chip;
      cpu.writeData(0x2b, (cpu.data[0x2b] ?? 0) | (1 << bit));
      const flippedAt = rig.nowMs;
      rig.for(600);
      expect(rig.silentSinceMs - flippedAt).toBeLessThan(2.1);
      expect(resetCauses[rig.hello.resetCause]).toBe('watchdog');
    }
  });
});
