/** Where the cooldown goes when its own place has been left for today. Pure. */
import { dosageOf, type Pass } from './timeline.ts';
import { deepZones } from './zones.ts';

/**
 * The passes, with each later one of the cooldown that would be in a place that was left taken to another: where hands
 * were last, else where they would still have come, and never where work is deep or has a limit of its own. It keeps its
 * length, its pressure, its side and its name. Where no place remains it stays as it is, and whoever asked leaves it out.
 */
export function cooldownElsewhere(
  passes: readonly Pass[],
  passIndex: number,
  isLeft: (pass: Pass) => boolean,
): readonly Pass[] {
  const free = (pass: Pass): boolean =>
    !isLeft(pass) &&
    !deepZones.includes(pass.zone) &&
    dosageOf(pass.zone, pass.pace, pass.otherPace) === null;
  const instead =
    passes.findLast((pass, index) => index < passIndex && free(pass)) ??
    passes.find((pass, index) => index > passIndex && free(pass));
  if (!instead) return passes;
  const { zone, position, direction, pace } = instead;
  return passes.map((pass, index) =>
    index > passIndex && pass.stage === 'cooldown' && isLeft(pass)
      ? { ...pass, zone, position, direction, pace, otherPace: null }
      : pass,
  );
}
