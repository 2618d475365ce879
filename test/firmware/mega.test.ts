/** The Mega with a host on its line: everything that an Uno does to let go of the motors, it does too. */
import { describe, expect, it } from 'vitest';
import { boardStates, decode, encode, noteBits, resetCauses } from '../../hardware/lease.ts';
import { motorLimits } from '../../machines/limits.ts';
import { BoundsWatch } from '../faults/support/bounds-watch.ts';
import { Chance, seed } from '../faults/support/chance.ts';
import { isLong } from '../support/length.ts';
import { hasNote, MegaRig } from './rig.ts';

const stateOf = (rig: MegaRig): string => boardStates[rig.status.state] ?? 'unknown';
const trials = isLong ? 64 : 3;

/** Under a host from its first message on. */
const tethered = (): MegaRig => new MegaRig().to(50).send(0xf0, 0x01, 0xf7).for(20);
const driving = (duty = 60): MegaRig =>
  tethered().arm().lease(0, 0).for(20).ask(duty, 0).lease(duty, 0).for(20);

describe('a Mega that a host drives', () => {
  it('is silent once its lease has lapsed', () => {
    for (let phase = 0; phase < trials; phase++) {
      const rig = driving().for(phase * 0.377);
      rig.lease(60, 0).drain();
      const leasedAt = rig.nowMs;
      rig.for(400);
      expect(rig.silentSinceMs - leasedAt).toBeLessThan(250);
      expect(rig.silentSinceMs - leasedAt).toBeGreaterThan(200);
      expect(stateOf(rig)).toBe('disarmed');
      expect(hasNote(rig.status, noteBits.indexOf('leaseLapsed'))).toBe(true);
    }
  });

  it('is silent within 5 ms of its stop switch at any phase', () => {
    for (let phase = 0; phase < trials; phase++) {
      const rig = driving(60 + phase).for(phase * 0.377);
      const pressedAt = rig.nowMs;
      rig.uno.press('stop');
      rig.for(60);
      expect(rig.silentSinceMs - pressedAt).toBeLessThan(5);
      expect(stateOf(rig)).toBe('stopped');
    }
  });

  it.each([
    ['F0 04 F7', [0xf0, 0x04, 0xf7]],
    ['FF', [0xff]],
  ])('is silent within 5 ms of %s', (_, bytes) => {
    for (let phase = 0; phase < trials; phase++) {
      const rig = driving().for(phase * 0.377);
      const sentAt = rig.nowMs;
      rig.send(...bytes).for(60);
      expect(rig.silentSinceMs - sentAt).toBeLessThan(5);
      expect(stateOf(rig)).toBe('disarmed');
    }
  });

  it.each([
    ['in its main loop', false],
    ['with interrupts off', true],
  ])('is silent within 300 ms of a hang %s, and comes back disarmed', (_, interruptsOff) => {
    for (let phase = 0; phase < Math.floor(trials / 2); phase++) {
      const rig = driving().for(phase * 7.3);
      const { epoch } = rig.status;
      rig.hang(interruptsOff);
      const hungAt = rig.nowMs;
      rig.hold(600, 60, 0);
      expect(rig.silentSinceMs - hungAt).toBeLessThan(300);
      expect(stateOf(rig)).toBe('disarmed');
      expect(rig.status.epoch).toBe(epoch + 1);
      expect(resetCauses[rig.hello.resetCause]).toBe('watchdog');
    }
  });

  it('goes on where its main loop hung for less than the watchdog allows', () => {
    const rig = driving().hang();
    rig.for(100).unhang();
    rig.hold(300, 60, 0);
    expect(stateOf(rig)).toBe('leased');
    expect(rig.isDriven).toBe(true);
  });

  it('takes no ARM with a wrong nonce or of another start', () => {
    for (const wrong of [{ nonce: 1 }, { epoch: 1 }]) {
      const rig = tethered();
      rig.arm(wrong).ask(150, 150).lease(150, 150).for(60);
      expect(stateOf(rig)).toBe('disarmed');
      expect(hasNote(rig.status, noteBits.indexOf('wrongNonce'))).toBe(true);
      expect(rig.edges).toEqual([]);
    }
  });

  it('keeps the bounds, whatever a host asks for', () => {
    const rig = tethered().arm().lease(0, 0).for(20);
    const watch = new BoundsWatch();
    rig.uno.scope.subscribeEdges(edge => watch.edge(edge));
    const chance = new Chance(seed);
    for (let turn = 0; turn < (isLong ? 400 : 14); turn++)
      rig.hold(chance.between(20, 3000), 16_383, 16_383).hold(chance.between(10, 100), 0, 0);
    expect(watch.worst.starts).toBeGreaterThan(isLong ? 20 : 8);
    expect(watch.worst.duty).toBeLessThanOrEqual(motorLimits.kickDuty);
    expect(watch.worst.kickMs).toBeLessThanOrEqual(motorLimits.kickMaxMs);
    expect(watch.worst.continuousMs).toBeLessThanOrEqual(motorLimits.continuousMaxMs);
    expect(watch.worst.inWindowMs).toBeLessThanOrEqual(motorLimits.shareWindowMs * motorLimits.firmwareShare);
  });

  it('writes nothing to its memory while it may be driven', () => {
    const rig = driving();
    const before = rig.uno.eeprom;
    const fields = { deed: 1, at: 400, length: 12 };
    const bytes = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`b${index}`, 0x5a]));
    rig.uno.write(encode('keep', { ...fields, ...bytes } as never));
    rig.hold(300, 60, 0);
    const kept = rig.others.map(({ bytes }) => decode('kept', Uint8Array.from(bytes))).find(Boolean);
    expect(kept?.answer).toBe(1);
    expect(rig.uno.eeprom).toEqual(before);
  });
});
