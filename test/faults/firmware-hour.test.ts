/** An emulated hour of a host that asks for everything all the time, by every means it has. */
import { describe, expect, it } from 'vitest';
import { motorLimits } from '../../machines/limits.ts';
import { Rig } from '../firmware/rig.ts';
import { note, sized } from './figures.ts';
import { BoundsWatch } from './support/bounds-watch.ts';
import { Chance, seed } from './support/chance.ts';

const everything = 2 ** 14 - 1;

/** Ways to ask for more than there is. Each takes some seconds. */
const greeds: readonly ((rig: Rig, chance: Chance) => unknown)[] = [
  // Everything, without a pause.
  rig => rig.hold(4000, everything, everything),
  // Everything, with the shortest pause that makes a new start possible.
  (rig, chance) => {
    for (let turn = 0; turn < 10; turn++)
      rig.hold(chance.between(200, 2600), everything, everything).hold(62, 0, 0);
  },
  // Kick after kick.
  (rig, chance) => {
    for (let turn = 0; turn < 30; turn++)
      rig.hold(chance.between(10, 90), 184, 0).hold(chance.between(5, 70), 0, 0);
  },
  // A stutter that never rests.
  (rig, chance) => {
    for (let turn = 0; turn < 200; turn++) {
      rig.ask(everything, turn % 2 ? everything : 0).lease(everything, everything);
      rig.for(chance.between(4, 40)).analog('left', 0).analog('right', 0).for(chance.between(1, 30));
    }
  },
  // The motors in turn, as near to each other as can be.
  (rig, chance) => {
    for (let turn = 0; turn < 20; turn++)
      rig
        .hold(chance.between(20, 400), everything, 0)
        .hold(chance.between(20, 400), everything, everything)
        .hold(chance.between(20, 400), 0, everything)
        .hold(chance.between(1, 100), 0, 0);
  },
  // A new ARM for a new budget.
  (rig, chance) => {
    for (let turn = 0; turn < 8; turn++) {
      rig.hold(chance.between(100, 900), everything, everything).send(0xff).for(15);
      rig.arm().lease(0, 0);
    }
  },
  // A reset for a new budget: opening the port does that.
  (rig, chance) => {
    for (let turn = 0; turn < 4; turn++) {
      rig.hold(chance.between(100, 1500), everything, everything).uno.reset('external');
      rig.for(35).arm().lease(0, 0);
    }
  },
];

describe('the bounds of the motors', () => {
  it('hold over an hour of a host that asks for everything all the time', () => {
    const untilMs = sized(60, 2) * 60_000;
    const chance = new Chance(seed * 17);
    const rig = new Rig({ seed }).ready();
    const watch = new BoundsWatch();
    rig.uno.scope.subscribeEdges(edge => watch.edge(edge));
    // In turn, so that each has come even in a short sample; the first one with all budgets full.
    for (let turn = 0; rig.nowMs < untilMs; turn++) {
      if (rig.status.state === 0) rig.arm().lease(0, 0).for(10);
      greeds[turn % greeds.length]?.(rig, chance);
      // An hour of edges would not fit.
      rig.edges.length = 0;
      rig.events.length = 0;
      rig.statuses.splice(0, rig.statuses.length - 1);
      rig.others.length = 0;
    }
    const { worst } = watch;
    expect(worst.starts).toBeGreaterThan(sized(1000, 40));
    const of = `${Math.round(rig.nowMs / 60_000)} emulated minutes, ${worst.starts} starts, seed ${seed}`;
    const figures = [
      ['hour-continuous', 'longest drive of a motor', worst.continuousMs, motorLimits.continuousMaxMs],
      [
        'hour-between-rests',
        'most drive of a motor between two rests of 60 ms',
        worst.betweenRestsMs,
        motorLimits.continuousMaxMs,
      ],
      [
        'hour-share',
        'most drive of a motor within any 10 s',
        worst.inWindowMs,
        motorLimits.shareWindowMs * motorLimits.firmwareShare,
      ],
      ['hour-kick', 'most drive above the running ceiling', worst.kickMs, motorLimits.kickMaxMs],
    ] as const;
    for (const [id, what, value, bound] of figures) {
      note({ id, what, value, unit: 'ms', bound, of });
      expect(value, what).toBeLessThanOrEqual(bound);
      // Greedy enough to have come near each of them.
      expect(value, what).toBeGreaterThan(0.95 * bound - 2);
    }
    note({
      id: 'hour-duty',
      what: 'highest duty of a motor',
      value: worst.duty,
      unit: 'of 255',
      bound: motorLimits.kickDuty,
      of,
    });
    expect(worst.duty).toBe(motorLimits.kickDuty);
    note({
      id: 'hour-stagger',
      what: `nearest starts of two motors (at least ${motorLimits.staggerMs} ms)`,
      value: worst.staggerMs,
      unit: 'ms',
      of,
    });
    expect(worst.staggerMs).toBeGreaterThanOrEqual(motorLimits.staggerMs);
  });
});
