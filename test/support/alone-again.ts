/**
 * Files of tests in real time that failed beside others on a crowded or late machine are run once more, one at a time with nothing
 * beside them: all of the file, for its tests go on from one another. What fails then has failed.
 */
import { relative } from 'node:path';
import { packageRoot } from '../../src/installed.ts';
import { faultProjects, groups, type Length, projectName } from '../groups.ts';
import { crowdedShare } from './crowded.ts';
import type { State } from './seen.ts';

/** More files than that fail of something else than a crowd. */
export const mostFiles = 8;

/** Of `npm run test:faults`: they measure time or memory by the real clock. */
const timedFaults: readonly string[] = faultProjects.filter(project => project !== 'faults');

const lengths: readonly Length[] = ['quick', 'long'];
const inRealTime: ReadonlySet<string> = new Set([
  ...timedFaults,
  ...groups.flatMap(group => (group.realTime ? lengths.map(length => projectName(group, length)) : [])),
]);

export type FailedFile = Readonly<{
  moduleId: string;
  project: string;
  /** Of its time, or of its most crowded two seconds, in which something waited for a processor; null where that is not counted. */
  share: number | null;
  /**
   * A test of it was repeated because the machine had been late: tests go on from one another, so what was left half-way
   * cannot always be gone on with.
   */
  wasLate: boolean;
}>;

/** Which of these are due another run. None where so many failed that no crowd explains it. */
export function dueAlone(failed: readonly FailedFile[]): readonly FailedFile[] {
  const due = failed.filter(
    ({ project, share, wasLate }) => inRealTime.has(project) && (wasLate || (share ?? 0) > crowdedShare),
  );
  return due.length > mostFiles ? [] : due;
}

/** What was seen, with what the files that ran again showed in the place of what they had shown before. */
export function withAgain(
  seen: ReadonlyMap<string, State>,
  again: ReadonlyMap<string, State>,
  files: readonly Pick<FailedFile, 'moduleId'>[],
): Map<string, State> {
  const names = files.map(({ moduleId }) => `${relative(`${packageRoot}/test`, moduleId)} > `);
  const kept = [...seen].filter(([name]) => !names.some(file => name.startsWith(file)));
  return new Map([...kept, ...again]);
}

/** One line for the end of the run. */
export function toldAgain({ moduleId, share, wasLate }: FailedFile, failed: readonly string[]): string {
  const waited =
    share === null ? [] : [`work waited for a processor up to ${Math.round(share * 100)} % of the time`];
  const why = [...waited, ...(wasLate ? ['the machine was late'] : [])].join(', ');
  return `${relative(packageRoot, moduleId)}, alone (beside others ${why}, and these failed: ${failed.join('; ')})`;
}
