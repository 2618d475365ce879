/** Where the cooldown goes when its own place has been left for today. Pure. */
import type { Pass } from './timeline.ts';

/**
 * The passes, with each later one of the cooldown that would be in a place that was left taken to another: where hands
 * were last, else where they would still have come. It keeps its length, its pressure and its name. Where no place
 * remains it stays as it is, and whoever asked leaves it out.
 */
export function cooldownElsewhere(
  passes: readonly Pass[],
  passIndex: number,
  isLeft: (pass: Pass) => boolean,
): readonly Pass[] {
  const free = (pass: Pass): boolean => !isLeft(pass);
  const instead =
    passes.findLast((pass, index) => index < passIndex && free(pass)) ??
    passes.find((pass, index) => index > passIndex && free(pass));
  if (!instead) return passes;
  const { zone, side, position, direction, pace } = instead;
  return passes.map((pass, index) =>
    index > passIndex && pass.stage === 'cooldown' && isLeft(pass)
      ? { ...pass, zone, side, position, direction, pace, otherPace: null }
      : pass,
  );
}
