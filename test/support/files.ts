/** Texts of routine files, whole and broken. */
import { parseRoutine } from '../../machines/routine/parse.ts';
import { type Fields, routineFields, shortPhases } from './routines.ts';

export const fileOf = (fields: Fields): string => JSON.stringify(fields, null, 2);

/** The short routine with something changed at its root. */
export const rootFile = (change: Fields): string => fileOf(routineFields(shortPhases, change));

/** The short routine with its second phase changed. */
export const phaseFile = (change: Fields, root: Fields = {}): string =>
  fileOf(
    routineFields(
      shortPhases.map((phase, index) => (index === 1 ? { ...phase, ...change } : phase)),
      root,
    ),
  );

/** What is told of a file: `$.path@line message`. Empty where it is right. */
export function faultsOf(text: string): readonly string[] {
  const parsed = parseRoutine(text);
  return parsed.ok ? [] : parsed.issues.map(({ path, line, message }) => `${path}@${line} ${message}`);
}

/** Number of the first line that contains this, from 1. */
export const lineWith = (text: string, part: string): number =>
  text.split('\n').findIndex(line => line.includes(part)) + 1;
