/**
 * What of a routine is left where the card's questions were answered with some caution: the board can not find it by
 * itself, for it would need the map of places. So it is found here, by the machine's own rules, and kept as numbers.
 */
import type { Pass } from '../../machines/routine/timeline.ts';
import { byTouchWithCare, noCaution, strictest } from '../../machines/screening.caps.ts';
import { fresh } from '../../machines/session.fresh.ts';
import { leavingOut } from '../../machines/session.place.ts';
import type { SessionInput } from '../../machines/session.types.ts';

/** One pass of a session: whose work it is, and at which pass's place it is done, both counted among the planned. */
export type Entry = Readonly<{ work: number; place: number }>;

/** A pass that tells by its words where it came from: what goes elsewhere takes the words of that place along. */
const numbered = (pass: Pass, index: number): Pass => ({
  ...pass,
  phase: String(index),
  pace: { ...pass.pace, instruction: String(index) },
  ...(pass.onSide !== undefined && { onSide: String(index) }),
});

/** The passes with care, as the session machine comes to them. */
export function carefulEntries(input: SessionInput): readonly Entry[] {
  const context = fresh(input);
  const planned = context.planned.map(numbered);
  const caps = strictest(noCaution, byTouchWithCare);
  return leavingOut({ ...context, planned, passes: planned, caps }, []).passes.map(({ phase, pace }) => ({
    work: Number(phase),
    place: Number(pace.instruction),
  }));
}
