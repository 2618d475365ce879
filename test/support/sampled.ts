/** The routines that are played whole: in the quick run a short one of each kind, in the long run all. */
import { library } from '../../machines/routine/library.ts';
import type { Routine } from '../../machines/routine/schema.ts';
import { isLong } from './length.ts';

/** A trial, an evening of questions and rises, and small pulls. */
const quick = new Set(['first-touch', 'evening-legs', 'knee-to-hip-alone']);

/** A file that reads this stands among the `inFull` of its group in test/groups.ts. */
export const playedWhole: readonly Routine[] = isLong
  ? library()
  : library().filter(({ id }) => quick.has(id));
