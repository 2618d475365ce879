/** Every routine of the library in every time that people have, as far as there is such a routine. */
import { library } from '../../machines/routine/library.ts';
import { type User, users } from '../../machines/routine/names.ts';
import { scaled } from '../../machines/routine/scale.ts';
import type { Routine } from '../../machines/routine/schema.ts';

export const timesMin = [15, 20, 30, 45, 60] as const;

/** `isWhole`: no phase had to go for it. */
export type Given = Readonly<{
  id: string;
  minutes: number;
  isWhole: boolean;
  users: readonly User[];
  routine: Routine;
}>;

/** Who it is for changes nothing of how it is given: each stands here once, with all of them. */
export const given: readonly Given[] = library().flatMap(routine =>
  timesMin.flatMap(minutes => {
    const result = scaled(routine, { seconds: minutes * 60, mayDrop: true });
    return result.fits
      ? [
          {
            id: routine.id,
            minutes,
            isWhole: result.dropped.length === 0,
            users: users.filter(user => routine.for.includes(user)),
            routine: result.routine,
          },
        ]
      : [];
  }),
);
