import { describe, expect, it } from 'vitest';
import { boardStates, buttonBits, noteBits } from '../../hardware/lease.ts';
import { uno as pins } from '../../hardware/pins.ts';
import { someBelow } from '../support/length.ts';
import { hasNote, Rig } from './rig.ts';

const stopBit = 1 << buttonBits.indexOf('stop');
const stateOf = (rig: Rig): string => boardStates[rig.status.state] ?? 'unknown';

describe('the stop switch', () => {
  it('silences within 5 ms at any phase, with no help from the host', () => {
    let worst = 0;
    for (const phase of someBelow(64, 10)) {
      const rig = new Rig().running(60 + phase).for(phase * 0.377);
      const pressedAt = rig.nowMs;
      rig.uno.press('stop');
      rig.for(60);
      worst = Math.max(worst, rig.silentSinceMs - pressedAt);
      expect(stateOf(rig)).toBe('stopped');
      expect(hasNote(rig.status, noteBits.indexOf('stopPin'))).toBe(true);
      expect(rig.status.buttons & stopBit).toBe(stopBit);
    }
    expect(worst).toBeLessThan(5);
  });

  it('is reported within 16 ms: three samples, a message on the line, and its own 34 bytes', () => {
    for (const phase of someBelow(32, 6)) {
      const rig = new Rig().running().for(phase * 3.1);
      const pressedAt = rig.nowMs;
      rig.uno.press('stop');
      rig.for(60);
      const told = rig.statuses.find(status => boardStates[status.state] === 'stopped');
      expect((told?.heardAtMs ?? Number.NaN) - pressedAt).toBeLessThan(16);
    }
  });

  it('ignores what is shorter than two samples', () => {
    const rig = new Rig().running();
    for (let time = 0; time < 20; time++) {
      rig.uno.press('stop');
      rig.for(0.9);
      rig.uno.release('stop');
      rig.for(4.1);
    }
    expect(stateOf(rig)).toBe('leased');
  });

  it('makes one stop of a switch that bounces', () => {
    const rig = new Rig().running();
    for (let time = 0; time < 20; time++) {
      rig.uno.press('stop');
      rig.for(5);
      rig.uno.release('stop');
      rig.for(5);
    }
    rig.for(30);
    const nonces = new Set(rig.statuses.map(({ nonce }) => nonce));
    expect(nonces.size).toBe(2);
    expect(stateOf(rig)).toBe('stopped');
  });

  it('refuses ARM while pressed and until 20 ms after its release', () => {
    const rig = new Rig().running();
    rig.uno.press('stop');
    rig.for(100).arm().for(30);
    expect(stateOf(rig)).toBe('stopped');
    rig.uno.release('stop');
    // An ARM takes 1.6 ms to arrive.
    rig.for(17).arm().for(10);
    expect(stateOf(rig)).toBe('stopped');
    rig.arm().lease(0, 0).for(40);
    expect(stateOf(rig)).toBe('leased');
    expect(rig.status.buttons & stopBit).toBe(0);
  });

  it('stays latched after its release until a new ARM', () => {
    const rig = new Rig().running();
    rig.uno.press('stop');
    rig.for(30);
    rig.uno.release('stop');
    const silentAt = rig.nowMs;
    rig.hold(1000, 150, 150).send(0xff).send(0xf0, 0x04, 0xf7).for(50);
    expect(stateOf(rig)).toBe('stopped');
    expect(rig.status.buttons & stopBit).toBe(stopBit);
    expect(rig.silentSinceMs).toBeLessThan(silentAt);
  });

  it('held at power-on keeps the board from arming: a broken wire is a press', () => {
    const rig = new Rig();
    rig.uno.press('stop');
    rig.to(300).arm().ask(150, 150).lease(150, 150).for(100);
    expect(stateOf(rig)).toBe('stopped');
    expect(rig.edges).toEqual([]);
  });

  it('keeps its pull-up whatever mode a host sets', () => {
    const rig = new Rig().to(300);
    for (const mode of [0x00, 0x01, 0x03, 0x0b, 0x7f]) rig.send(0xf4, pins.stop, mode, 0x90, 0, 0);
    rig.running();
    rig.uno.setPin(pins.stop, 'open');
    rig.for(30);
    expect(stateOf(rig)).toBe('stopped');
  });
});

describe('the other buttons', () => {
  it('go to the host as Firmata reports within 10 ms, pressed and released', () => {
    const rig = new Rig().to(300).send(0xd0, 1, 0xd1, 1).hold(20, 0, 0);
    for (const [button, port, bit] of [
      ['go', 0x90, 1 << 4],
      ['less', 0x90, 1 << 7],
      ['receiver', 0x91, 1 << 0],
      ['stop', 0x90, 1 << 2],
    ] as const) {
      const closes = button !== 'stop';
      for (const pressed of [true, false]) {
        rig.others.length = 0;
        const at = rig.nowMs;
        if (pressed) rig.uno.press(button);
        else rig.uno.release(button);
        rig.for(40);
        const told = rig.others.find(({ bytes }) => bytes[0] === port);
        expect((told?.atMs ?? Number.NaN) - at).toBeLessThan(10);
        const value = (told?.bytes[1] ?? 0) | ((told?.bytes[2] ?? 0) << 7);
        expect((value & bit) !== 0).toBe(pressed !== closes);
      }
    }
  });

  it('are told once when their reporting is switched on, and not before', () => {
    const rig = new Rig().to(300);
    rig.others.length = 0;
    rig.uno.press('go');
    rig.for(50);
    expect(rig.others).toEqual([]);
    rig.send(0xd0, 1).for(20);
    expect(rig.others.map(({ bytes }) => bytes[0])).toEqual([0x90]);
  });

  it('show in STATUS, two at once as well', () => {
    const rig = new Rig().to(300);
    rig.uno.press('go');
    rig.uno.press('less');
    rig.for(40);
    expect(rig.status.buttons).toBe(0b0011);
    rig.uno.release('go');
    rig.uno.press('receiver');
    rig.for(40);
    expect(rig.status.buttons).toBe(0b1010);
  });

  it('cannot flood the line: a storm of edges leaves room for a STATUS each 100 ms', () => {
    const rig = new Rig().to(300).send(0xd0, 1, 0xd1, 1);
    const before = rig.statuses.length;
    for (let time = 0; time < 500; time++) {
      if (time % 2) rig.uno.press('go');
      else rig.uno.release('go');
      rig.for(1);
    }
    expect(rig.statuses.length - before).toBeGreaterThanOrEqual(2);
    expect(rig.statuses.length - before).toBeLessThanOrEqual(51);
  });
});
