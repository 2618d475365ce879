import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contractVersion, resetCauses } from '../../hardware/lease.ts';
import { uno as pins } from '../../hardware/pins.ts';
import { leaseLimits, motorLimits } from '../../machines/limits.ts';
import { Rig } from './rig.ts';

const record = JSON.parse(
  readFileSync(new URL('../../hardware/firmware/tactus-uno.json', import.meta.url), 'utf8'),
) as { buildHash: number };

describe('a board that starts', () => {
  it('never lifts a motor pin, whatever noise its memory holds', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const rig = Rig.fresh({ seed }).to(60);
      expect(rig.edges, `seed ${seed}`).toEqual([]);
    }
  });

  it('drives both motor pins low within a tenth of a millisecond, and lets neither float', () => {
    const { uno } = Rig.fresh();
    uno.advanceTo(0.1);
    expect(uno.chip.cpu.data[0x2a] ?? 0).toSatisfy((ddrd: number) => (ddrd & 0x60) === 0x60);
    expect([uno.pinLevel(pins.left), uno.pinLevel(pins.right)]).toEqual([false, false]);
  });

  it('says its protocol version, its name, then its HELLO, and a STATUS, unasked', () => {
    const rig = Rig.fresh().to(40);
    const [version, firmware] = rig.others;
    expect(version?.bytes).toEqual([0xf9, 2, 5]);
    expect(firmware?.bytes.slice(0, 4)).toEqual([0xf0, 0x79, 1, 0]);
    const name = firmware?.bytes.slice(4, -1).filter((_, index) => index % 2 === 0) ?? [];
    expect(String.fromCharCode(...name)).toBe('Tactus');
    expect(rig.hellos).toHaveLength(1);
    expect(rig.status.state).toBe(0);
  });

  it('names the contract, its build and its bounds in HELLO', () => {
    const { hello } = Rig.fresh().to(40);
    expect(hello).toMatchObject({
      contract: contractVersion,
      buildHash: record.buildHash,
      resetCause: resetCauses.indexOf('powerOn'),
      runningDuty: motorLimits.runningDuty,
      kickDuty: motorLimits.kickDuty,
      leaseMs: leaseLimits.leaseMs,
      share: motorLimits.firmwareShare * 100,
      continuousMs: motorLimits.continuousMaxMs,
    });
  });

  it('answers HELLO again when asked', () => {
    const rig = Rig.fresh().to(40).send(0xf0, 0x01, 0xf7).for(20);
    expect(rig.hellos).toHaveLength(2);
    expect(rig.hellos[1]).toEqual(rig.hellos[0]);
  });

  it('tells each kind of reset', () => {
    const rig = Rig.fresh().to(40);
    for (const cause of ['external', 'brownOut', 'powerOn'] as const) {
      rig.uno.reset(cause);
      rig.for(40);
      expect(resetCauses[rig.hello.resetCause]).toBe(cause);
    }
  });

  it('takes a boot that no flag explains for a reset from outside: a bootloader clears the flags', () => {
    const rig = Rig.fresh().to(40);
    rig.uno.reset('external');
    rig.uno.chip.cpu.data[0x54] = 0;
    rig.for(40);
    expect(resetCauses[rig.hello.resetCause]).toBe('external');
    expect(rig.status.notes).toBe(0);
  });

  it('counts a new epoch at every start, also after a loss of power', () => {
    const rig = Rig.fresh().to(40);
    const epochs = [rig.hello.epoch];
    for (let start = 0; start < 20; start++) {
      rig.uno.reset(start % 3 === 0 ? 'powerOn' : 'external');
      epochs.push(rig.for(40).hello.epoch);
    }
    expect(epochs).toEqual(epochs.map((_, index) => (epochs[0] ?? 0) + index));
    const next = Rig.fresh({ eeprom: rig.uno.eeprom }).to(40);
    expect(next.hello.epoch).toBe((epochs.at(-1) ?? 0) + 1);
  });

  it('goes on counting around the end of the 14 bits', () => {
    const eeprom = Rig.fresh().to(40).uno.eeprom;
    const slot = [0xff, 0x3f];
    eeprom.fill(0xff);
    eeprom.set([...slot, checkOf(slot)]);
    const rig = Rig.fresh({ eeprom }).to(40);
    expect(rig.hello.epoch).toBe(0);
    rig.uno.reset('external');
    expect(rig.for(40).hello.epoch).toBe(1);
  });

  it('keeps the epoch before when a loss of power cut the writing of the newest short', () => {
    const first = Rig.fresh().to(40);
    first.uno.reset('powerOn');
    const second = first.for(40).hello.epoch;
    const eeprom = first.uno.eeprom;
    eeprom[5] = (eeprom[5] ?? 0) ^ 0xff;
    expect(Rig.fresh({ eeprom }).to(40).hello.epoch).toBe(second);
  });
});

const crcStep = (value: number): number => {
  let crc = value;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x80 ? ((crc << 1) ^ 0x07) & 0xff : crc << 1;
  return crc;
};
const checkOf = (slot: readonly number[]): number => slot.reduce((crc, byte) => crcStep(crc ^ byte), 0xa5);
