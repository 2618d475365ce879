/** What a page shows of the routines that can be chosen. */

import { library } from '../../machines/routine/library.ts';
import type { Routine } from '../../machines/routine/schema.ts';
import { timeline, totalMs } from '../../machines/routine/timeline.ts';
import { titleOf } from '../../machines/routine/titles.ts';
import type { SharedView } from './shared-view.ts';

/** What can be chosen: routines, and what was begun last. */
export type Offered = Readonly<{
  routines(): readonly Routine[];
  again(): SharedView['library']['again'];
}>;

export const usuallyOffered: Offered = { routines: library, again: () => null };

export const viewMinutes = (ms: number): number => Math.round(ms / 6000) / 10;

const known = new WeakMap<Routine, number>();

/** Told many times a second, of every routine there is: worked out once for each. */
function minutesOf(routine: Routine): number {
  const before = known.get(routine);
  if (before !== undefined) return before;
  const minutes = viewMinutes(totalMs(timeline(routine)));
  known.set(routine, minutes);
  return minutes;
}

export const libraryView = (chosen: Routine, offered: Offered = usuallyOffered): SharedView['library'] => ({
  chosen: chosen.id,
  routines: [chosen, ...offered.routines().filter(({ id }) => id !== chosen.id)]
    .map(routine => ({
      id: routine.id,
      title: titleOf(routine),
      summary: routine.summary,
      minutes: minutesOf(routine),
      for: [...routine.for],
    }))
    .toSorted((one, other) => one.minutes - other.minutes),
  again: offered.again(),
});
