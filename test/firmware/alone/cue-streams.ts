/** Orders by chance, as no session would give them: all cues at all times, dense and sparse, on the grid of input and off it. */
import { cueMs } from '../../../machines/cues/expand.ts';
import { cues } from '../../../machines/cues/library.ts';
import { glideLimits, motorLimits } from '../../../machines/limits.ts';
import {
  type Calibration,
  cueIds,
  cueWhys,
  type Ms,
  motors,
  type Order,
} from '../../../machines/vocabulary.ts';
import { seeded } from '../../../src/time/virtual-clock.ts';
import type { Moment, Stream, Tuning } from './cue-player.ts';

class Chance {
  readonly #random: () => number;
  constructor(seed: number) {
    this.#random = seeded(seed);
  }
  /** A whole number from `least` to `most`. */
  whole(least: number, most: number): number {
    return least + Math.floor(this.#random() * (most - least + 1));
  }
  is(share: number): boolean {
    return this.#random() < share;
  }
  one<T>(list: readonly T[]): T {
    const chosen = list[this.whole(0, list.length - 1)];
    if (chosen === undefined) throw new Error('a choice of nothing');
    return chosen;
  }
}

function motorBy(chance: Chance): Calibration {
  const ratedDuty = chance.whole(30, motorLimits.runningDuty);
  return {
    startDuty: chance.whole(10, ratedDuty),
    ratedDuty,
    kickDuty: chance.whole(1, motorLimits.kickDuty),
  };
}

function tuningBy(chance: Chance): Tuning {
  const lag = chance.is(0.5) ? 0 : chance.whole(1, motorLimits.leadMs);
  return {
    calibration: {
      left: motorBy(chance),
      right: motorBy(chance),
      lagMs: chance.is(0.5) ? { left: lag, right: 0 } : { left: 0, right: lag },
      swapped: chance.is(0.5),
      glideMs: chance.is(0.5) ? glideLimits.usual : chance.whole(glideLimits.min, glideLimits.max),
    },
    isTurned: chance.is(0.3),
    isGentle: chance.is(0.3),
  };
}

/** How a stream is: ms between two moments and how far ahead its cues lie at most, and on which grid. */
const kinds = [
  { gapMs: 200, aheadMs: 300, gridMs: 1 },
  { gapMs: 600, aheadMs: 2500, gridMs: 20 },
  { gapMs: 1500, aheadMs: 6000, gridMs: 1 },
  { gapMs: 4000, aheadMs: 12_000, gridMs: 20 },
  { gapMs: 20_000, aheadMs: 100_000, gridMs: 1 },
] as const;

/** At most so many cues are planned at once: as many as the board remembers. */
const mostAtOnce = 6;

/** The board sees this far ahead: what comes later is the end of a stroke, and one TAP. */
const mostAheadMs = 14_000;

export function streamBy(seed: number, length: number): Stream {
  const chance = new Chance(seed);
  const { gapMs, aheadMs, gridMs } = chance.one(kinds);
  const onGrid = (ms: Ms): Ms => Math.ceil(ms / gridMs) * gridMs;
  const answers = chance.one([0, 0.1, 0.5]);
  const moments: Moment[] = [];
  let at = 0;
  let over: Ms[] = [];
  const play = (): Order | null => {
    over = over.filter(until => until > at);
    if (over.length >= mostAtOnce) return null;
    const answer = chance.is(answers);
    const waitsMs = answer || chance.is(0.4) ? 0 : chance.whole(0, aheadMs);
    const isFar = waitsMs > mostAheadMs;
    const beginsAt = onGrid(at + waitsMs);
    const cue = isFar ? 'TAP' : chance.one(cueIds);
    const times = isFar || chance.is(0.8) ? 1 : chance.whole(2, 3);
    const { againAfterMs } = cues[cue];
    // GLIDE may last a little longer than it is written, and any cue may have to wait.
    over.push(beginsAt + times * (cueMs(cues[cue]) + againAfterMs) + motorLimits.staggerMs);
    const again = chance.is(0.15);
    return {
      type: 'play',
      cue,
      at: beginsAt,
      from: chance.one(motors),
      times,
      why: chance.one(cueWhys),
      answer,
      ...(again && { again: true }),
    };
  };
  const engage = (): Order => ({ type: 'engage', until: at + chance.one([1000, 1000, 5000, 200_000]) });
  for (let count = 0; count < length; count++) {
    at = onGrid(at + chance.whole(0, chance.is(0.2) ? 70 : gapMs));
    const orders: (Order | 'stop')[] = [];
    if (count === 0 || chance.is(0.03)) orders.push({ type: 'arm', at }, engage());
    if (chance.is(0.5)) orders.push(engage());
    for (let more = chance.whole(0, 2); more > 0; more--) {
      const one = play();
      if (one) orders.push(one);
    }
    if (chance.is(0.05)) orders.push({ type: 'drop', cue: chance.one(cueIds) });
    if (chance.is(0.01)) orders.push({ type: 'hush' });
    if (chance.is(0.005)) orders.push('stop');
    moments.push({ at, orders, isEngaged: !chance.is(0.005) });
  }
  return { tuning: tuningBy(chance), moments };
}
