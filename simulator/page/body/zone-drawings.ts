/** The zones on the drawn figure, by the ids of routines: their areas, and the way of a stroke on them. */
import type { Zone } from '../../../machines/routine/names.ts';
import type { Point } from './curve.ts';
import type { Aspect } from './figure.ts';

export type ZoneDrawing = Readonly<{
  /** Where it can be seen. */
  aspects: readonly Aspect[];
  /** Its area, in one or more pieces. */
  areas: readonly (readonly Point[])[];
  /** A stroke's way, lower or inner end first. Over a gap the hands lift off. */
  way: readonly Point[];
  /** What of the figure is shown while hands work here: top and height. */
  frame: readonly [top: number, height: number];
}>;

const legs: readonly [number, number] = [420, 486];
const thighs: readonly [number, number] = [408, 340];
const trunk: readonly [number, number] = [250, 320];

const thighBackArea: readonly Point[] = [
  [17, 530],
  [50, 518],
  [84, 524],
  [82, 580],
  [69, 632],
  [46, 638],
  [28, 632],
  [21, 580],
];
const calfArea: readonly Point[] = [
  [27, 694],
  [45, 688],
  [62, 694],
  [65, 730],
  [58, 784],
  [46, 834],
  [30, 836],
  [26, 784],
  [23, 730],
];

export const zoneDrawings: Readonly<Record<Zone, ZoneDrawing>> = {
  lowerBack: {
    aspects: ['back'],
    areas: [
      [
        [12, 352],
        [40, 348],
        [68, 352],
        [74, 386],
        [72, 406],
        [40, 410],
        [13, 404],
      ],
    ],
    way: [
      [15, 384],
      [42, 380],
      [68, 376],
    ],
    frame: trunk,
  },
  buttocks: {
    aspects: ['back'],
    areas: [
      [
        [12, 432],
        [44, 418],
        [82, 432],
        [89, 466],
        [72, 494],
        [36, 500],
        [12, 486],
      ],
    ],
    way: [
      [15, 464],
      [48, 452],
      [84, 450],
    ],
    frame: trunk,
  },
  piriformis: {
    aspects: ['back'],
    areas: [
      [
        [16, 424],
        [44, 426],
        [80, 450],
        [83, 468],
        [60, 470],
        [26, 450],
      ],
    ],
    way: [
      [18, 434],
      [48, 446],
      [80, 460],
    ],
    frame: trunk,
  },
  sacralEdge: {
    aspects: ['back'],
    areas: [
      [
        [12, 404],
        [30, 400],
        [28, 430],
        [15, 462],
        [8, 456],
      ],
    ],
    way: [
      [11, 456],
      [17, 430],
      [22, 404],
    ],
    frame: trunk,
  },
  thighBack: {
    aspects: ['back'],
    areas: [thighBackArea],
    way: [
      [46, 632],
      [50, 580],
      [50, 522],
    ],
    frame: thighs,
  },
  calf: {
    aspects: ['back'],
    areas: [calfArea],
    way: [
      [38, 832],
      [45, 764],
      [45, 694],
    ],
    frame: legs,
  },
  legBack: {
    aspects: ['back'],
    areas: [thighBackArea, calfArea],
    way: [
      [38, 832],
      [45, 764],
      [45, 694],
      [45, 634],
      [50, 580],
      [50, 522],
    ],
    frame: legs,
  },
  thighFront: {
    aspects: ['front'],
    areas: [
      [
        [24, 516],
        [52, 496],
        [84, 504],
        [82, 572],
        [68, 630],
        [46, 642],
        [29, 630],
        [23, 572],
      ],
    ],
    way: [
      [47, 632],
      [53, 572],
      [57, 508],
    ],
    frame: thighs,
  },
  thighOuter: {
    aspects: ['front', 'back'],
    areas: [
      [
        [76, 462],
        [93, 456],
        [95, 506],
        [88, 572],
        [73, 640],
        [61, 636],
        [69, 566],
        [75, 506],
      ],
    ],
    way: [
      [67, 632],
      [79, 566],
      [86, 472],
    ],
    frame: thighs,
  },
};
