import { describe, expect, it } from 'vitest';
import { noteBits } from '../../hardware/lease.ts';
import { uno as pins } from '../../hardware/pins.ts';
import { motorLimits } from '../../machines/limits.ts';
import type { Motor } from '../../machines/vocabulary.ts';
import { clockHz, pwmPeriodCycles } from '../../simulator/avr/uno.ts';
import { isLong, someBelow } from '../support/length.ts';
import { hasNote, Rig } from './rig.ts';

const periodMs = pwmPeriodCycles / (clockHz / 1000);
/** How much later within its period a tick may come than another: the highest duty that a tick rides on. */
const tickJitterMs = 0.75;

const noted = (rig: Rig, name: (typeof noteBits)[number]): boolean =>
  rig.statuses.some(status => hasNote(status, noteBits.indexOf(name)));

/** Duties measured at a pin, each with how long it lasted. */
const stretches = (rig: Rig, motor: Motor): { duty: number; fromMs: number; forMs: number }[] => {
  const events = rig.events.filter(event => event.type === 'duty').filter(({ pin }) => pin === pins[motor]);
  return events.map(({ duty, atMs }, index) => ({
    duty,
    fromMs: atMs,
    forMs: (events[index + 1]?.atMs ?? rig.nowMs) - atMs,
  }));
};

/** How long each pulse at a motor's pin was. */
const pulsesMs = (rig: Rig, motor: Motor): number[] => {
  const edges = rig.edges.filter(({ pin }) => pin === pins[motor]);
  return edges.flatMap((edge, index) => {
    const next = edges[index + 1];
    return edge.high && next ? [(next.cycle - edge.cycle) / (clockHz / 1000)] : [];
  });
};

/** The most that a pin was high-or-pulsing within any window of this length. */
const mostOnMs = (rig: Rig, motor: Motor, windowMs: number): number => {
  const on = stretches(rig, motor).filter(({ duty }) => duty > 0);
  const within = (from: number): number =>
    on.reduce((sum, { fromMs, forMs }) => {
      const overlap = Math.min(fromMs + forMs, from + windowMs) - Math.max(fromMs, from);
      return sum + Math.max(0, overlap);
    }, 0);
  return Math.max(
    0,
    ...on.flatMap(({ fromMs, forMs }) => [within(fromMs), within(fromMs + forMs - windowMs)]),
  );
};

describe('the bounds that the firmware holds by itself', () => {
  it('no value of 14 bits gets past the kick ceiling, nor past the running ceiling for more than 60 ms', () => {
    const rig = new Rig().ready();
    const factor = isLong ? 0.86 : 0.6;
    for (let duty = 16_383; duty >= 154; duty = Math.floor(duty * factor)) {
      rig.hold(2000, 0, 0).hold(200, duty, duty);
    }
    rig.hold(100, 0, 0);
    for (const motor of ['left', 'right'] as const) {
      const seen = stretches(rig, motor);
      expect(Math.max(...seen.map(({ duty }) => duty))).toBe(motorLimits.kickDuty);
      const kicks = seen.filter(({ duty }) => duty > motorLimits.runningDuty);
      expect(kicks.length).toBeGreaterThan(isLong ? 20 : 7);
      expect(Math.max(...kicks.map(({ forMs }) => forMs))).toBeLessThanOrEqual(motorLimits.kickMaxMs);
    }
    expect(noted(rig, 'clippedDuty')).toBe(true);
  });

  it('lets a kick of 40 ms pass without a note', () => {
    const rig = new Rig().ready();
    rig.ask(184, 0).lease(184, 0).for(40).ask(150, 0).lease(150, 0).for(100);
    const [kick, run] = stretches(rig, 'left');
    expect(kick).toMatchObject({ duty: 184 });
    // It begins when the lease has arrived and ends when the analog message has, 3 ms earlier behind its frame.
    expect(kick?.forMs).toBeGreaterThan(34);
    expect(run).toMatchObject({ duty: 150 });
    expect(rig.status.notes).toBe(0);
  });

  it('gives no new kick after a rest shorter than a kick', () => {
    const rig = new Rig().ready();
    for (let time = 0; time < 40; time++) {
      rig.ask(184, 0).lease(184, 0).for(30).ask(0, 0).lease(0, 0).for(20);
    }
    rig.for(100);
    const kicked = stretches(rig, 'left')
      .filter(({ duty }) => duty > motorLimits.runningDuty)
      .reduce((sum, { forMs }) => sum + forMs, 0);
    expect(kicked).toBeLessThanOrEqual(motorLimits.kickMaxMs + 2);
  });

  it('runs no motor longer than 2.5 s, and not again before the host has asked for 0 and it has rested', () => {
    const rig = new Rig().ready().hold(2520, 120, 0);
    const [run] = stretches(rig, 'left');
    expect(run?.forMs).toBeLessThanOrEqual(motorLimits.continuousMaxMs);
    expect(run?.forMs).toBeGreaterThan(motorLimits.continuousMaxMs - 10);
    expect(rig.uno.duty(pins.left)).toBe(0);
    expect(noted(rig, 'clippedContinuous')).toBe(true);
    rig.ask(0, 0).lease(0, 0).for(20).ask(120, 0).lease(120, 0).for(50);
    expect(rig.uno.duty(pins.left)).toBe(0);
    rig.ask(0, 0).lease(0, 0).for(90).ask(120, 0).lease(120, 0).for(50);
    expect(rig.uno.duty(pins.left)).toBe(120);
  });

  // A limit of so many ticks is not seen by its milliseconds: they leave room for how the ticks may lie, which is nearly one.
  it.each([
    ['2.5 s without a rest', motorLimits.continuousMaxMs, 120, 0, 2520],
    ['60 ms above the running ceiling', motorLimits.kickMaxMs, 184, motorLimits.runningDuty, 100],
  ])(
    '%s is as many PWM periods as surely fit, not one more or less, wherever they lie',
    (_, mostMs, duty, above, heldMs) => {
      const fitting = Math.floor((mostMs - tickJitterMs) / periodMs);
      const seen = someBelow(8, 3).map(phase => {
        const rig = new Rig()
          .ready()
          .for((phase * periodMs) / 8)
          .hold(heldMs, duty, 0);
        return pulsesMs(rig, 'left').filter(forMs => forMs > (above / 255) * periodMs + 0.01).length;
      });
      expect(Math.max(...seen)).toBe(fitting);
      // A start behind the beginning of its period and before the tick has that tick counted, and no pulse of it.
      expect(Math.min(...seen)).toBeGreaterThanOrEqual(fitting - 1);
    },
  );

  it('starts two motors at least 60 ms apart: the second is late, not lost', () => {
    for (const phase of someBelow(24, 5)) {
      const rig = new Rig().ready().for(phase * 0.43);
      rig.ask(150, 150).lease(150, 150).for(200);
      const gap = (rig.rises('right')[0] ?? Number.NaN) - (rig.rises('left')[0] ?? Number.NaN);
      expect(gap).toBeGreaterThanOrEqual(motorLimits.staggerMs);
      expect(gap).toBeLessThan(motorLimits.staggerMs + 2);
      expect(noted(rig, 'clippedStagger')).toBe(true);
    }
  });

  it('takes two starts that a host sent 60 ms apart as they are, without a note', () => {
    for (const phase of someBelow(24, 5)) {
      const rig = new Rig().ready().for(phase * 0.43);
      rig.ask(150, 0).lease(150, 0).for(motorLimits.staggerMs).ask(150, 150).lease(150, 150).for(80);
      const gap = (rig.rises('right')[0] ?? Number.NaN) - (rig.rises('left')[0] ?? Number.NaN);
      expect(gap).toBeGreaterThanOrEqual(motorLimits.staggerMs);
      expect(gap).toBeLessThan(motorLimits.staggerMs + 3);
      expect(rig.status.notes).toBe(0);
    }
  });

  it('keeps each motor under 40 % of any 10 s, for two minutes of a host that wants more', () => {
    const rig = new Rig().ready();
    const forMs = isLong ? 120_000 : 20_000;
    const lengths = [400, 900, 150, 2400, 700, 60, 1300];
    for (let time = 0; rig.nowMs < forMs; time++) {
      const length = lengths[time % lengths.length] ?? 0;
      rig.hold(length, time % 3 ? 150 : 0, time % 2 ? 150 : 0).hold(100, 0, 0);
    }
    for (const motor of ['left', 'right'] as const) {
      const most = mostOnMs(rig, motor, motorLimits.shareWindowMs);
      expect(most).toBeLessThanOrEqual(motorLimits.shareWindowMs * motorLimits.firmwareShare);
      expect(most).toBeGreaterThan(motorLimits.shareWindowMs * motorLimits.firmwareShare - 150);
    }
    expect(noted(rig, 'clippedShare')).toBe(true);
  });

  it('counts on-time over disarms: a new ARM brings no new budget', () => {
    const rig = new Rig().to(300);
    for (let time = 0; time < (isLong ? 24 : 12); time++) {
      rig.arm().lease(0, 0).for(15).hold(450, 150, 0).send(0xff).for(60);
    }
    expect(mostOnMs(rig, 'left', motorLimits.shareWindowMs)).toBeLessThanOrEqual(4000);
  });

  it('counts on-time over resets: opening the port, which resets an Uno, brings no new budget', () => {
    const rig = new Rig().to(300);
    for (let start = 0; start < (isLong ? 40 : 14); start++) {
      rig.arm().lease(0, 0).for(20).hold(450, 150, 0);
      rig.uno.reset(start % 2 ? 'external' : 'brownOut');
      rig.for(45);
    }
    const most = mostOnMs(rig, 'left', motorLimits.shareWindowMs);
    expect(most).toBeLessThanOrEqual(4000);
    expect(most).toBeGreaterThan(3500);
  });

  it('gives no motor a start within 60 ms of a reset: it may just have been running', () => {
    for (const cause of ['external', 'brownOut', 'watchdog'] as const) {
      const rig = new Rig().running(184);
      rig.uno.reset(cause);
      const resetAt = rig.nowMs;
      rig.edges.length = 0;
      rig.for(32).arm().ask(150, 150).lease(150, 150).for(120);
      const [first = Number.NaN] = rig.rises('left');
      expect(first - resetAt).toBeGreaterThanOrEqual(motorLimits.staggerMs);
      expect(first - resetAt).toBeLessThan(motorLimits.staggerMs + 25);
    }
  });

  it('lets cues of 20 % pass for a minute without a note', () => {
    const rig = new Rig().ready();
    const times = isLong ? 30 : 8;
    for (let time = 0; time < times; time++) rig.hold(400, 153, 0).hold(1600, 0, 0);
    expect(rig.statuses.every(({ notes }) => notes === 0)).toBe(true);
    expect(rig.rises('left').length).toBeGreaterThan(times * 380);
  });
});
