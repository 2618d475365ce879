/** Many at once in one process: how late their moments come. */
import { createActor, setup } from 'xstate';
import { Recorder } from '../../../hardware/recorder.ts';
import { Run } from '../../session/run.ts';
import { countedFrom } from '../../time/clock.ts';
import { Lateness } from '../../time/lateness.ts';
import { SystemClock } from '../../time/system-clock.ts';
import { pause } from './pause.ts';
import { shipped, toStart } from './session.ts';
import type { CrowdPaced, TaskOf } from './tasks.ts';

/** A session that has just begun is not yet like one that runs. */
const settleMs = 500;
/** They begin one after the other over so long, as sessions of a house would, not all at one moment. */
const spreadOverMs = 1000;

/** Moments counted from here on: `lateness` has all of a session's. */
const newMoments = (all: readonly Lateness[], before: readonly (readonly number[])[]): Lateness => {
  const sum = new Lateness();
  for (const [nth, { counts }] of all.entries())
    for (const [bin, count] of counts.entries()) {
      const fresh = count - (before[nth]?.[bin] ?? 0);
      sum.counts[bin] = (sum.counts[bin] ?? 0) + fresh;
      sum.count += fresh;
    }
  return sum;
};

async function watched(all: readonly Lateness[], forMs: number): Promise<CrowdPaced> {
  await pause(settleMs);
  const before = all.map(({ counts }) => [...counts]);
  const usedBefore = process.cpuUsage();
  const began = performance.now();
  await pause(forMs);
  const { user, system } = process.cpuUsage(usedBefore);
  const tookMs = performance.now() - began;
  const moments = newMoments(all, before);
  const within = moments.within(0.99);
  return {
    // Beyond the last bin there is no bound.
    withinMs: Number.isFinite(within) ? within : null,
    moments: moments.count,
    cpuShare: (user + system) / 1000 / tookMs,
  };
}

/** So many sessions with their hands moving, in real time and without a board. */
export async function sessionsPaced({ count, forMs }: Omit<TaskOf<'sessions'>, 'do'>): Promise<CrowdPaced> {
  const routine = shipped('first-touch');
  const clock = new SystemClock();
  const runs: Run[] = [];
  for (let nth = 0; nth < count; nth++) {
    const run = new Run({
      routine,
      clock: countedFrom(clock, clock.now()),
      driver: new Recorder(),
      speaks: false,
      boardReady: true,
      product: 'bench',
    });
    run.open();
    for (const intent of toStart) run.intend(intent);
    runs.push(run);
    await pause(spreadOverMs / count);
  }
  const wrong = runs.find(({ state }) => state !== 'warmUp');
  // So many that some have found the loop standing still, which a session takes for a fault.
  if (wrong && count > 1) return { withinMs: null, moments: 0, cpuShare: 1 };
  if (wrong) throw new Error(`a session that was to move is in ${wrong.state}`);
  return await watched(
    runs.map(({ agenda }) => agenda.lateness),
    forMs,
  );
}

/** As often as a session's lease is renewed. */
const stepMs = 100;

/** So many charts of one state each, entered anew by `after`, which does nothing else. */
export async function chainsPaced({ count, forMs }: Omit<TaskOf<'chains'>, 'do'>): Promise<CrowdPaced> {
  const all: Lateness[] = [];
  for (let nth = 0; nth < count; nth++) {
    const lateness = new Lateness();
    all.push(lateness);
    let since = performance.now();
    const beat = (): void => {
      const now = performance.now();
      lateness.note(now - since - stepMs);
      since = now;
    };
    const chain = setup({ actions: { beat }, delays: { step: stepMs } }).createMachine({
      initial: 'waiting',
      states: { waiting: { after: { step: { target: 'waiting', reenter: true, actions: 'beat' } } } },
    });
    createActor(chain).start();
    await pause(spreadOverMs / count);
  }
  return await watched(all, forMs);
}
