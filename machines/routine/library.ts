/**
 * The routines that come with Tactus, as text: each goes through the very parser that a file of one's own does.
 */
import eveningLegs from './library/evening-legs.json' with { type: 'json' };
import firstTouch from './library/first-touch.json' with { type: 'json' };
import kneeToHipAlone from './library/knee-to-hip-alone.json' with { type: 'json' };
import legAndBack from './library/leg-and-back.json' with { type: 'json' };
import lowerBack from './library/lower-back.json' with { type: 'json' };
import partnerHalfHour from './library/partner-half-hour.json' with { type: 'json' };
import piriformisAndSacralEdge from './library/piriformis-and-sacral-edge.json' with { type: 'json' };
import therapistPacer from './library/therapist-pacer.json' with { type: 'json' };
import { parseRoutine } from './parse.ts';
import type { Routine } from './schema.ts';

/** What `start` runs where nothing else is chosen. */
export const defaultRoutineId = 'evening-legs';

const shipped = [
  eveningLegs,
  legAndBack,
  firstTouch,
  lowerBack,
  kneeToHipAlone,
  piriformisAndSacralEdge,
  partnerHalfHour,
  therapistPacer,
];

let parsed: readonly Routine[] | undefined;

/** Every routine of the library, the default first. Throws where a shipped file is faulty: that is our fault. */
export function library(): readonly Routine[] {
  parsed ??= shipped.map(content => {
    const result = parseRoutine(JSON.stringify(content, null, 2));
    if (result.ok) return result.routine;
    const faults = result.issues.map(issue => `${issue.path} ${issue.message}`).join('; ');
    throw new Error(`library routine ${content.id}: ${faults}`);
  });
  return parsed;
}

/** A routine of the library by its id; undefined where it has none of that name. */
export const fromLibrary = (id: string): Routine | undefined => library().find(routine => routine.id === id);
