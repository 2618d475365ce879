/** The board alone on this machine: files that run on the chip, with a test's own around them, under sanitizers. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isLong, isReport } from '../../support/length.ts';
import { linked } from '../host/build.ts';

const alone = fileURLToPath(new URL('../../../hardware/firmware/tactus/src/alone/', import.meta.url));
const host = fileURLToPath(new URL('./host/', import.meta.url));

/** How far what runs on the board is optimised here: what is run for a moment only is not worth the compiler's time. */
export const boardLevel = isLong || isReport ? '-O1' : '-O0';

/** What reads and prints a session's memory, and its routine. */
const codec = ['text.cpp', 'plan.cpp'];

/** What a whole session is made of, but for where its routine is kept and for what is done with its orders. */
export const sessionParts: readonly string[] = [
  'actions',
  'chart',
  'deadlines',
  'fit',
  'glance',
  'grid',
  'guards',
  'lend',
  'lighter',
  'orders',
  'place',
  'pressure',
  'sayings',
  'session',
  'tables',
  'undo',
  'zones',
].map(name => `${name}.cpp`);

/** A program of these files of `host/`, the first with its `main`, and these of the board. */
export const buildAlone = (ofTest: readonly string[], ofBoard: readonly string[]): string =>
  linked(
    [
      ...[...ofTest, ...codec].map(file => [join(host, file), boardLevel] as const),
      ...ofBoard.map(file => [join(alone, file), boardLevel] as const),
    ],
    [`-I${alone}`],
  );

/** What it answers to these lines, line by line. Throws with its words where it fails. */
export function answersOf(program: string, lines: readonly string[]): readonly string[] {
  const { status, stdout, stderr } = spawnSync(program, {
    input: `${lines.join('\n')}\n`,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (status !== 0 || stderr !== '') throw new Error(`${program} ends with ${status}: ${stderr}`);
  return stdout.split('\n').slice(0, -1);
}
