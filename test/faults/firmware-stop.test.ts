/** What a person or a host does to stop, on the emulated board, measured at the motor pins to the cycle. */
import { describe, expect, it } from 'vitest';
import { boardStates } from '../../hardware/lease.ts';
import { Rig } from '../firmware/rig.ts';
import { note, percentile, sized } from './figures.ts';
import { Chance, seed } from './support/chance.ts';

const byteMs = 10 / 57.6;
const stop = [0xf0, 0x04, 0xf7] as const;
const systemReset = 0xff;
/** From the last bit of FF to low pins: one interrupt, and at worst the one that was being served. */
const ffWithinMs = 0.2;

/** Driving one motor or both, at any duty, at any phase of tick and PWM. */
const running = (chance: Chance): Rig => {
  const rig = new Rig({ seed: chance.below(1000) }).to(60 + chance.between(0, 5)).arm();
  const left = 2 + chance.below(152);
  const right = chance.oneIn(2) ? 2 + chance.below(152) : 0;
  rig.ask(left, right).lease(left, right).for(chance.between(8, 20));
  rig.ask(left, right).lease(left, right);
  return rig.for(chance.between(70, 140));
};

const forEach = (count: number, run: (chance: Chance, index: number) => void): void => {
  for (let index = 0; index < count; index++) run(new Chance(seed * 100_003 + index), index);
};

describe('the stop switch', () => {
  it('silences within 5 ms of a press at any phase, the main loop hung or not', () => {
    const presses = sized(1000, 60);
    const tookMs: number[] = [];
    const hungMs: number[] = [];
    forEach(presses, (chance, index) => {
      const rig = running(chance);
      const isHung = index % 5 === 0;
      if (isHung) rig.hang().for(chance.between(0, 100));
      expect(rig.isDriven, `press ${index}`).toBe(true);
      const pressedAt = rig.nowMs;
      rig.uno.press('stop');
      rig.for(20);
      const took = Math.max(0, rig.silentSinceMs - pressedAt);
      expect(took, `press ${index}`).toBeLessThanOrEqual(5);
      (isHung ? hungMs : tookMs).push(took);
    });
    note({
      id: 'stop-pin-worst',
      what: 'stop switch pressed → both motor pins low, worst',
      value: Math.max(...tookMs, ...hungMs),
      unit: 'ms',
      bound: 5,
      of: `${presses} presses at random phase, ${hungMs.length} with the main loop hung (worst ${Math.max(...hungMs).toFixed(2)}), seed ${seed}`,
    });
  });
});

describe('STOP of the host', () => {
  it('silences within 10 ms (99 of 100) of its writing, with up to 32 bytes on their way before it', () => {
    const stops = sized(1000, 60);
    const tookMs: number[] = [];
    forEach(stops, (chance, index) => {
      const rig = running(chance);
      expect(rig.isDriven, `stop ${index}`).toBe(true);
      for (const _ of Array(chance.below(11)).keys()) rig.analog('left', 20 + chance.below(120));
      const writtenAt = rig.nowMs;
      rig.send(...stop).for(40);
      expect(boardStates[rig.status.state]).toBe('disarmed');
      tookMs.push(rig.silentSinceMs - writtenAt);
    });
    const p99 = percentile(tookMs, 0.99);
    expect(p99).toBeLessThanOrEqual(10);
    note({
      id: 'host-stop-p99',
      what: 'STOP written by the host → both motor pins low, in-process, 99 of 100',
      value: p99,
      unit: 'ms',
      bound: 10,
      of: `${stops} moments, worst ${Math.max(...tookMs).toFixed(2)} ms, seed ${seed}`,
    });
  });
});

describe('FF', () => {
  it('undoes all that was queued before it, cut anywhere: no driven cycle after it', () => {
    const cuts = sized(1000, 60);
    let worst = 0;
    let driving = 0;
    forEach(cuts, (chance, index) => {
      const isRunning = chance.oneIn(2);
      const rig = isRunning ? running(chance) : new Rig({ seed: index }).to(62 + chance.between(0, 250));
      if (isRunning) driving++;
      const queued = [
        ...(isRunning ? [] : rig.armBytes()),
        0xe5,
        chance.below(128),
        1,
        0xe6,
        chance.below(128),
        1,
        ...rig.leaseBytes(150, 150),
        0xe5,
        22,
        1,
        ...rig.leaseBytes(140, 140),
      ];
      const cut = chance.below(queued.length + 1);
      // The main loop may be behind: then all of it is still in the ring when the FF comes.
      if (chance.oneIn(3)) rig.hang();
      rig.send(...queued.slice(0, cut));
      if (chance.oneIn(4)) rig.for(chance.between(0, cut * byteMs));
      const arrivesAt = rig.nowMs + (rig.uno.queuedBytes + 1) * byteMs;
      // What was behind it when it came is half a message, and the rest of a session that is over.
      rig.send(systemReset, ...queued.slice(cut)).for(150);
      const took = rig.silentSinceMs - arrivesAt;
      expect(took, `cut ${index}`).toBeLessThanOrEqual(ffWithinMs);
      if (isRunning) worst = Math.max(worst, took);
    });
    note({
      id: 'ff-worst',
      what: 'last bit of FF → both motor pins low, and no driven cycle after',
      value: worst,
      unit: 'ms',
      bound: 1,
      of: `${cuts} random cuts of ARM, LEASE and analog messages, ${driving} while driving, seed ${seed}`,
    });
  });
});
