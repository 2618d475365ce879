/** One beat after another, in each of the ways that people pace things with: how far each is from where it belongs. */
import { createActor, setup } from 'xstate';
import { animated } from '../../../hardware/johnny-five-animation.ts';
import { packageRoot } from '../../installed.ts';
import type { Clock } from '../../time/clock.ts';
import { SystemClock } from '../../time/system-clock.ts';
import type { BeatsMade, BeatWay, TaskOf } from './tasks.ts';

/** Begins to beat; returns what stops it, or null where this way is not to be had. */
type Way = (clock: Clock, everyMs: number, beat: () => void) => (() => void) | null;

const byDeadlines: Way = (clock, everyMs, beat) => {
  const began = clock.now();
  let isOver = false;
  const next = (nth: number): void => {
    clock.at(began + nth * everyMs, () => {
      if (isOver) return;
      beat();
      next(nth + 1);
    });
  };
  next(1);
  return () => {
    isOver = true;
  };
};

const byInterval: Way = (_, everyMs, beat) => {
  const timer = setInterval(beat, everyMs);
  return () => clearInterval(timer);
};

/** As its own documentation has it: a state that is entered anew after a delay. */
const byAfter: Way = (_, everyMs, beat) => {
  const chain = setup({ actions: { beat }, delays: { period: everyMs } }).createMachine({
    initial: 'beating',
    states: { beating: { after: { period: { target: 'beating', reenter: true, actions: 'beat' } } } },
  });
  const actor = createActor(chain).start();
  return () => void actor.stop();
};

const ways: Readonly<Record<BeatWay, Way>> = {
  deadlines: byDeadlines,
  interval: byInterval,
  after: byAfter,
  animation: (_, everyMs, beat) => animated(packageRoot, everyMs, beat),
};

/** Beats for so long. How far each was from its place on the grid that began with the first wait, in ms. */
export async function beats(
  { way, everyMs, forMs }: Omit<TaskOf<'beats'>, 'do'>,
  clock: Clock = new SystemClock(),
): Promise<BeatsMade> {
  const lateMs: number[] = [];
  const usedBefore = process.cpuUsage();
  const began = clock.now();
  const stop = ways[way](clock, everyMs, () =>
    // Nobody beats without end: what would be a fault of a way must not fill the memory.
    lateMs.length < (forMs / everyMs) * 4
      ? lateMs.push(Math.abs(clock.now() - (began + (lateMs.length + 1) * everyMs)))
      : undefined,
  );
  if (stop === null) return null;
  // Half a beat more, so that the last one that belongs here is among them.
  await new Promise<void>(resolve =>
    clock.at(began + forMs + everyMs / 2, () => {
      stop();
      resolve();
    }),
  );
  const { user, system } = process.cpuUsage(usedBefore);
  return { lateMs, cpuShare: (user + system) / 1000 / (clock.now() - began) };
}
