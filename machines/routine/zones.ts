/**
 * How the zones lie on the body: which lies within which, and which hands cannot work without touching another.
 *
 * Said here once. The outer thigh, the front and the back of it, and the lower back and the sacrum are neighbours:
 * they border on each other and share no skin. What lies deep in the buttock, and the edge of the sacrum where the
 * muscle of the buttock begins, lie under hands that knead the buttock. [D]
 */
import type { Zone } from './names.ts';

/** What lies wholly within a zone, beside itself. */
const within: Readonly<Record<Zone, readonly Zone[]>> = {
  lowerBack: [],
  buttocks: ['piriformis', 'sacralEdge'],
  thighBack: [],
  thighFront: [],
  thighOuter: [],
  calf: [],
  legBack: ['thighBack', 'calf'],
  piriformis: [],
  sacralEdge: [],
};

/** Where work is deep and short: the nerve runs there. */
export const deepZones: readonly Zone[] = ['piriformis', 'sacralEdge'];

/** Zones that lie within this one, itself not counted. */
export const partsOf = (zone: Zone): readonly Zone[] => within[zone];

/** This zone and all that lies within it. */
export const placesOf = (zone: Zone): readonly Zone[] => [zone, ...within[zone]];

/** Whether all of `zone` lies within `other`; a zone lies within itself. */
export const isWithin = (zone: Zone, other: Zone): boolean => placesOf(other).includes(zone);

/** Whether hands on the one are on some of the other: one is the other, or lies within it. */
export const touches = (one: Zone, other: Zone): boolean => isWithin(one, other) || isWithin(other, one);

export const touchesAny = (zone: Zone, others: Iterable<Zone>): boolean => {
  for (const other of others) if (touches(zone, other)) return true;
  return false;
};
