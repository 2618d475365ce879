/** The parts of the board alone that hands and eyes meet, as a program of this machine that answers line by line. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const parts = fileURLToPath(new URL('../../../hardware/firmware/tactus/src/alone/', import.meta.url));
const driver = fileURLToPath(new URL('touch.cpp', import.meta.url));
/** As make and its kin name it. */
const compiler = process.env.CXX ?? 'g++';
const flags = [
  ...['-std=gnu++11', '-O1', '-Wall', '-Wextra', '-Werror', `-I${parts}`],
  ...['-fsanitize=address,undefined', '-fno-sanitize-recover=all'],
];

/** What tells words: so that they are heard as well as what is made of them, they tell them to the driver first. */
const telling = ['gestures.cpp', 'chords.cpp', 'hands.cpp'];
const others = ['meaning.cpp', 'kinds.cpp', 'card.cpp', 'light.cpp'];

function run(program: string, words: readonly string[], input = ''): string {
  const { status, stdout, stderr, error } = spawnSync(program, words, {
    encoding: 'utf8',
    input,
    maxBuffer: 1 << 30,
  });
  if (status !== 0 || stderr !== '') throw new Error(`${program}: ${error ?? stderr}`);
  return stdout;
}

export class TouchProgram {
  readonly #folder = mkdtempSync(join(tmpdir(), 'tactus-touch-'));
  readonly #program = join(this.#folder, 'touch');

  constructor() {
    const objects = [...telling, ...others].map(file => {
      const object = join(this.#folder, `${file}.o`);
      const define = telling.includes(file) ? ['-Dsay=sayHeard'] : [];
      run(compiler, [...flags, ...define, '-c', join(parts, file), '-o', object]);
      return object;
    });
    run(compiler, [...flags, driver, ...objects, '-o', this.#program]);
  }

  /** One answer for each line. */
  answers(lines: readonly string[]): readonly string[] {
    const answers = run(this.#program, [], `${lines.join('\n')}\n`).split('\n');
    if (answers.length !== lines.length + 1) throw new Error('there are not as many answers as lines');
    return answers.slice(0, -1);
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
