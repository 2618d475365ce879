/** What a session is begun with: a routine, scaled to the time there is, for whom, and how it is to be felt. */
import type { User } from '../../machines/routine/names.ts';
import { scaled } from '../../machines/routine/scale.ts';
import type { Routine } from '../../machines/routine/schema.ts';
import { scalingSentence } from '../../machines/routine/time.ts';
import { catalogue, fill } from '../../machines/text/text.ts';

export type Choice = Readonly<{
  routine: Routine;
  /** "I have N minutes." */
  minutes?: number | undefined;
  for?: User | undefined;
  /** Whether whole phases may go, after that has been said. */
  mayDrop?: boolean | undefined;
}>;

export type FittedRoutine = Readonly<{ ok: true; routine: Routine; said: string | null }> | NotChosen;
type NotChosen = Readonly<{ ok: false; why: string; mayDrop: boolean }>;

/** The routine as it will be given, or why it can't be. */
export function fitRoutine({ routine, minutes, for: user, mayDrop }: Choice): FittedRoutine {
  if (minutes === undefined) {
    if (!user || routine.for.includes(user)) return { ok: true, routine, said: null };
    const result = { fits: false, why: 'notFor', for: routine.for } as const;
    return { ok: false, why: scalingSentence(routine, 0, result), mayDrop: false };
  }
  const result = scaled(routine, { seconds: minutes * 60, for: user, mayDrop });
  if (!result.fits)
    return {
      ok: false,
      why: scalingSentence(routine, minutes, result),
      mayDrop: result.why === 'phasesWouldGo',
    };
  const { dropped } = result;
  const said =
    dropped.length === 0
      ? null
      : fill(catalogue.scaling.dropped, { phases: dropped.map(({ title }) => title).join(', ') });
  return { ok: true, routine: result.routine, said };
}
