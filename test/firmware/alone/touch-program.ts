/** The parts of the board alone that hands and eyes meet, as a program of this machine that answers line by line. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { linked } from '../host/build.ts';

const parts = fileURLToPath(new URL('../../../hardware/firmware/tactus/src/alone/', import.meta.url));
const driver = fileURLToPath(new URL('touch.cpp', import.meta.url));

/** What tells words: so that they are heard as well as what is made of them, they tell them to the driver first. */
const telling = ['gestures.cpp', 'chords.cpp', 'hands.cpp'];
const others = ['meaning.cpp', 'kinds.cpp', 'card.cpp', 'light.cpp'];

export class TouchProgram {
  readonly #program = linked(
    [
      [driver, '-O1'],
      ...telling.map(file => [join(parts, file), '-O1', '-Dsay=sayHeard'] as const),
      ...others.map(file => [join(parts, file), '-O1'] as const),
    ],
    [`-I${parts}`],
  );

  /** One answer for each line. */
  answers(lines: readonly string[]): readonly string[] {
    const { status, stdout, stderr, error } = spawnSync(this.#program, {
      encoding: 'utf8',
      input: `${lines.join('\n')}\n`,
      maxBuffer: 1 << 30,
    });
    if (status !== 0 || stderr !== '') throw new Error(`${this.#program}: ${error ?? stderr}`);
    const answers = stdout.split('\n');
    if (answers.length !== lines.length + 1) throw new Error('there are not as many answers as lines');
    return answers.slice(0, -1);
  }
}
