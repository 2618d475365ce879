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

export const libraryIds: readonly string[] = shipped.map(({ id }) => id);

const read = new Map<string, Routine>();

/** One of them, read when it is first asked for. */
function routineOf(content: (typeof shipped)[number]): Routine {
  const known = read.get(content.id);
  if (known) return known;
  const result = parseRoutine(JSON.stringify(content, null, 2));
  if (!result.ok) {
    const faults = result.issues.map(issue => `${issue.path} ${issue.message}`).join('; ');
    throw new Error(`library routine ${content.id}: ${faults}`);
  }
  read.set(content.id, result.routine);
  return result.routine;
}

let all: readonly Routine[] | undefined;

/** Every routine of the library, the default first. Throws where a shipped file is faulty: that is our fault. */
export function library(): readonly Routine[] {
  all ??= shipped.map(routineOf);
  return all;
}

/**
 * A routine of the library by its id; undefined where it has none of that name. The others are not read for it. Throws where
 * its file is faulty: that is our fault.
 */
export function fromLibrary(id: string): Routine | undefined {
  const content = shipped.find(one => one.id === id);
  return content && routineOf(content);
}
