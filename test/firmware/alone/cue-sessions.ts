/** What whole sessions ask of the conductor: recorded as it is asked, so that the board's player can be asked the same. */
import { vi } from 'vitest';
import { library } from '../../../machines/routine/library.ts';
import type { Routine } from '../../../machines/routine/schema.ts';
import type { Ms } from '../../../machines/vocabulary.ts';
import { Conductor } from '../../../src/motors/conductor.ts';
import { rememberedStage } from '../../../src/simulation/recorded-stage.ts';
import { assumedPerson } from '../../../src/simulation/script.ts';
import { simulate } from '../../../src/simulation/simulate.ts';
import { seeded } from '../../../src/time/virtual-clock.ts';
import { randomScript } from '../../support/random-script.ts';
import { begun, type RawStep, stepsOf } from '../../support/simulated.ts';
import { type Moment, type Stream, usualTuning } from './cue-player.ts';

/** A session of this script; without one of the person who is assumed. */
async function recordedSession(routine: Routine, steps?: readonly RawStep[]): Promise<Stream> {
  const { accept, hush, begin, finish } = Conductor.prototype;
  const moments: Moment[] = [];
  let orders: Moment['orders'][number][] = [];
  const spies = [
    vi.spyOn(Conductor.prototype, 'accept').mockImplementation(function (this: Conductor, order) {
      orders.push(order);
      accept.call(this, order);
    }),
    vi.spyOn(Conductor.prototype, 'hush').mockImplementation(function (this: Conductor) {
      orders.push('stop');
      hush.call(this);
    }),
    vi.spyOn(Conductor.prototype, 'begin').mockImplementation(function (this: Conductor, at, scheduledAt) {
      const wasEngaged = this.next() !== null;
      begin.call(this, at, scheduledAt);
      // The loop had stood still: what it lets go of by that is a stop.
      if (wasEngaged && this.next() === null) orders.push('stop');
    }),
    vi.spyOn(Conductor.prototype, 'finish').mockImplementation(function (this: Conductor, at) {
      finish.call(this, at);
      moments.push({ at, orders, isEngaged: this.next() !== null });
      orders = [];
    }),
  ];
  try {
    await simulate(rememberedStage(), {
      routine,
      steps: steps ? stepsOf(steps) : assumedPerson(routine),
      product: 'test',
    });
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return { tuning: usualTuning, moments };
}

/** Somebody who presses without rest, several times in a second for minutes. */
function hastyScript(seed: number, lastMs: Ms): readonly RawStep[] {
  const random = seeded(seed);
  const steps: RawStep[] = [];
  for (let at = 1000; at < lastMs; at += 40 + Math.floor(random() * random() * 1500)) {
    const button = (['go', 'go', 'go', 'less', 'receiver'] as const)[Math.floor(random() * 5)];
    steps.push({ at, button, down: true });
    at += 40 + Math.floor(random() * random() * 500);
    steps.push({ at, button, down: false });
  }
  return [...begun, ...steps, { at: lastMs + 1000, intent: 'end' }];
}

/** A session by chance: mostly of people, buttons and faults at random times, of haste, and of who is assumed. */
export function sessionBy(seed: number, lastMs: Ms): Promise<Stream> {
  const routines = library();
  const routine = routines[seed % routines.length];
  if (!routine) throw new Error('the library is empty');
  if (seed % 20 === 0) return recordedSession(routine);
  return recordedSession(routine, seed % 2 === 0 ? hastyScript(seed, lastMs) : randomScript(seed, lastMs));
}
