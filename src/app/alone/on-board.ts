/** A routine as a board that plays alone knows it: by its hash, and what it was when it was put there. */
import * as v from 'valibot';
import { routineHashOf } from '../../../hardware/alone/routine-bytes.ts';
import type { Routine } from '../../../machines/routine/schema.ts';
import { timeline } from '../../../machines/routine/timeline.ts';
import { titleOf } from '../../../machines/routine/titles.ts';
import type { MovingStage, Ms, Side } from '../../../machines/vocabulary.ts';

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
export const onBoardSchema = v.strictObject({
  hash: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 32 - 1)),
  id: v.string(),
  title: v.string(),
  plannedMs: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** Of the time of that side of a stage that gets less, how much is planned for both at once: 0 to 1. */
  together: v.strictObject({ warmUp: share, strokes: share, pressureRamp: share, cooldown: share }),
});
/** A routine as a board knows it again: by its hash, and what it was when it was put there. */
export type OnBoard = Readonly<v.InferOutput<typeof onBoardSchema>>;

/** This routine as a board knows it again. */
export function onBoardOf(routine: Routine): OnBoard {
  const passes = timeline(routine, 'left');
  const planned = (stage: MovingStage, side: Side): Ms =>
    passes.reduce((sum, pass) => sum + (pass.stage === stage && pass.side === side ? pass.durationMs : 0), 0);
  const shareOf = (stage: MovingStage): number => {
    const both = planned(stage, 'together');
    const less = both + Math.min(planned(stage, 'left'), planned(stage, 'right'));
    return less === 0 ? 0 : both / less;
  };
  return {
    hash: routineHashOf(routine),
    id: routine.id,
    title: titleOf(routine),
    plannedMs: passes.reduce((sum, { durationMs }) => sum + durationMs, 0),
    together: {
      warmUp: shareOf('warmUp'),
      strokes: shareOf('strokes'),
      pressureRamp: shareOf('pressureRamp'),
      cooldown: shareOf('cooldown'),
    },
  };
}

/** What a hash stands for: of what is remembered, else of these routines, which are asked for only then. */
export function onBoardByHash(
  hash: number,
  remembered: readonly OnBoard[],
  routines: () => readonly Routine[],
): OnBoard | null {
  const found = remembered.find(one => one.hash === hash);
  if (found) return found;
  const routine = routines().find(one => routineHashOf(one) === hash);
  return routine ? onBoardOf(routine) : null;
}
