/**
 * Whether pressure may rise now, and if not, which limit says so.
 *
 * A rise is one step, planned by the phase, inside every cap, after long enough at the present pressure, and only
 * ever the consequence of an answered check-in: nothing else calls this.
 */
import type { Ms } from '../vocabulary.ts';

export type RiseFacts = Readonly<{
  pressure: number;
  /** The phase's highest. */
  planned: number;
  /** The screening's highest. */
  cap: number;
  /** The highest after an ease on this side. */
  ceiling: number;
  /** Moving time at this pressure so far, and how long it has to be. */
  dwellMs: Ms;
  dwellNeededMs: Ms;
}>;

export type RiseLimit = 'planned' | 'screening' | 'eased' | 'dwell';
export type Rise =
  | Readonly<{ allowed: true; to: number }>
  | Readonly<{ allowed: false; limit: RiseLimit; waitMs: Ms }>;

export function riseOf(facts: RiseFacts): Rise {
  const to = facts.pressure + 1;
  const no = (limit: RiseLimit, waitMs = 0): Rise => ({ allowed: false, limit, waitMs });
  if (to > facts.ceiling) return no('eased');
  if (to > facts.cap) return no('screening');
  if (to > facts.planned) return no('planned');
  if (facts.dwellMs < facts.dwellNeededMs) return no('dwell', facts.dwellNeededMs - facts.dwellMs);
  return { allowed: true, to };
}
