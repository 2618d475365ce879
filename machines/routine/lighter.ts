/** What is lighter under the hands than something else, as far as a file can say it. [D] Pure. */
import type { Technique } from './names.ts';
import type { Phase } from './schema.ts';

type Work = Pick<Phase, 'technique' | 'strokeCm' | 'speedCmPerS' | 'returnMs'>;

/** How much of a muscle is moved: flat hands that slide are the lightest there is. */
export const techniqueWeights: Readonly<Record<Technique, number>> = {
  effleurage: 1,
  vibration: 2,
  edgeStroke: 2,
  broadPress: 2,
  inching: 3,
  kneeToHipPull: 3,
  kneading: 4,
  friction: 5,
};

/**
 * A lighter technique, whatever its pace; or the same one with shorter or slower strokes or a longer rest, and nothing of
 * it the other way round.
 */
export function isLighter(one: Work, than: Work): boolean {
  if (one.technique !== than.technique)
    return techniqueWeights[one.technique] < techniqueWeights[than.technique];
  const less = [
    than.strokeCm - one.strokeCm,
    than.speedCmPerS - one.speedCmPerS,
    one.returnMs - than.returnMs,
  ];
  return less.every(by => by >= 0) && less.some(by => by > 0);
}
