/** Where a routine's minutes go, as lengths to be drawn: by stage, by side, and how firm. Pure; seconds throughout. */
import { sidesOf } from '../../../machines/routine/timeline.ts';
import { type MovingStage, movingStages, type Side } from '../../../machines/vocabulary.ts';

/** What of a phase is drawn; a file that is being written may hold anything, so anything is taken. */
export type Stretch = Readonly<Record<string, unknown>>;

/** One phase on one side. */
export type Bar = Readonly<{
  /** Which phase, from 0. */
  index: number;
  stage: MovingStage;
  side: Side;
  from: number;
  to: number;
  pressureStart: number;
  pressureMax: number;
}>;

const isStage = (value: unknown): value is MovingStage => movingStages.some(stage => stage === value);
const inBounds = (value: unknown, least: number, most: number): number =>
  typeof value === 'number' && Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : least;

/** Longer than any phase may be; beyond it a slip of the finger would hide all the others. */
const longestS = 3600;
/** A phase lasts whole seconds; what is none is no length yet, and is left to the check to say. */
const wholeSeconds = (value: unknown): number => (Number.isInteger(value) ? inBounds(value, 0, longestS) : 0);

/** Phases one after the other. What cannot be drawn yet is left out. */
export function barsOf(phases: readonly Stretch[], firstSide: 'left' | 'right'): readonly Bar[] {
  let from = 0;
  return phases.flatMap(({ stage, side, durationS, pressureStart, pressureMax }, index) => {
    const seconds = wholeSeconds(durationS);
    if (!isStage(stage) || seconds === 0) return [];
    const sides = sidesOf(
      side === 'left' || side === 'right' || side === 'both' ? side : 'together',
      firstSide,
    );
    const start = inBounds(pressureStart, 1, 4);
    return sides.map(one => {
      const bar: Bar = {
        index,
        stage,
        side: one,
        from,
        to: from + seconds / sides.length,
        pressureStart: start,
        pressureMax: Math.max(start, inBounds(pressureMax, 1, 4)),
      };
      from = bar.to;
      return bar;
    });
  });
}

export const secondsOf = (bars: readonly Bar[]): number => bars.at(-1)?.to ?? 0;

/** Seconds of each stage that there is, in the order of a session. */
export const stagesOf = (
  bars: readonly Bar[],
): readonly Readonly<{ stage: MovingStage; seconds: number }>[] =>
  movingStages
    .map(stage => ({
      stage,
      seconds: bars.filter(bar => bar.stage === stage).reduce((sum, bar) => sum + bar.to - bar.from, 0),
    }))
    .filter(({ seconds }) => seconds > 0);

/** Marks along the time, in whole minutes: at most eight of them. */
export function ticksOf(seconds: number): readonly number[] {
  const minutes = seconds / 60;
  const step = [1, 2, 5, 10, 20].find(size => minutes / size <= 8) ?? 30;
  return Array.from({ length: Math.floor(minutes / step) + 1 }, (_, index) => index * step);
}
