/**
 * From what a person answers to what follows: bands, and the verdict on them.
 *
 * Numbers become bands before they reach the session machine, so that no score stands in a journal; answers by
 * touch are bands from the start. Rules: raise only at 0-2 here and no more than at the start down the leg, ease
 * at 4-5, stop at 6 or where the leg is 2 worse. [D], the leg's change from doi 10.1055/a-1304-3677 [L].
 */
import { routineLimits as limits } from './limits.ts';
import type { Routine } from './routine/schema.ts';

/** Where the hands are. */
export const hereBands = ['light', 'fine', 'strong', 'tooMuch'] as const;
export type HereBand = (typeof hereBands)[number];

/** Down the leg, against the start of the session. */
export const legBands = ['same', 'more', 'worse'] as const;
export type LegBand = (typeof legBands)[number];

export type Scores = Readonly<{ local: number; leg: number }>;

/** Bands of two scores 0 to 10 under a routine's limits. Without a baseline the leg counts from 0. */
export function bandsOf(
  scores: Scores,
  baseline: Scores | null,
  routine: Pick<Routine, 'checkIn'>,
): Readonly<{ here: HereBand; leg: LegBand }> {
  const rules = routine.checkIn;
  const stopAt = rules?.stopAt ?? limits.stopAt.usual;
  const worse = scores.leg - (baseline?.leg ?? 0);
  // A strong pain down the leg is no lighter for having been there at the start.
  const worst = Math.max(scores.local, scores.leg);
  const here =
    worst >= stopAt
      ? 'tooMuch'
      : worst >= (rules?.easeAt ?? limits.easeAt.usual)
        ? 'strong'
        : scores.local <= (rules?.raiseAtMost ?? limits.raiseAtMost.usual)
          ? 'light'
          : 'fine';
  const leg = worse >= (rules?.legWorse ?? limits.legWorse.usual) ? 'worse' : worse > 0 ? 'more' : 'same';
  return { here, leg };
}

/** How it is once all is over, against the start: a change of 2 counts (doi 10.1055/a-1304-3677 [L]). */
export type Afterwards = 'same' | 'more' | 'worse' | 'tooMuch';

export function afterwards(
  scores: Scores,
  baseline: Scores | null,
  routine: Pick<Routine, 'checkIn'>,
): Afterwards {
  const { here, leg } = bandsOf(scores, baseline, routine);
  if (here === 'tooMuch') return 'tooMuch';
  const local = scores.local - (baseline?.local ?? 0);
  if (leg === 'worse' || local >= limits.legWorse.usual) return 'worse';
  return leg === 'more' || local > 0 ? 'more' : 'same';
}

/** What a pair of bands asks for. `rise` is only a wish: `ramp.ts` says whether it is planned and allowed. */
export type Verdict = 'stop' | 'ease' | 'rise' | 'hold';

export function verdictOf(here: HereBand, leg: LegBand, firmer: boolean): Verdict {
  if (here === 'tooMuch' || leg === 'worse') return 'stop';
  if (here === 'strong') return 'ease';
  return firmer && here === 'light' && leg === 'same' ? 'rise' : 'hold';
}
