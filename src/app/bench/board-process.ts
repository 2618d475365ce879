/** The emulated board in a process of its own (`tactus board --trace -`), with its trace read as it comes. */
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import * as v from 'valibot';

const lineSchema = v.looseObject({
  at: v.number(),
  type: v.string(),
  pin: v.optional(v.number()),
  duty: v.optional(v.number()),
});
export type BoardLine = Readonly<{
  at: number;
  type: string;
  pin?: number | undefined;
  duty?: number | undefined;
}>;

/** The words of `tactus` that start such a board. */
export const tracedBoardWords = ['board', '--trace', '-'] as const;

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
      const line = v.parse(lineSchema, JSON.parse(text));
      this.lines.push(line);
      for (const heard of this.#waiting) heard(line);
    });
  }

  /** That of a child which was started by these words; resolves once it says where it is. */
  static over(child: ChildProcessWithoutNullStreams): Promise<BoardProcess> {
    return new Promise((resolve, reject) => {
      let said = '';
      child.stderr.on('data', bytes => {
        said += String(bytes);
        const path = /^board (\S+)$/m.exec(said)?.[1];
        if (path) resolve(new BoardProcess(child, path));
      });
      child.once('error', reject);
      child.once('close', () => reject(new Error(`the board did not start: ${said.trim()}`)));
    });
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
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill();
    await once(this.#child, 'exit');
  }
}
