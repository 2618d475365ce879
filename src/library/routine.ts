/**
 * Routines: from the text of a file to a routine or to every fault of it at once, scaled to the time there is, and laid
 * out in milliseconds. Pure.
 *
 * @packageDocumentation
 */
export { defaultRoutineId, fromLibrary, library } from '../../machines/routine/library.ts';
export {
  type Direction,
  directions,
  type Position,
  positions,
  type Technique,
  techniques,
  type User,
  users,
  type Zone,
  zones,
} from '../../machines/routine/names.ts';
export { type Issue, type Parsed, parseRoutine } from '../../machines/routine/parse.ts';
export { type Going, type Scaled, type Scaling, scaled } from '../../machines/routine/scale.ts';
export { type Phase, type Routine, routineSchema, schemaVersion } from '../../machines/routine/schema.ts';
export { type Ascent, type Pace, type Pass, timeline, totalMs } from '../../machines/routine/timeline.ts';
