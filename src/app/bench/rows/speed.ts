/** How fast a session goes by in virtual time: the machines alone, with the firmware's binary, and as it grows. */

import type { Routine } from '../../../../machines/routine/schema.ts';
import { timeline, totalMs } from '../../../../machines/routine/timeline.ts';
import { figureWords } from '../../../../machines/text/figures.ts';
import { fill } from '../../../../machines/text/text.ts';
import { execute } from '../../../../simulator/avr/instructions.ts';
import { oneAfterAnother } from '../../../../simulator/avr/one-by-one.ts';
import { wakefulBoard } from '../../../../simulator/avr/wakeful.ts';
import { firmwareHex } from '../../../installed.ts';
import { emulatedStage } from '../../../simulation/emulated-stage.ts';
import { rememberedStage } from '../../../simulation/recorded-stage.ts';
import { assumedPerson } from '../../../simulation/script.ts';
import { type Simulated, type Stage, simulate } from '../../../simulation/simulate.ts';
import { type AnyRow, row } from '../rows.ts';
import { ofPhases, shipped } from '../session.ts';
import type { World } from '../world.ts';

const { by } = figureWords;

/** The same person with the same answers each time. */
async function timed(routine: Routine, stage: Stage): Promise<Readonly<{ ms: number; done: Simulated }>> {
  try {
    const began = performance.now();
    const done = await simulate(stage, { routine, steps: assumedPerson(routine), product: 'bench' });
    const ms = performance.now() - began;
    if (done.outcome.outcome !== 'completed')
      throw new Error(`${routine.id} ended as ${done.outcome.outcome} (${done.outcome.reason})`);
    return { ms, done };
  } finally {
    stage.close();
  }
}

const minutes = (routine: Routine): number => Math.round(totalMs(timeline(routine)) / 60_000);

/** The first of them in a process that has just begun, the others warm. */
export async function machinesAlone(world: World): Promise<readonly AnyRow[]> {
  const routine = shipped('leg-and-back');
  const all: number[] = [];
  let lastedMs = 0;
  for (let nth = 0; nth < world.sized(9, 3); nth++) {
    const { ms, done } = await timed(routine, rememberedStage());
    all.push(ms);
    lastedMs = done.lastedMs;
  }
  return [
    row('session-machines', {
      unit: 'ms',
      samples: all,
      instead: [{ by: by.wait, samples: [lastedMs] }],
      values: { routine: routine.id, minutes: minutes(routine) },
    }),
  ];
}

/** The whole of it by our instruction function and by avr8js' own, which must come to the same. */
export async function withFirmware(world: World): Promise<readonly AnyRow[]> {
  const routine = shipped('first-touch');
  const own: number[] = [];
  const theirs: number[] = [];
  let lastedMs = 0;
  let ended = '';
  for (let nth = 0; nth < world.sized(3); nth++) {
    const ours = await timed(routine, await emulatedStage(firmwareHex(), 1));
    own.push(ours.ms);
    ended = ours.done.stateHash;
    lastedMs = ours.done.lastedMs;
  }
  // Once: it takes three times as long, and what it is there for is the order of size.
  const other = await timed(routine, await emulatedStage(firmwareHex(), 1, undefined, oneAfterAnother));
  if (other.done.stateHash !== ended)
    throw new Error('a session came to another end by avr8js’ own instructions');
  theirs.push(other.ms);
  return [
    row('session-firmware', {
      unit: 'ms',
      samples: own,
      instead: [
        { by: by.own, samples: theirs },
        { by: by.wait, samples: [lastedMs] },
      ],
      values: { routine: routine.id, minutes: minutes(routine) },
    }),
  ];
}

const turnMs = 250;

/** One way to run the shipped firmware for so long. Returns what is left of it, to be compared. */
export type Instructions = (ms: number) => string;

/** The same program by two instruction functions, by turns. Throws where they come to different ends. */
export function byTurns(
  ours: Instructions,
  theirs: Instructions,
  turns: number,
): Readonly<{ ours: readonly number[]; theirs: readonly number[] }> {
  const took = { ours: [] as number[], theirs: [] as number[] };
  const timedTurn = (way: Instructions, all: number[]): string => {
    const began = performance.now();
    const left = way(turnMs);
    all.push(performance.now() - began);
    return left;
  };
  for (let turn = 0; turn < turns; turn++) {
    const one = timedTurn(ours, took.ours);
    const other = timedTurn(theirs, took.theirs);
    if (one !== other) throw new Error(`the two ended differently: ${one} and ${other}`);
  }
  return took;
}

/** Instructions alone: a chip that never sleeps. What runs first is not yet compiled, and is left out. */
export async function instructions(world: World): Promise<readonly AnyRow[]> {
  const hex = firmwareHex();
  const took = byTurns(wakefulBoard(hex, execute), wakefulBoard(hex, oneAfterAnother), world.sized(12, 3));
  return [
    row('instructions', {
      unit: 'ms',
      samples: took.ours.slice(1),
      instead: [{ by: by.own, samples: took.theirs.slice(1) }],
      limit: turnMs,
      values: { ms: turnMs },
    }),
  ];
}

/** A session wants a warm-up, a place of work and a cooldown: fewer phases begin none. */
const sizes = [3, 10, 100, 500] as const;

/** What a phase costs in sessions of more and more of them, by turns, so that no size meets the machine alone. */
export async function growth(world: World): Promise<readonly AnyRow[]> {
  const each = new Map<number, number[]>(sizes.map(size => [size, []]));
  for (let turn = 0; turn < world.sized(5, 2); turn++)
    for (const size of sizes) {
      const { ms } = await timed(ofPhases(size), rememberedStage());
      each.get(size)?.push(ms / size);
    }
  const [least, ...more] = sizes;
  const most = sizes.at(-1) ?? least;
  const smallest = each.get(10) ?? [];
  return [
    row('growth', {
      unit: 'ms',
      samples: each.get(most) ?? [],
      instead: [least, ...more.slice(0, -1)].map(size => ({
        by: fill(by.fewer, { phases: size }),
        samples: each.get(size) ?? [],
      })),
      limit: smallest.toSorted((one, other) => one - other)[Math.floor(smallest.length / 2)] ?? 0,
      values: { most, least: 10 },
    }),
  ];
}
