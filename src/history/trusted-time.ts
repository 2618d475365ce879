/**
 * How far a clock is trusted where something is to be erased by its age: never further than to a time that has been
 * seen before, and that later ones have borne out.
 *
 * A battery that is empty, or a wrong year typed in, shows as a leap. One that is more than two days ahead of what was
 * last seen is only believed once a session has ended at least a day after it on the same clock. Pure.
 */
import type { Ms } from '../../machines/vocabulary.ts';

const hourMs: Ms = 3_600_000;
/** From one session to the next a clock may go on by so much without a doubt. */
export const steadyMs: Ms = 48 * hourMs;
/** For so long a leap has to hold. */
export const borneOutMs: Ms = 24 * hourMs;
/** Clocks are put right by this much all the time. */
const spreadMs: Ms = 2 * hourMs;

export type SeenTime = Readonly<{
  /** The latest time, ms since 1970, that is believed. */
  firmAt: Ms;
  /** A leap that was seen since, and is not believed yet. */
  leapAt: Ms | null;
}>;

export type Judged = Readonly<{ seen: SeenTime; is: 'steady' | 'leap' | 'back' }>;

export function judged({ firmAt, leapAt }: SeenTime, now: Ms): Judged {
  // Back behind what was believed: nothing is older than it was, and from here on this is what is known.
  if (now < firmAt - spreadMs) return { seen: { firmAt: now, leapAt: null }, is: 'back' };
  const firm = leapAt !== null && now - leapAt >= borneOutMs ? leapAt : firmAt;
  if (now - firm <= steadyMs) return { seen: { firmAt: Math.max(firm, now), leapAt: null }, is: 'steady' };
  // The first time after a leap counts, unless the clock has gone back to before it.
  const since = leapAt !== null && firm === firmAt && now >= leapAt ? leapAt : now;
  return { seen: { firmAt: firm, leapAt: since }, is: 'leap' };
}
