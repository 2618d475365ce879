/** Limits must not eat cues: each arrives at the pins of the emulated board within them, and is felt. */
import { describe, expect, it } from 'vitest';
import { noteBits } from '../../hardware/lease.ts';
import { uno as pins } from '../../hardware/pins.ts';
import { expand, playMs } from '../../machines/cues/expand.ts';
import { gentle } from '../../machines/cues/gentle.ts';
import { cues } from '../../machines/cues/library.ts';
import { coinMotor, type DriveStretch, feltStretches } from '../../machines/cues/motor-model.ts';
import { motorLimits, sessionLimits } from '../../machines/limits.ts';
import { type CueId, cueIds, type Motor, type Ms, motors, type Pulse } from '../../machines/vocabulary.ts';
import { Rig } from '../firmware/rig.ts';
import { note } from './figures.ts';
import { BoundsWatch } from './support/bounds-watch.ts';
import { play } from './support/player.ts';

/** When cues begin, told from the beginning of the first. */
type Score = readonly Readonly<{
  cue: CueId;
  atMs: Ms;
  first?: Motor;
  times?: number;
  gently?: boolean;
}>[];

const pulsesOf = (score: Score, startMs: Ms): Pulse[] =>
  score.flatMap(({ cue, atMs, first, times, gently }) => {
    const pulses = expand(cues[cue], startMs + atMs, first, times);
    return gently ? [...gentle(pulses)] : [...pulses];
  });

/** Played on a fresh board: what is felt of each motor, and what its bounds have come to. */
const playedOnBoard = (score: Score, startMs: Ms, phaseMs: Ms) => {
  const rig = new Rig().ready().hold(100 + phaseMs, 0, 0);
  const zeroMs = rig.nowMs;
  const watch = new BoundsWatch();
  rig.uno.scope.subscribeEdges(edge => watch.edge(edge));
  const pulses = pulsesOf(score, startMs);
  const untilMs = Math.max(...pulses.map(({ until }) => until)) + 300;
  play(rig, pulses, untilMs);
  const feltOf = (motor: Motor): DriveStretch[] =>
    feltStretches(
      rig.events
        .filter(event => event.type === 'duty' && event.pin === pins[motor])
        .map(event => ({
          atMs: event.atMs - zeroMs,
          duty: event.type === 'duty' ? event.duty : 0,
        })),
      untilMs,
    );
  const notes = rig.statuses.reduce((all, status) => all | status.notes, 0);
  return { pulses, watch, felt: { left: feltOf('left'), right: feltOf('right') }, notes };
};

/** Felt bursts of a whole cue, whichever motor: what a hand counts. */
const bursts = (stretches: readonly DriveStretch[]): DriveStretch[] => {
  const merged: DriveStretch[] = [];
  for (const one of stretches.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const last = merged.at(-1);
    if (last === undefined || one.fromMs > last.untilMs) merged.push(one);
    else merged[merged.length - 1] = { fromMs: last.fromMs, untilMs: Math.max(last.untilMs, one.untilMs) };
  }
  return merged;
};

let shortestMs = Number.POSITIVE_INFINITY;
let pulsesFelt = 0;

/** Every pulse is felt on its motor, as one, and the limits have had nothing to do. */
const expectFelt = (score: Score, startMs = 20, phaseMs = 0): Record<Motor, DriveStretch[]> => {
  const played = playedOnBoard(score, startMs, phaseMs);
  for (const motor of motors) {
    const own = played.pulses.filter(pulse => pulse.motor === motor).toSorted((a, b) => a.from - b.from);
    const stretches = played.felt[motor];
    expect(stretches, motor).toHaveLength(own.length);
    for (const [index, { from, until }] of own.entries()) {
      const stretch = stretches[index];
      expect(stretch?.fromMs).toBeGreaterThan(from);
      expect(stretch?.fromMs).toBeLessThan(from + coinMotor.lagMs + coinMotor.upMs);
      expect(stretch?.untilMs).toBeLessThan(until + coinMotor.lagMs + coinMotor.downMs);
      shortestMs = Math.min(shortestMs, (stretch?.untilMs ?? 0) - (stretch?.fromMs ?? 0));
      pulsesFelt++;
    }
  }
  expect(noteBits.filter((_, bit) => played.notes & (1 << bit))).toEqual([]);
  const { worst } = played.watch;
  expect(worst.duty).toBeLessThanOrEqual(motorLimits.kickDuty);
  expect(worst.kickMs).toBeLessThanOrEqual(motorLimits.kickMaxMs);
  expect(worst.continuousMs).toBeLessThanOrEqual(motorLimits.continuousMaxMs);
  expect(worst.staggerMs).toBeGreaterThanOrEqual(motorLimits.staggerMs);
  return played.felt;
};

/** How many bursts each cue is meant to be felt as. */
const burstsOf: Readonly<Record<CueId, number>> = { TAP: 1, GLIDE: 1, NEXT: 2, ASK: 4, EASE: 2, STOP: 1 };

describe('on the emulated board, in the motor model', () => {
  it.each(cueIds)('%s is felt as it is meant, from either motor, at any phase', cue => {
    // Of the tick, and of the beat that renews the lease: its message may be on the line when the cue begins.
    for (const first of motors)
      for (const [startMs, phaseMs] of [
        [100, 0],
        [101, 0.3],
        [103, 0.6],
        [140, 0.9],
        [199, 0.2],
      ] as const) {
        const both = expectFelt([{ cue, atMs: 0, first }], startMs, phaseMs);
        expect(bursts([...both.left, ...both.right])).toHaveLength(burstsOf[cue]);
      }
  });

  it.each(cueIds)('%s is felt as it is meant where it is played gently', cue => {
    const both = expectFelt([{ cue, atMs: 0, gently: true }]);
    expect(bursts([...both.left, ...both.right])).toHaveLength(burstsOf[cue]);
  });

  it('NEXT three times is felt three times', () => {
    const both = expectFelt([{ cue: 'NEXT', atMs: 0, times: 3 }]);
    expect(bursts([...both.left, ...both.right])).toHaveLength(6);
  });

  it('EASE is felt right after an ASK', () => {
    const after = playMs(cues.ASK, 1) + sessionLimits.apartMs;
    const both = expectFelt([
      { cue: 'ASK', atMs: 0 },
      { cue: 'EASE', atMs: after },
    ]);
    expect(bursts([...both.left, ...both.right])).toHaveLength(6);
  });

  it('a second ASK six seconds later is felt, with strokes all the while', () => {
    const strokes: Score = [1500, 4500, 7500].flatMap(atMs => [
      { cue: 'GLIDE', atMs } as const,
      { cue: 'TAP', atMs: atMs + 2000 } as const,
    ]);
    expectFelt([
      { cue: 'ASK', atMs: 0 },
      ...strokes.filter(({ atMs }) => atMs < 5500),
      { cue: 'ASK', atMs: sessionLimits.askEveryMs, first: 'right' },
      ...strokes.filter(({ atMs }) => atMs > 7300),
    ]);
  });

  it('all but STOP are felt one after the other, as near as they may be', () => {
    let atMs = 0;
    const score = cueIds
      .filter(cue => cue !== 'STOP')
      .map(cue => {
        const at = atMs;
        atMs += playMs(cues[cue], 1) + sessionLimits.apartMs;
        return { cue, atMs: at };
      });
    expectFelt(score);
  });

  it('STOP is felt as the long one that it is, after cues that have taken their whole share', () => {
    const taken = [0, 1, 2].map(turn => ({ cue: 'EASE', atMs: turn * 1100 }) as const);
    const played = playedOnBoard([...taken, { cue: 'STOP', atMs: 3600 }], 20, 0);
    for (const motor of motors) {
      const last = played.felt[motor].at(-1);
      expect((last?.untilMs ?? 0) - (last?.fromMs ?? 0)).toBeGreaterThan(1800);
    }
    note({
      id: 'cues-felt-shortest',
      what: 'shortest that a pulse of a cue is felt in the motor model (at least 60 ms)',
      value: shortestMs,
      unit: 'ms',
      of: `${pulsesFelt} pulses of ${cueIds.length} cues, none eaten by a limit`,
    });
  });
});

describe('the motor model', () => {
  it('does not feel a pulse of 60 ms at rated duty, nor a long one below the start duty', () => {
    const pulse = (duty: number, forMs: Ms) => [
      { atMs: 0, duty },
      { atMs: forMs, duty: 0 },
    ];
    expect(feltStretches(pulse(motorLimits.runningDuty, 60), 500)).toEqual([]);
    expect(feltStretches(pulse(coinMotor.startDuty - 1, 1000), 2000)).toEqual([]);
    expect(feltStretches(pulse(coinMotor.startDuty, 1000), 2000)).toHaveLength(1);
  });

  it('does not feel a cue whose kick and length a limit has eaten', () => {
    // A slew of 40 per 100 ms, which is what some would call gentle.
    const slewed = Array.from({ length: 15 }, (_, step) => ({ atMs: 10 * step, duty: 4 * step }));
    expect(feltStretches([...slewed, { atMs: 150, duty: 0 }], 500)).toEqual([]);
  });
});
