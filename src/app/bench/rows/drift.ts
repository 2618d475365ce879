/** How far a beat drifts, each way in a process of its own and all of them side by side: idle, then beside busy ones. */
import { figureWords } from '../../../../machines/text/figures.ts';
import type { Child } from '../children.ts';
import { type AnyRow, type RowId, row, type SampleSet, type Without } from '../rows.ts';
import { beginTask, letMeasure, measuredIn } from '../task-child.ts';
import { type BeatsMade, type BeatWay, beatsMadeSchema, beatWays, type Task } from '../tasks.ts';
import type { World } from '../world.ts';

const everyMs = 250;
export const busyProcesses = 4;
/** Loading Johnny-Five on a machine that is busy already takes its time. */
const startsWithinMs = 60_000;
const spareMs = 60_000;

const { by, why } = figureWords;

/** "4 min", "90 s". */
export const lasted = (seconds: number): string =>
  seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;

type Made = ReadonlyMap<BeatWay, BeatsMade>;

async function started(world: World, task: Task): Promise<Child> {
  return await beginTask(world.children, task, startsWithinMs);
}

/** All ways at once, for so long, beside so many processes that are busy. */
async function sideBySide(world: World, busy: number): Promise<Made> {
  const forMs = world.beatsS() * 1000;
  const all: Child[] = [];
  try {
    const beating: (readonly [BeatWay, Child])[] = [];
    for (const way of beatWays) {
      const child = await started(world, { do: 'beats', way, everyMs, forMs });
      all.push(child);
      beating.push([way, child]);
    }
    // Bounded by themselves as well: they end soon after the beats do, whatever becomes of us.
    for (let nth = 0; nth < busy; nth++)
      all.push(await started(world, { do: 'spin', forMs: forMs + spareMs }));
    for (const child of all.slice(beatWays.length)) letMeasure(child);
    const answers = beating.map(
      async ([way, child]) =>
        [way, await measuredIn(world.children, child, beatsMadeSchema, forMs + spareMs)] as const,
    );
    for (const [, child] of beating) letMeasure(child);
    return new Map(await Promise.all(answers));
  } finally {
    await Promise.all(all.map(child => world.children.end(child, 'SIGKILL')));
  }
}

const late = (made: Made, way: BeatWay): SampleSet | Without => {
  const found = made.get(way);
  return found && found.lateMs.length > 0
    ? { by: by[way], samples: found.lateMs }
    : { by: by[way], why: why.noJohnnyFive };
};

const [ours, ...others] = beatWays;

function driftRow(id: RowId, made: Made, seconds: number): AnyRow {
  return row(id, {
    unit: 'ms',
    samples: made.get(ours)?.lateMs ?? [],
    by: by[ours],
    instead: others.map(way => late(made, way)),
    limit: 0,
    values: { every: everyMs, over: lasted(seconds), busy: busyProcesses },
  });
}

/** What beating alone costs: asked of every way while nothing else ran. */
function costRow(made: Made): AnyRow {
  const share = (way: BeatWay): SampleSet | Without => {
    const found = made.get(way);
    return found ? { by: by[way], samples: [found.cpuShare * 100] } : { by: by[way], why: why.noJohnnyFive };
  };
  const own = share(ours);
  return row('cpu-pacing', {
    unit: '% of a core',
    samples: 'samples' in own ? own.samples : [],
    by: by[ours],
    instead: others.map(share),
    limit: 0,
  });
}

export async function driftIdle(world: World): Promise<readonly AnyRow[]> {
  const made = await sideBySide(world, 0);
  return [driftRow('drift-idle', made, world.beatsS()), costRow(made)];
}

export async function driftBusy(world: World): Promise<readonly AnyRow[]> {
  return [driftRow('drift-busy', await sideBySide(world, busyProcesses), world.beatsS())];
}
