/** What a test command saw: every test by its file below test/ and its full name. Kept for the hazard table. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { TestModule } from 'vitest/node';
import { packageRoot } from '../../src/installed.ts';

export type State = 'passed' | 'failed' | 'skipped';

const folder = join(packageRoot, 'node_modules', '.cache', 'tactus');
const file = join(folder, 'tests.json');

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

export const countOf = (seen: ReadonlyMap<string, State>, state: State): number =>
  [...seen.values()].filter(one => one === state).length;

/** Keeps what a test command saw, for whoever runs after it; what `npm test` leaves out is added to what it saw. */
export function keepSeen(seen: ReadonlyMap<string, State>, { isAdded }: { isAdded: boolean }): void {
  mkdirSync(folder, { recursive: true });
  const before = isAdded ? keptSeen() : null;
  writeFileSync(file, JSON.stringify(Object.fromEntries([...(before ?? []), ...seen])));
}

/** What the test commands saw last; null where none has been run here. */
export const keptSeen = (): ReadonlyMap<string, State> | null =>
  existsSync(file)
    ? new Map(Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, State>))
    : null;
