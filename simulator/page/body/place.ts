/** What of the figure belongs to a place in a routine: which side of it is seen, which halves, which way. Pure. */
import type { Point } from './curve.ts';
import type { Aspect } from './figure.ts';
import { noPress } from './never-pressed.ts';
import { type ZoneDrawing, zoneDrawings } from './zone-drawings.ts';

export type Place = Readonly<{
  zone: string;
  side: string;
  position: string;
  direction: string;
  technique?: string;
}>;

const facingUp = new Set(['supine', 'seated']);

export const drawingOf = (zone: string): ZoneDrawing | undefined =>
  (zoneDrawings as Partial<Readonly<Record<string, ZoneDrawing>>>)[zone];

/** From where the figure is seen while hands work there. */
export function aspectOf({ zone, position }: Pick<Place, 'zone' | 'position'>): Aspect {
  const aspects = drawingOf(zone)?.aspects ?? ['back'];
  const wanted: Aspect = facingUp.has(position) ? 'front' : 'back';
  return aspects.includes(wanted) ? wanted : (aspects[0] ?? 'back');
}

/** +1 for the half on the viewer's right. Left is the receiver's own: on the right where they face the viewer. */
export function halvesOf(side: string, aspect: Aspect): readonly (1 | -1)[] {
  if (side === 'together') return [1, -1];
  return (side === 'left') === (aspect === 'front') ? [1] : [-1];
}

const heights = (area: readonly Point[]): readonly [number, number] => {
  const all = area.map(([, y]) => y);
  return [Math.min(...all), Math.max(...all)];
};

/** Whether a way at this height crosses a place that is never pressed, where the hands lift off. */
export function liftsOff(y: number, aspect: Aspect): boolean {
  return noPress.some(({ isMiddle, aspects, area, id }) => {
    if (isMiddle || !aspects.includes(aspect) || id !== 'kneeBack') return false;
    const [top, bottom] = heights(area);
    return y > top && y < bottom;
  });
}

/** The middle of an area. */
export function centreOf(area: readonly Point[]): Point {
  const sum = area.reduce<Point>(([x, y], [dx, dy]) => [x + dx, y + dy], [0, 0]);
  return [sum[0] / area.length, sum[1] / area.length];
}
