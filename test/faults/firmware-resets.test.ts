/** Resets and reopened ports, at any cycle and in the midst of a drive: nothing moves before a new ARM and a lease. */
import { describe, expect, it } from 'vitest';
import { firstHindranceBit, hindranceBits, systemReset } from '../../hardware/lease.ts';
import type { ResetCause } from '../../simulator/avr/uno.ts';
import { Rig } from '../firmware/rig.ts';
import { note, sized } from './figures.ts';
import { Chance, seed } from './support/chance.ts';

const untried = 1 << (firstHindranceBit + hindranceBits.indexOf('stopUntried'));
const causes: readonly ResetCause[] = ['external', 'brownOut', 'watchdog', 'powerOn'];

/** What a host that has not noticed goes on sending; and what was on its way. */
const goOn = (rig: Rig, chance: Chance, old: readonly Uint8Array[]): void => {
  for (let message = 0; message < 4; message++) {
    rig.analog('left', 150).analog('right', 150).uno.write(chance.pick(old));
    // Before the first STATUS of the new run it knows only the old one.
    rig.lease(150, 150).for(chance.between(0, 30));
  }
};

describe('a reset, or a port that is opened again', () => {
  it('is followed by no driven cycle before a new ARM and a lease, and by one after them', () => {
    const resets = sized(1000, 60);
    let inDrive = 0;
    let slowest = 0;
    for (let index = 0; index < resets; index++) {
      const chance = new Chance(seed * 65_537 + index);
      const rig = new Rig({ seed: index });
      const cause = chance.pick(causes);
      const isReopened = chance.oneIn(3);
      // In the midst of its start, of its idling, or of a drive: at any cycle.
      if (chance.oneIn(8)) rig.to(chance.between(0, 30));
      else rig.running().for(chance.between(0, 120));
      const isDriven = rig.isDriven;
      if (isDriven) inDrive++;
      const old = rig.statuses.length > 0 ? [rig.armBytes(), rig.leaseBytes(150, 150)] : [systemReset];
      if (isReopened) rig.uno.cutLine();
      rig.uno.reset(cause);
      const resetAt = rig.nowMs;
      // The pins float with the reset, and the motors' gates are pulled down.
      slowest = Math.max(slowest, rig.silentSinceMs - resetAt);
      rig.edges.length = 0;
      if (chance.oneIn(6)) {
        rig.for(chance.between(0, 40)).uno.reset(chance.pick(['external', 'brownOut']));
      }
      const heard = rig.statuses.length;
      rig.to(resetAt + chance.between(0, 12));
      if (rig.statuses.length > 0 && !chance.oneIn(4)) goOn(rig, chance, old as Uint8Array[]);
      while (rig.statuses.length === heard && rig.nowMs < resetAt + 400) rig.for(5);
      rig.for(90);
      expect(rig.edges, `reset ${index} (${cause}) of seed ${seed}`).toEqual([]);
      // With the power what is known of STOP has gone, and with nothing else.
      const isUntried = (rig.status.buttons & untried) !== 0;
      expect(isUntried, `reset ${index} (${cause}) of seed ${seed}`).toBe(cause === 'powerOn');
      if (isUntried) rig.tryStop();
      // ARM alone, or a lease alone, is not enough.
      rig.ask(150, 0).lease(150, 0).for(20).arm().ask(150, 0).for(20);
      expect(rig.edges, `reset ${index} (${cause}) of seed ${seed}`).toEqual([]);
      rig.lease(150, 0).for(20);
      expect(rig.isDriven, `reset ${index} (${cause}) of seed ${seed}`).toBe(true);
    }
    expect(inDrive).toBeGreaterThan(resets / 2);
    expect(slowest).toBeLessThanOrEqual(0);
    note({
      id: 'resets-driven-cycles',
      what: 'driven cycles between a reset or reopening and a new ARM with a lease',
      value: 0,
      unit: 'cycles',
      bound: 0,
      of: `${resets} resets (external, brown-out, watchdog, power-on), ${inDrive} in mid-drive, seed ${seed}`,
    });
  });
});
