/** Compiles the firmware's pure parts into a program of this machine, watched by address and undefined sanitizers. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { keptBuilds } from './kept.ts';

const sketch = fileURLToPath(new URL('../../../hardware/firmware/tactus/', import.meta.url));
const here = fileURLToPath(new URL('./', import.meta.url));
const pure = ['board.cpp', 'drive.cpp', 'obey.cpp', 'parser.cpp', 'replies.cpp', 'reports.cpp'];
/** As make and its kin name it. */
const compiler = process.env.CXX ?? 'g++';
const sanitize = ['-fsanitize=address,undefined', '-fno-sanitize-recover=all'];
const flags = ['-std=gnu++11', '-Wall', '-Wextra', '-Werror', '-DBUILD_HASH=1UL', ...sanitize];
/** What runs for minutes, tick by tick: there the compiler's time is well spent. */
const runsLong = ['budgets.cpp'];
/** What is run seldom enough that its compiler's time is not. */
const runsSeldom = ['replies.cpp'];

/** A source by its path, and how far it is optimised; with words of its own to the compiler, if any. */
export type Source = readonly [path: string, level: string, ...more: readonly string[]];

/** The path of a program of these sources. Throws with the compiler's words. */
export function linked(sources: readonly Source[], more: readonly string[] = []): string {
  const objects = sources.map(([source, ...own]) =>
    keptBuilds.object({ compiler, flags: [...flags, ...own, ...more] }, source),
  );
  return keptBuilds.program({ compiler, flags: sanitize }, objects);
}

/** The same of these files of `test/firmware/host`, with the firmware's pure parts. */
export const built = (files: readonly string[], more: readonly string[] = []): string =>
  linked(
    [
      ...files.map(file => [join(here, file), runsLong.includes(file) ? '-O1' : '-O0'] as const),
      ...pure.map(file => [join(sketch, file), runsSeldom.includes(file) ? '-O0' : '-O1'] as const),
    ],
    more,
  );

/** Whether g++ is here and its sanitizers' runtime as well. */
export const hasSanitizers = ((): boolean => {
  try {
    return spawnSync(linked([[join(here, 'nothing.cpp'), '-O0']])).status === 0;
  } catch {
    return false;
  }
})();

/** What a file of claims claims: known without compiling it, so that what was not run has a name. */
export const claimsIn = (file: string): readonly string[] =>
  [...readFileSync(join(here, file), 'utf8').matchAll(/^CLAIM\("([^"]+)"\)/gm)].map(([, what = '']) => what);
