/** The emulated board in a process of its own: that of this checkout, or of an installed package. */
import { join } from 'node:path';
import { BoardProcess as AnyBoardProcess, tracedBoardWords } from '../../../src/app/bench/board-process.ts';
import { packageRoot } from '../../../src/installed.ts';
import { type Program, startIn } from '../../support/installed.ts';

const checkout: Program = {
  node: process.execPath,
  entry: join(packageRoot, 'src', 'tactus.js'),
  cwd: packageRoot,
  env: process.env,
};

export type BoardProcess = AnyBoardProcess;
export const BoardProcess = {
  start: (...words: readonly string[]): Promise<AnyBoardProcess> => BoardProcess.startBy(checkout, ...words),
  /** That of an installed package, say. */
  startBy: (program: Program, ...words: readonly string[]): Promise<AnyBoardProcess> =>
    AnyBoardProcess.over(startIn(program, ...tracedBoardWords, ...words)),
} as const;
