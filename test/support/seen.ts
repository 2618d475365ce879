/** What a test command saw: every test by its file below test/ and its full name. Kept for the hazard table. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { TestModule } from 'vitest/node';
import { packageRoot } from '../../src/installed.ts';

export type State = 'passed' | 'failed' | 'skipped';

export type Seen = ReadonlyMap<string, State>;
/** ... by the project that played it. */
export type SeenByProject = ReadonlyMap<string, Seen>;

const usualFolder = join(packageRoot, 'node_modules', '.cache', 'tactus', 'seen');

export function seenIn(modules: readonly TestModule[]): Map<string, State> {
  const seen = new Map<string, State>();
  for (const module of modules) {
    const name = relative(join(packageRoot, 'test'), module.moduleId);
    if (module.errors().length > 0) seen.set(`${name} > (the file itself)`, 'failed');
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      const full = `${name} > ${test.fullName}`;
      // Two tests of one name are two: the second must not speak for the first.
      let own = full;
      for (let count = 2; seen.has(own); count++) own = `${full} (${count})`;
      seen.set(own, state === 'pending' ? 'skipped' : state);
    }
  }
  return seen;
}

/** The names of a file's failed tests; what failed outside of them has its own. */
export const failedIn = (module: TestModule): readonly string[] => [
  ...(module.errors().length > 0 ? ['(the file itself)'] : []),
  ...[...module.children.allTests('failed')].map(({ fullName }) => fullName),
];

export const countOf = (seen: Seen, state: State): number =>
  [...seen.values()].filter(one => one === state).length;

/** What was seen of each of these projects, by the files that it played; nothing where it has none. */
export function byProject(
  seen: Seen,
  modules: readonly TestModule[],
  projects: readonly string[],
): SeenByProject {
  const projectOf = new Map(
    modules.map(({ moduleId, project }) => [relative(join(packageRoot, 'test'), moduleId), project.name]),
  );
  const all = new Map(projects.map(project => [project, new Map<string, State>()]));
  for (const [name, state] of seen)
    all.get(projectOf.get(name.slice(0, name.indexOf(' > '))) ?? '')?.set(name, state);
  return all;
}

/**
 * Keeps what a test command saw, for whoever runs after it, in a file for each project: two commands at once do not write
 * the same. `isNew`: what was seen before is of another tree, and forgotten.
 */
export function keepSeen(seen: SeenByProject, { isNew = false } = {}, folder = usualFolder): void {
  if (isNew) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [project, own] of seen)
    writeFileSync(join(folder, `${project}.json`), JSON.stringify(Object.fromEntries(own)));
}

/** What the test commands saw last of these projects, the later ones before the earlier; and which were not played. */
export function keptSeen(
  projects: readonly string[],
  folder = usualFolder,
): Readonly<{ seen: Seen; missing: readonly string[] }> {
  const files = projects.map(project => ({ project, file: join(folder, `${project}.json`) }));
  const there = files.filter(({ file }) => existsSync(file));
  return {
    seen: new Map(
      there.flatMap(({ file }) =>
        Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, State>),
      ),
    ),
    missing: files.filter(one => !there.includes(one)).map(({ project }) => project),
  };
}
