/** What a board keeps, compiled for this machine: a batch of commands, or a board on a line. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ByteLine } from '../../../hardware/line.ts';
import { linked } from '../host/build.ts';

const sources = fileURLToPath(new URL('../../../hardware/firmware/tactus/src/alone/', import.meta.url));
const files = ['plan', 'store', 'loaded', 'log', 'keep', 'flash_routines'].map(name =>
  join(sources, `${name}.cpp`),
);
const main = fileURLToPath(new URL('store.cpp', import.meta.url));

export class StoreProgram {
  #path = '';

  build(): void {
    // What only asks and prints takes longer to be optimised than it ever runs.
    this.#path = linked([[main, '-O0'], ...files.map(file => [file, '-O1'] as const)]);
  }

  /** What it says to these commands, a line each. */
  run(commands: readonly string[]): readonly string[] {
    const input = `${commands.join('\n')}\n`;
    const { status, stdout, stderr } = spawnSync(this.#path, { input, encoding: 'utf8', maxBuffer: 2 ** 28 });
    if (status !== 0) throw new Error(stderr);
    return stdout.trimEnd().split('\n');
  }

  start(): KeptBoard {
    return new KeptBoard(spawn(this.#path));
  }
}

/** A board on a line: it takes whole messages, as a keeper writes them. */
export class KeptBoard extends EventEmitter implements ByteLine {
  readonly isOpen = true;
  /** All messages that came, as commands of the program. */
  readonly heard: string[] = [];
  /** Of each message, whether it or its answer is lost on the way. */
  loses: (count: number) => boolean = () => false;
  lost: () => void = () => undefined;
  readonly #process: ChildProcess;
  readonly #answers: ((line: string) => void)[] = [];

  constructor(child: ChildProcess) {
    super();
    this.#process = child;
    if (!child.stdout) throw new Error('it has an output');
    createInterface({ input: child.stdout }).on('line', line => this.#answers.shift()?.(line));
  }

  say(command: string): Promise<string> {
    return new Promise(resolve => {
      this.#answers.push(resolve);
      this.#process.stdin?.write(`${command}\n`);
    });
  }

  write(bytes: Uint8Array): void {
    const command = `keep ${Buffer.from(bytes.subarray(1, -1)).toString('hex')}`;
    this.heard.push(command);
    const isLost = this.loses(this.heard.length);
    void this.say(command).then(answer => {
      if (isLost) this.lost();
      else this.emit('data', Uint8Array.from(Buffer.from(answer, 'hex')));
    });
  }

  hangUp(): void {
    this.#process.kill();
  }
}
