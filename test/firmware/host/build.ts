/** Compiles the firmware's pure parts into a program of this machine, watched by address and undefined sanitizers. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const sketch = fileURLToPath(new URL('../../../hardware/firmware/tactus/', import.meta.url));
const here = fileURLToPath(new URL('./', import.meta.url));
const pure = ['board.cpp', 'drive.cpp', 'obey.cpp', 'parser.cpp', 'replies.cpp', 'reports.cpp'];
/** As make and its kin name it. */
const compiler = process.env.CXX ?? 'g++';
const sanitize = ['-fsanitize=address,undefined', '-fno-sanitize-recover=all'];
const flags = ['-std=gnu++11', '-Wall', '-Wextra', '-Werror', '-DBUILD_HASH=1UL', ...sanitize];
/** Claims that run for a quarter of an hour, tick by tick: there the compiler's time is well spent, as in the firmware. */
const runsLong: readonly string[] = ['budgets.cpp'];

function compile(words: readonly string[]): void {
  const { status, stderr, error } = spawnSync(compiler, words, { encoding: 'utf8' });
  if (status !== 0 || stderr !== '') throw new Error(`${compiler} ${words.join(' ')}: ${error ?? stderr}`);
}

/** Programs to be run, and their removal. */
export class Programs {
  readonly #folder = mkdtempSync(join(tmpdir(), 'tactus-host-'));

  /** The path of a program made of these files of `test/firmware/host`. Throws with the compiler's words. */
  build(name: string, files: readonly string[], more: readonly string[] = []): string {
    return this.link(
      name,
      [
        ...files.map(file => [join(here, file), runsLong.includes(file) ? '-O1' : '-O0'] as const),
        ...pure.map(file => [join(sketch, file), '-O1'] as const),
      ],
      more,
    );
  }

  /** The same of any files, each by its path and how far it is optimised. */
  link(
    name: string,
    sources: readonly (readonly [path: string, level: string])[],
    more: readonly string[] = [],
  ): string {
    const objects = sources.map(([source, level], index) => {
      const object = join(this.#folder, `${name}-${index}.o`);
      compile([...flags, level, ...more, '-c', source, '-o', object]);
      return object;
    });
    const program = join(this.#folder, name);
    compile([...sanitize, ...objects, '-o', program]);
    return program;
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Whether g++ is here and its sanitizers' runtime as well. */
export const hasSanitizers = ((): boolean => {
  const folder = mkdtempSync(join(tmpdir(), 'tactus-host-'));
  try {
    const source = join(folder, 'nothing.cpp');
    const program = join(folder, 'nothing');
    writeFileSync(source, 'int main() { return 0; }\n');
    return (
      spawnSync(compiler, [...sanitize, source, '-o', program]).status === 0 &&
      spawnSync(program).status === 0
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
})();

/** What a file of claims claims: known without compiling it, so that what was not run has a name. */
export const claimsIn = (file: string): readonly string[] =>
  [...readFileSync(join(here, file), 'utf8').matchAll(/^CLAIM\("([^"]+)"\)/gm)].map(([, what = '']) => what);
