/**
 * A standing figure, seen from the front and from behind, drawn for this page: its outline and the lines within. One half
 * is given, x from the middle outwards; the other is its mirror. About 900 units tall.
 */
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
