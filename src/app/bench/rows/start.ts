/** What `start` takes: to be ready, of the processor, of memory; idle, and with a session, a page and its bench. */
import { figureWords } from '../../../../machines/text/figures.ts';
import type { Child } from '../children.ts';
import { movingPage, startLive } from '../live.ts';
import { pause } from '../pause.ts';
import { type Used, usedBy } from '../proc.ts';
import { type AnyRow, row, type SampleSet, unmeasured, type Without } from '../rows.ts';
import type { World } from '../world.ts';

const { by, why } = figureWords;

const startsWithinMs = 60_000;
/** What is compiled and cleared up right after the beginning is none of the waiting. */
const settleMs = 1500;
const lookMs = 1000;

/** How long a program of Node's takes to its first line. */
async function firstLine(world: World, source: string): Promise<number> {
  const began = performance.now();
  const child = world.children.node('--eval', source);
  try {
    await world.children.line(child, /^ready$/, startsWithinMs);
    return performance.now() - began;
  } finally {
    await world.children.end(child, 'SIGKILL');
  }
}

/** Stays, and goes once whoever started it is gone. */
const stays =
  "console.log('ready'); const by = process.ppid; setInterval(() => process.ppid === by || process.exit(), 500)";
const emptyProgram = stays;
const onlyJohnnyFive = `require('johnny-five'); ${stays}`;

/** Loading it, and nothing more, is the least that any program of Johnny-Five's own begins with. */
async function loadingJohnnyFive(world: World, count: number): Promise<SampleSet | Without> {
  const samples: number[] = [];
  for (let nth = 0; nth < count; nth++)
    try {
      samples.push(await firstLine(world, onlyJohnnyFive));
    } catch {
      return { by: by.loading, why: why.noJohnnyFive };
    }
  return { by: by.loading, samples };
}

const middle = (samples: readonly number[]): number =>
  samples.toSorted((one, other) => one - other)[Math.floor(samples.length / 2)] ?? 0;

/** From starting the process until it says that page and board are live. */
export async function ready(world: World): Promise<readonly AnyRow[]> {
  const own: number[] = [];
  const empty: number[] = [];
  const count = world.sized(5);
  for (let nth = 0; nth < count; nth++) {
    const began = performance.now();
    const { child } = await startLive(world.children);
    own.push(performance.now() - began);
    await world.children.end(child);
    empty.push(await firstLine(world, emptyProgram));
  }
  return [
    row('ready', {
      unit: 'ms',
      samples: own,
      instead: [await loadingJohnnyFive(world, count)],
      limit: middle(empty),
    }),
  ];
}

type Watched = Readonly<{ cpu: readonly number[]; memory: readonly number[] }>;

/** Looks once a second. Null where the system does not show what a process uses. */
async function watch(world: World, { pid = -1 }: Child): Promise<Watched | null> {
  await pause(world.lasting(settleMs));
  const cpu: number[] = [];
  const memory: number[] = [];
  let before: Used | null = usedBy(pid);
  let beforeAt = performance.now();
  for (let nth = 0; nth < world.sized(10); nth++) {
    await pause(lookMs);
    const now = usedBy(pid);
    const at = performance.now();
    if (before === null || now === null) return null;
    cpu.push((100 * (now.cpuMs - before.cpuMs)) / (at - beforeAt));
    memory.push(now.memoryMb);
    before = now;
    beforeAt = at;
  }
  return { cpu, memory };
}

/** What a program of Node's holds once it has said that it is ready. */
async function memoryOf(world: World, source: string): Promise<number | undefined> {
  const child = world.children.node('--eval', source);
  try {
    await world.children.line(child, /^ready$/, startsWithinMs);
    return usedBy(child.pid ?? -1)?.memoryMb;
  } finally {
    await world.children.end(child, 'SIGKILL');
  }
}

function rowsOf(
  how: 'idle' | 'busy',
  watched: Watched | null,
  instead: SampleSet | Without,
  least: number | undefined,
): readonly AnyRow[] {
  if (watched === null)
    return [
      unmeasured(`cpu-${how}`, '% of a core', why.noProc),
      unmeasured(`memory-${how}`, 'MB', why.noProc),
    ];
  return [
    row(`cpu-${how}`, { unit: '% of a core', samples: watched.cpu, limit: 0 }),
    row(`memory-${how}`, {
      unit: 'MB',
      samples: watched.memory,
      instead: [instead],
      ...(least !== undefined && { limit: least }),
    }),
  ];
}

/** What Johnny-Five alone holds, as soon as it is loaded. */
async function memoryOfJohnnyFive(world: World): Promise<SampleSet | Without> {
  const holds = await memoryOf(world, onlyJohnnyFive).catch(() => undefined);
  return holds === undefined
    ? { by: by.loading, why: why.noJohnnyFive }
    : { by: by.loading, samples: [holds] };
}

export async function usage(world: World): Promise<readonly AnyRow[]> {
  const least = await memoryOf(world, emptyProgram);
  const beside = await memoryOfJohnnyFive(world);
  const live = await startLive(world.children);
  try {
    const idle = await watch(world, live.child);
    const page = await movingPage(live);
    try {
      page.say({ type: 'bench', on: true });
      const busy = await watch(world, live.child);
      return [...rowsOf('idle', idle, beside, least), ...rowsOf('busy', busy, beside, least)];
    } finally {
      page.close();
    }
  } finally {
    await world.children.end(live.child);
  }
}
