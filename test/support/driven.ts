/** When motors were driven: as frames ask for it, or as it was at the pins. */
import type { Motor } from '../../machines/vocabulary.ts';
import type { TraceLine } from '../../src/session/trace.ts';

/** A frame is at the pins within that, of the board's own time. */
export const atPinsWithinMs = 8;

/** The moments at which a motor goes on or off, by the frames or at the pins. */
export function driven(
  lines: readonly TraceLine[],
  motor: Motor,
  from: 'frame' | 'pin',
): readonly (readonly [number, boolean])[] {
  const changes: [number, boolean][] = [[0, false]];
  for (const line of lines) {
    let on: boolean | null = null;
    if (from === 'frame' && line.type === 'frame') on = (line.motors?.[motor] ?? 0) > 0;
    if (from === 'pin' && line.type === 'pin' && line.motor === motor) on = line.duty > 0;
    if (on !== null && on !== changes.at(-1)?.[1]) changes.push([line.at, on]);
  }
  return changes;
}
