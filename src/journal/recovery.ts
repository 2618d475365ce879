/** What a process that died has left of its session, read from its journal. */
import * as v from 'valibot';
import { sessionLimits } from '../../machines/limits.ts';
import { type Routine, routineSchema } from '../../machines/routine/schema.ts';
import { passNow } from '../../machines/session.time.ts';
import type { Unfinished } from '../../machines/session.types.ts';
import { unfinishedOf } from '../../machines/session.view.ts';
import type { BodySide, Ms } from '../../machines/vocabulary.ts';
import { goodPartOf, replay } from './journal.ts';

export type RecoveredSession = Readonly<{
  routine: Routine;
  easierSide: BodySide;
  unfinished: Unfinished;
  /** The phase it stood in, as people read it. */
  phase: string;
  goneMs: Ms;
}>;

/** Where nobody knows how long ago it was, it is taken for so long that only the cooldown is left. */
const unknownMs: Ms = sessionLimits.longestPauseMs + 1;
/** Longer ago than this nobody goes on: it is another day's session. */
const oldestMs = 12 * 3_600_000;

/**
 * What can be gone on with: as far as the journal holds, where it is damaged. Null where it is of another kind, or tells
 * of a session that was over. `goneMs`: how long ago it was written to last; Infinity where nobody knows.
 */
export function recoverSession(journalText: string, writtenMs: Ms): RecoveredSession | null {
  const goneMs = Number.isFinite(writtenMs) ? Math.max(0, writtenMs) : unknownMs;
  if (goneMs > oldestMs) return null;
  const journal = goodPartOf(journalText);
  if (!('header' in journal)) return null;
  const { input } = journal.header;
  const routine = v.safeParse(routineSchema, input.routine);
  if (!routine.success) return null;
  const snapshot = folded(input, journal.events);
  if (!snapshot) return null;
  const last = journal.events.at(-1)?.at ?? 0;
  const unfinished = unfinishedOf(snapshot, last, goneMs);
  if (!unfinished) return null;
  const pass = passNow({ ...unfinished.context, unfinished: null });
  if (!pass) return null;
  return {
    routine: routine.output,
    easierSide: input.easierSide,
    unfinished,
    phase: pass.title,
    goneMs: unfinished.goneMs,
  };
}

/** The state that the records lead to; null where they lead to none, well formed as they are. */
export function folded(...journal: Parameters<typeof replay>): ReturnType<typeof replay> | null {
  try {
    return replay(...journal);
  } catch {
    return null;
  }
}
