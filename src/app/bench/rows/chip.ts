/** STOP on the paths that need no host, at the very chip, in virtual time: many moments cost little there. */
import { figureWords } from '../../../../machines/text/figures.ts';
import { DrivenStage } from '../driven-stage.ts';
import { leaseMs, switchMs, watchdogMs } from '../limits.ts';
import { type AnyRow, type RowId, row, type Without } from '../rows.ts';
import type { World } from '../world.ts';

const { by, why } = figureWords;

/** It held a motor for as long as anybody looked: architecture of every host that only says what changes. */
export const stockNever: Without = { by: by.stock, why: why.never };

type Path = Readonly<{
  id: RowId;
  count: number;
  limit: number;
  blow(stage: DrivenStage): void;
  mends(stage: DrivenStage): void;
  /** A board that starts anew needs time to be itself. */
  recovers?: true;
}>;

const nothing = (): void => {};

const paths: readonly Path[] = [
  // The host says nothing more: its next lease would have been due.
  { id: 'stop-lapse', count: 60, limit: leaseMs, blow: nothing, mends: nothing },
  {
    id: 'stop-unplug',
    count: 20,
    limit: leaseMs,
    blow: stage => stage.unplug(),
    mends: stage => stage.replug(),
    recovers: true,
  },
  {
    id: 'stop-hang',
    count: 20,
    limit: watchdogMs,
    blow: stage => stage.hang(),
    mends: nothing,
    recovers: true,
  },
];

async function silences(stage: DrivenStage, path: Path, count: number): Promise<readonly number[]> {
  const samples: number[] = [];
  for (let nth = 0; nth < count; nth++) {
    samples.push(await stage.silenceAfter(path.blow, path.mends));
    if (path.recovers) await stage.recover();
  }
  return samples;
}

/** The switch by the firmware alone, beside a host that has to hear of a press before it can say STOP. */
async function stopPin(stage: DrivenStage, world: World): Promise<AnyRow> {
  const own: number[] = [];
  const byHost: number[] = [];
  for (let nth = 0; nth < world.sized(100, 2); nth++)
    own.push(
      await stage.silenceAfter(
        () => stage.press('stop', true),
        () => stage.press('stop', false),
      ),
    );
  // LESS is a switch that the firmware only reports.
  for (let nth = 0; nth < world.sized(40, 2); nth++)
    byHost.push(await stage.silenceAfterPress('less', () => stage.hush()));
  return row('stop-pin', {
    unit: 'ms',
    samples: own,
    instead: [{ by: by.host, samples: byHost }, stockNever],
    limit: switchMs,
  });
}

export async function chipStops(world: World): Promise<readonly AnyRow[]> {
  const stage = await DrivenStage.open();
  try {
    const rows: AnyRow[] = [await stopPin(stage, world)];
    for (const path of paths)
      rows.push(
        row(path.id, {
          unit: 'ms',
          samples: await silences(stage, path, world.sized(path.count, 1)),
          instead: [stockNever],
          limit: path.limit,
        }),
      );
    return rows;
  } finally {
    stage.close();
  }
}

/** What the shortest program on the same stack would take from a press to the motor. */
export async function handlerAnswers(world: World): Promise<readonly number[]> {
  const stage = await DrivenStage.open(2);
  try {
    const samples: number[] = [];
    for (let nth = 0; nth < world.sized(40, 2); nth++)
      samples.push(await stage.answerAfter('less', () => stage.drive()));
    return samples;
  } finally {
    stage.close();
  }
}
