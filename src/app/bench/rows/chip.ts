/** STOP on the paths that need no host, at the very chip, in virtual time: many moments cost little there. */
import { figureWords } from '../../../../machines/text/figures.ts';
import { DrivenStage } from '../driven-stage.ts';
import { leaseMs, switchMs, watchdogMs } from '../limits.ts';
import { type AnyRow, type RowId, row, type Without } from '../rows.ts';
import type { World } from '../world.ts';

const { by, why } = figureWords;

/** Stock firmware holds the last value that it was told: see the README of test/faults. */
export const stockNever: Without = { by: by.stock, why: why.never };

const nothing = (): void => {};

type Blow = (stage: DrivenStage) => void;

/** One after the other on one board; `recovers` where it is not itself again at once. */
async function silences(
  stage: DrivenStage,
  count: number,
  blow: Blow,
  mends: Blow = nothing,
  recovers = false,
): Promise<readonly number[]> {
  const samples: number[] = [];
  for (let nth = 0; nth < count; nth++) {
    samples.push(await stage.silenceAfter(blow, mends));
    if (recovers) await stage.recover();
  }
  return samples;
}

/** Each on a board of its own: one that its watchdog has reset three times stays locked until its power goes. */
async function hangs(count: number): Promise<readonly number[]> {
  const samples: number[] = [];
  for (let seed = 1; seed <= count; seed++) {
    const stage = await DrivenStage.open(seed);
    try {
      samples.push(await stage.silenceAfter(one => one.hang(), nothing));
    } finally {
      stage.close();
    }
  }
  return samples;
}

const stopRow = (id: RowId, samples: readonly number[], limit: number): AnyRow =>
  row(id, { unit: 'ms', samples, instead: [stockNever], limit });

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
  for (let nth = 0; nth < world.sized(24, 2); nth++)
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
  const rows: AnyRow[] = [];
  try {
    rows.push(await stopPin(stage, world));
    // The host says nothing more: that is all there is to it.
    rows.push(stopRow('stop-lapse', await silences(stage, world.sized(40), nothing), leaseMs));
    const pulled = await silences(
      stage,
      world.sized(12),
      one => one.unplug(),
      one => one.replug(),
      true,
    );
    rows.push(stopRow('stop-unplug', pulled, leaseMs));
  } finally {
    stage.close();
  }
  return [...rows, stopRow('stop-hang', await hangs(world.sized(8)), watchdogMs)];
}

/** What the shortest program on the same stack would take from a press to the motor. */
export async function handlerAnswers(world: World): Promise<readonly number[]> {
  const stage = await DrivenStage.open(2);
  try {
    const samples: number[] = [];
    for (let nth = 0; nth < world.sized(24, 2); nth++)
      samples.push(await stage.answerAfter('less', () => stage.drive()));
    return samples;
  } finally {
    stage.close();
  }
}
