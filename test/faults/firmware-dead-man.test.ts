/** Whatever falls silent or hangs, the motors go off: on the emulated board, measured at the motor pins. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { resetCauses } from '../../hardware/lease.ts';
import { leaseLimits } from '../../machines/limits.ts';
import { hex, Rig } from '../firmware/rig.ts';
import { note, sized } from './figures.ts';
import { Chance, seed } from './support/chance.ts';

const withoutDeadMan = readFileSync(new URL('./no-dead-man.hex', import.meta.url), 'utf8');

/** No fault may end later than this: the lease, and what a board and a line add to it. */
const offWithinMs = 300;

/** A host in the midst of its work, some moment after its newest lease and perhaps in the midst of a message. */
const working = (chance: Chance, firmware = hex): Rig => {
  const rig = new Rig({ seed: chance.below(1000) }, firmware).ready();
  const duty = 40 + chance.below(100);
  rig.for(chance.between(0, 120)).hold(chance.between(20, 400), duty, chance.oneIn(2) ? 0 : duty);
  return rig.ask(duty, 0).lease(duty, 0).for(chance.between(5, 40));
};

/** The host dies: what it has not sent yet is never sent. How long the motors go on, looked at for `watchMs`. */
const silenceMs = (chance: Chance, firmware = hex, watchMs = 400): number => {
  const rig = working(chance, firmware);
  if (chance.oneIn(3)) rig.analog('left', 100).lease(100, 0).for(chance.between(0, 3));
  expect(rig.isDriven).toBe(true);
  const diedAt = rig.nowMs;
  rig.uno.cutLine();
  rig.for(watchMs);
  return rig.silentSinceMs - diedAt;
};

const moments = sized(200, 40);
const chances = Array.from({ length: moments }, (_, index) => new Chance(seed * 7919 + index));
const of = `${moments} random moments, seed ${seed}`;

describe('the dead-man', () => {
  it('silences within 250 ms of the last thing that a host has said', () => {
    const worst = Math.max(...chances.map(chance => silenceMs(chance)));
    expect(worst).toBeLessThanOrEqual(leaseLimits.leaseMs);
    note({
      id: 'silence-off-worst',
      what: 'silence of the host → both motor pins low, worst',
      value: worst,
      unit: 'ms',
      bound: leaseLimits.leaseMs,
      of,
    });
  });

  it('is what does it: of a build without it, every motor is still driven after 2 s of silence', () => {
    const driven = Array.from({ length: sized(20, 5) }, (_, index) => new Chance(seed * 31 + index)).map(
      chance => silenceMs(chance, withoutDeadMan, 2000),
    );
    expect(Math.min(...driven)).toBeGreaterThan(1990);
    note({
      id: 'silence-off-without-dead-man',
      what: 'the same silence with a build without the dead-man: motors still driven after, least',
      value: Math.min(...driven),
      unit: 'ms',
      of: `${driven.length} moments, looked at for 2000 ms: the measurement can fail`,
    });
  });
});

describe('a program that hangs', () => {
  it.each([
    ['in its main loop, under a host that renews,', 'main-loop-hang-worst', false],
    ['with interrupts off', 'cli-hang-worst', true],
  ])('%s is silent within 300 ms', (how, id, interruptsOff) => {
    let worst = 0;
    for (const chance of chances) {
      const rig = working(chance).hang(interruptsOff);
      const hungAt = rig.nowMs;
      if (interruptsOff) rig.for(600);
      else rig.hold(600, 60, 0);
      worst = Math.max(worst, rig.silentSinceMs - hungAt);
      expect(resetCauses[rig.hello.resetCause]).toBe('watchdog');
    }
    expect(worst).toBeLessThanOrEqual(offWithinMs);
    note({
      id,
      what: `program that hangs ${how.replace(/,$/, '')} → both motor pins low, worst`,
      value: worst,
      unit: 'ms',
      bound: offWithinMs,
      of,
    });
  });
});
