/** The build for a stop switch that closes when pressed. Made on the fly: only where avr-gcc is. */
import { beforeAll, describe, expect, it } from 'vitest';
import { compile } from '../../hardware/firmware/compile.ts';
import { findToolchain } from '../../hardware/firmware/toolchain.ts';
import { boardStates, buttonBits, noteBits } from '../../hardware/lease.ts';
import { uno as pins } from '../../hardware/pins.ts';
import { hasNote, Rig } from './rig.ts';

const toolchain = findToolchain();
const isMissing = typeof toolchain === 'string';

describe.skipIf(isMissing)('a board with a stop switch that closes when pressed', () => {
  let hex = '';
  beforeAll(() => {
    if (typeof toolchain !== 'string') hex = compile(toolchain, 'normallyOpen').hex;
  }, 60_000);

  const press = (rig: Rig): Rig => {
    rig.uno.setPin(pins.stop, false);
    return rig;
  };
  const release = (rig: Rig): Rig => {
    rig.uno.setPin(pins.stop, 'open');
    return rig;
  };
  const booted = (): Rig => release(new Rig({}, hex)).to(300);
  const tried = (rig: Rig): Rig => release(press(rig).for(30)).for(30);
  const stateOf = (rig: Rig): string => boardStates[rig.status.state] ?? 'unknown';
  const tryToDrive = (rig: Rig): Rig => rig.arm().ask(150, 0).lease(150, 0).for(40);

  it('refuses ARM until its switch has been pressed once, and says why', () => {
    const rig = tryToDrive(booted());
    expect(stateOf(rig)).toBe('disarmed');
    expect(hasNote(rig.status, noteBits.indexOf('stopPin'))).toBe(true);
    expect(rig.edges).toEqual([]);
    tryToDrive(tried(rig));
    expect(rig.status.left).toBe(150);
  });

  it('asks for the press again after every start', () => {
    const rig = tryToDrive(tried(booted()));
    for (const cause of ['external', 'brownOut', 'watchdog', 'powerOn'] as const) {
      expect(rig.isDriven).toBe(true);
      rig.uno.reset(cause);
      rig.for(300);
      expect(stateOf(tryToDrive(rig)), cause).toBe('disarmed');
      tryToDrive(tried(rig));
    }
  });

  it('silences within 5 ms of a press, at any phase', () => {
    let worst = 0;
    for (let phase = 0; phase < 32; phase++) {
      const rig = tryToDrive(tried(booted()).for(phase * 0.377));
      const pressedAt = rig.nowMs;
      press(rig).for(40);
      worst = Math.max(worst, rig.silentSinceMs - pressedAt);
      expect(stateOf(rig)).toBe('stopped');
      expect(rig.status.buttons).toBe(1 << buttonBits.indexOf('stop'));
    }
    expect(worst).toBeLessThan(5);
  });

  it('has no way to tell a torn wire from a released switch: that is what the other one is for', () => {
    const rig = tryToDrive(tried(booted()));
    rig.uno.setPin(pins.stop, 'open');
    rig.hold(100, 150, 0);
    expect(stateOf(rig)).toBe('leased');
  });
});
