/** The emulated board in a process of its own, with its trace read as it comes. */
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { packageRoot } from '../../../src/installed.ts';
import { type Program, startIn } from '../../support/installed.ts';

export type BoardLine = Readonly<{ at: number; type: string; pin?: number; duty?: number }>;

const checkout: Program = {
  node: process.execPath,
  entry: join(packageRoot, 'src', 'tactus.js'),
  cwd: packageRoot,
  env: process.env,
};

export class BoardProcess {
  readonly path: string;
  /** Every line so far. */
  readonly lines: BoardLine[] = [];
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #waiting = new Set<(line: BoardLine) => void>();

  private constructor(child: ChildProcessWithoutNullStreams, path: string) {
    this.#child = child;
    this.path = path;
    createInterface({ input: child.stdout }).on('line', text => {
      const line = JSON.parse(text) as BoardLine;
      this.lines.push(line);
      for (const heard of this.#waiting) heard(line);
    });
  }

  static start(...words: readonly string[]): Promise<BoardProcess> {
    return BoardProcess.startBy(checkout, ...words);
  }

  /** That of an installed package, say. */
  static async startBy(program: Program, ...words: readonly string[]): Promise<BoardProcess> {
    const child = startIn(program, 'board', '--trace', '-', ...words);
    let said = '';
    for await (const bytes of child.stderr) {
      said += String(bytes);
      const path = /^board (\S+)$/m.exec(said)?.[1];
      if (path) return new BoardProcess(child, path);
    }
    throw new Error(`the board did not start: ${said}`);
  }

  say(word: string): void {
    this.#child.stdin.write(`${word}\n`);
  }

  /** The next line that is wanted; rejects after `withinMs`. */
  next(wanted: (line: BoardLine) => boolean, withinMs = 20_000): Promise<BoardLine> {
    return new Promise((resolve, reject) => {
      const heard = (line: BoardLine): void => {
        if (!wanted(line)) return;
        clearTimeout(late);
        this.#waiting.delete(heard);
        resolve(line);
      };
      const late = setTimeout(() => {
        this.#waiting.delete(heard);
        reject(
          new Error(
            `nothing of that kind within ${withinMs} ms; last: ${JSON.stringify(this.lines.slice(-5))}`,
          ),
        );
      }, withinMs);
      this.#waiting.add(heard);
    });
  }

  /** The present moment on the board's clock. */
  async mark(): Promise<number> {
    const marked = this.next(({ type }) => type === 'mark');
    this.say('mark');
    return (await marked).at;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    this.#child.kill();
    await once(this.#child, 'exit');
  }
}
