/**
 * A standing figure, seen from the front and from behind, drawn for this page: outline, zones, and where nobody
 * presses. One half is given, x from the middle outwards; the other is its mirror. About 900 units tall.
 *
 * Zones carry the ids of routines. Places that are never pressed: the spine and the tailbone, over the kidneys,
 * behind the knee, the outer knee at the fibula head, the groin (Werner, Massage & Bodywork, May/June 2020).
 */
import type { Zone } from '../../../machines/routine/names.ts';
import type { Point } from './curve.ts';

export type Aspect = 'front' | 'back';

/** Crown of the head to the crotch, down the outside; closed by its mirror. */
export const outline: readonly Point[] = [
  [0, 8],
  [28, 17],
  [40, 48],
  [36, 82],
  [25, 106],
  [24, 132],
  [48, 152],
  [92, 166],
  [113, 190],
  [121, 240],
  [127, 300],
  [137, 352],
  [149, 405],
  [155, 444],
  [164, 474],
  [163, 502],
  [152, 520],
  [143, 506],
  [140, 474],
  [136, 444],
  [124, 398],
  [112, 350],
  [101, 296],
  [90, 240],
  [86, 276],
  [75, 345],
  [83, 402],
  [94, 448],
  [96, 500],
  [89, 570],
  [74, 640],
  [66, 672],
  [70, 722],
  [66, 776],
  [50, 836],
  [47, 862],
  [54, 884],
  [40, 894],
  [22, 888],
  [24, 856],
  [24, 832],
  [20, 778],
  [17, 724],
  [24, 676],
  [23, 640],
  [14, 572],
  [4, 492],
];

/** Lines within the outline that tell front from back. */
export const innerLines: Readonly<Record<Aspect, readonly (readonly Point[])[]>> = {
  front: [
    [
      [10, 172],
      [40, 168],
      [72, 176],
    ],
    [
      [0, 232],
      [30, 252],
      [62, 240],
    ],
    [
      [4, 478],
      [34, 462],
      [66, 424],
    ],
    [
      [32, 656],
      [46, 666],
      [58, 656],
    ],
    [
      [34, 690],
      [46, 696],
      [57, 690],
    ],
  ],
  back: [
    [
      [22, 214],
      [44, 226],
      [56, 258],
      [40, 276],
    ],
    [
      [4, 500],
      [34, 510],
      [70, 496],
    ],
    [
      [28, 668],
      [45, 672],
      [60, 667],
    ],
    [
      [42, 800],
      [40, 826],
      [38, 848],
    ],
  ],
};

/** The line in the middle, which has no mirror. */
export const middleLine: Readonly<Record<Aspect, readonly Point[]>> = {
  front: [
    [0, 258],
    [0, 330],
    [0, 392],
  ],
  back: [
    [0, 156],
    [0, 280],
    [0, 404],
    [0, 486],
  ],
};

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

export type NoPress = Readonly<{
  aspects: readonly Aspect[];
  area: readonly Point[];
  /** Drawn once, over the middle. */
  isMiddle?: true;
  id: string;
}>;

export const noPress: readonly NoPress[] = [
  {
    id: 'spine',
    aspects: ['back'],
    isMiddle: true,
    area: [
      [-8, 160],
      [8, 160],
      [9, 300],
      [9, 400],
      [0, 412],
      [-9, 400],
      [-9, 300],
    ],
  },
  {
    id: 'tailbone',
    aspects: ['back'],
    isMiddle: true,
    area: [
      [0, 446],
      [8, 462],
      [0, 484],
      [-8, 462],
    ],
  },
  {
    id: 'kidneys',
    aspects: ['back'],
    area: [
      [20, 296],
      [40, 284],
      [58, 300],
      [54, 332],
      [34, 340],
      [20, 326],
    ],
  },
  {
    id: 'kneeBack',
    aspects: ['back'],
    area: [
      [26, 650],
      [46, 644],
      [62, 652],
      [61, 676],
      [46, 684],
      [28, 677],
    ],
  },
  {
    id: 'kneeOuter',
    aspects: ['front', 'back'],
    area: [
      [59, 682],
      [68, 678],
      [70, 696],
      [68, 712],
      [61, 704],
    ],
  },
  {
    id: 'groin',
    aspects: ['front'],
    area: [
      [8, 486],
      [34, 466],
      [58, 448],
      [50, 472],
      [28, 504],
      [12, 528],
    ],
  },
];
