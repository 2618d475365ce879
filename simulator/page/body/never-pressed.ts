/**
 * Places on the drawn figure that are never pressed: the spine and the tailbone, over the kidneys, behind the knee, the
 * outer knee at the fibula head, the groin (Werner, Massage & Bodywork, May/June 2020).
 */
import type { Point } from './curve.ts';
import type { Aspect } from './figure.ts';

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
