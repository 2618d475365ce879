/** A board that plays alone, visited: its line opened, asked who it is, and let go of. Nothing of it is driven. */
import { boardIdOf } from '../board-settings.ts';
import { openLine } from '../open-port.ts';
import type { Surroundings } from '../surroundings.ts';
import { type Visit, visitOn } from './visited-line.ts';

/** `what` is what others are told of this process. Throws Exit as `openLine` does, and where no firmware of ours answers. */
export async function visit(path: string, what: string, around: Surroundings): Promise<Visit> {
  const { clock } = around;
  const id = await boardIdOf(path, around);
  const { line, close } = await openLine(path, what, around);
  return visitOn({ path, id, line, clock, close });
}
