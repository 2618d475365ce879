/** Soft lines through points: Catmull-Rom turned into Bézier curves, rounded to tenths. Pure arithmetic. */

export type Point = readonly [x: number, y: number];

const tenth = (value: number): number => Math.round(value * 10) / 10;
const written = ([x, y]: Point): string => `${tenth(x)} ${tenth(y)}`;

/** Handles of the curve from `from` to `to`, by their neighbours; a sixth of the way between those. */
function piece(before: Point, from: Point, to: Point, after: Point): string {
  const first: Point = [from[0] + (to[0] - before[0]) / 6, from[1] + (to[1] - before[1]) / 6];
  const second: Point = [to[0] - (after[0] - from[0]) / 6, to[1] - (after[1] - from[1]) / 6];
  return `C ${written(first)}, ${written(second)}, ${written(to)}`;
}

const at = (points: readonly Point[], index: number): Point => points[index] ?? [0, 0];

/** An open line that begins at the first point and ends at the last. */
export function line(points: readonly Point[]): string {
  const last = points.length - 1;
  const pieces = points
    .slice(1)
    .map((to, index) =>
      piece(at(points, Math.max(0, index - 1)), at(points, index), to, at(points, Math.min(last, index + 2))),
    );
  return `M ${written(at(points, 0))} ${pieces.join(' ')}`;
}

/** A closed shape through all points. */
export function shape(points: readonly Point[]): string {
  const count = points.length;
  const pieces = points.map((from, index) =>
    piece(
      at(points, (index + count - 1) % count),
      from,
      at(points, (index + 1) % count),
      at(points, (index + 2) % count),
    ),
  );
  return `M ${written(at(points, 0))} ${pieces.join(' ')} Z`;
}

/** The same points on the other side of the middle. */
export const mirrored = (points: readonly Point[]): readonly Point[] => points.map(([x, y]) => [-x, y]);

/** So many points of a way, as many of its own from each to the next. */
export const evenly = (way: readonly Point[], count: number): readonly Point[] =>
  Array.from({ length: count }, (_, index): Point => {
    const along = (index / (count - 1)) * (way.length - 1);
    const from = way[Math.floor(along)] ?? [0, 0];
    const to = way[Math.min(way.length - 1, Math.floor(along) + 1)] ?? from;
    const share = along - Math.floor(along);
    return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
  });
