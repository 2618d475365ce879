/**
 * Where warm-up and cooldown go when their own place is not for hands today: each keeps its length, its pressure, its
 * side and its name, and goes where the routine works anyway, never where that is deep or has a limit of its own. Pure.
 */
import { dosageOf, type Pass } from './timeline.ts';
import { deepZones, touches } from './zones.ts';

type Test = (pass: Pass) => boolean;

const isBroad: Test = ({ zone, pace, otherPace }) =>
  !deepZones.includes(zone) && dosageOf(zone, pace, otherPace) === null;

const isWork: Test = ({ stage }) => stage === 'strokes' || stage === 'pressureRamp';

/** A pass in the place of another one, by the long strokes that the routine has for that place, where it has some. */
function inPlaceOf(pass: Pass, other: Pass, passes: readonly Pass[]): Pass {
  const isLong: Test = ({ pace }) => pace.technique === 'effleurage';
  const isSamePlace: Test = ({ zone, position }) => zone === other.zone && position === other.position;
  const there = isLong(other) ? other : passes.find(one => isSamePlace(one) && isBroad(one) && isLong(one));
  const { zone, position, onSide, direction, pace } = there ?? other;
  return { ...pass, zone, position, onSide, direction, pace, otherPace: null };
}

/** Where hands were last before `index`, else where they would still come first. */
const lastPlace = (passes: readonly Pass[], index: number, free: Test): Pass | undefined =>
  passes.findLast((pass, at) => at < index && free(pass)) ??
  passes.find((pass, at) => at > index && free(pass));

/** What of the warmed place is worked at all, else where hands go first. */
const firstPlace = (passes: readonly Pass[], index: number, free: Test): Pass | undefined => {
  const { zone } = passes[index] ?? {};
  return (
    passes.find(pass => free(pass) && isWork(pass) && zone !== undefined && touches(pass.zone, zone)) ??
    passes.find(pass => free(pass) && isWork(pass)) ??
    passes.find(free)
  );
};

/**
 * The passes, with each later one of the cooldown that would be in a place that was left taken to where hands were last.
 * Where no place remains it stays as it is, and whoever asked leaves it out.
 */
export function cooldownElsewhere(passes: readonly Pass[], passIndex: number, isLeft: Test): readonly Pass[] {
  const instead = lastPlace(passes, passIndex, pass => !isLeft(pass) && isBroad(pass));
  if (!instead) return passes;
  return passes.map((pass, index) =>
    index > passIndex && pass.stage === 'cooldown' && isLeft(pass) ? inPlaceOf(pass, instead, passes) : pass,
  );
}

/**
 * A routine that has not begun without what hands must leave out. Its warm-up and its cooldown go elsewhere, its work
 * goes. What cannot go anywhere is left out, too: then it warms up or cools down no more.
 */
export function withoutPlaces(passes: readonly Pass[], isLeft: Test): readonly Pass[] {
  const free: Test = pass => !isLeft(pass) && isBroad(pass);
  return passes.flatMap((pass, index): readonly Pass[] => {
    if (!isLeft(pass)) return [pass];
    if (isWork(pass)) return [];
    const find = pass.stage === 'warmUp' ? firstPlace : lastPlace;
    const instead = find(passes, index, free);
    return instead ? [inPlaceOf(pass, instead, passes)] : [];
  });
}
