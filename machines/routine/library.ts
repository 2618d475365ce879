/**
 * The routines that come with Tactus, as text: each goes through the very parser that a file of one's own does.
 */
import eveningLegs from './library/evening-legs.json' with { type: 'json' };
import firstTouch from './library/first-touch.json' with { type: 'json' };
import legAndBack from './library/leg-and-back.json' with { type: 'json' };
import { parseRoutine } from './parse.ts';
import type { Routine } from './schema.ts';

/** What `start` runs where nothing else is chosen. */
export const defaultRoutineId = 'evening-legs';

const shipped = [eveningLegs, legAndBack, firstTouch];

/** Every routine of the library, the default first. Throws where a shipped file is faulty: that is our fault. */
export function library(): readonly Routine[] {
  return shipped.map(content => {
    const parsed = parseRoutine(JSON.stringify(content, null, 2));
    if (!parsed.ok)
      throw new Error(
        `library routine ${content.id}: ${parsed.issues.map(issue => `${issue.path} ${issue.message}`).join('; ')}`,
      );
    return parsed.routine;
  });
}

export const fromLibrary = (id: string): Routine | undefined => library().find(routine => routine.id === id);
