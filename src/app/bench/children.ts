/**
 * The processes that a measurement starts. None outlives it: each is ended when its own work is over, all of them when
 * this process ends in whichever way, and should it be killed, they notice by themselves that it is gone.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { packageRoot } from '../../installed.ts';

export type Child = ChildProcessWithoutNullStreams;

/** How long a child may take to end that was asked to. A controller takes at most 1.5 s. */
const endsWithinMs = 4000;
/** Of what a child says for people so much is kept, to tell what went wrong. */
const mostErrorChars = 4000;

const hasEnded = (child: Child): boolean => child.exitCode !== null || child.signalCode !== null;

export class Children {
  /** A state folder of their own: nothing that a person has kept is read, or added to. */
  readonly folder = mkdtempSync(join(tmpdir(), 'tactus-bench-'));
  readonly #running = new Set<Child>();
  readonly #errors = new WeakMap<Child, string>();
  readonly #exit = (): void => this.killAll();

  constructor() {
    process.on('exit', this.#exit);
  }

  /** How many run now. */
  get count(): number {
    return this.#running.size;
  }

  /** This program, by the words of one of its commands. */
  program(...words: readonly string[]): Child {
    return this.#spawn([join(packageRoot, 'src', 'tactus.js'), ...words]);
  }

  /** What measures in a process of its own: see child.ts. */
  task(task: object): Child {
    return this.#spawn([join(packageRoot, 'dist', 'bench-child.js'), JSON.stringify(task)]);
  }

  /** Node itself, with these words. */
  node(...words: readonly string[]): Child {
    return this.#spawn(words);
  }

  /** What a child has said on its standard error. */
  errors(child: Child): string {
    return this.#errors.get(child) ?? '';
  }

  #spawn(words: readonly string[]): Child {
    const child = spawn(process.execPath, [...words], {
      cwd: packageRoot,
      stdio: ['pipe', 'pipe', 'pipe'],
      env: {
        ...process.env,
        TACTUS_STATE: this.folder,
        // Started as by a script runner, a command looks ten times a second whether that one, us, is still there.
        npm_lifecycle_event: 'bench',
        npm_lifecycle_script: undefined,
      },
    });
    this.#running.add(child);
    child.once('exit', () => this.#running.delete(child));
    child.on('error', error => {
      this.#running.delete(child);
      this.#errors.set(child, error.message);
    });
    // One that is gone takes no more words.
    child.stdin.on('error', () => {});
    child.stderr.on('data', bytes =>
      this.#errors.set(child, (this.errors(child) + String(bytes)).slice(-mostErrorChars)),
    );
    return child;
  }

  /** The first line on standard output that is wanted; rejects where the child ends, or says nothing of it in time. */
  line(child: Child, wanted: RegExp, withinMs: number): Promise<string> {
    return new Promise((resolve, reject) => {
      const lines = createInterface({ input: child.stdout });
      const over = (): void => {
        clearTimeout(late);
        lines.close();
      };
      const late = setTimeout(() => {
        over();
        reject(new Error(`nothing was said within ${withinMs / 1000} s: ${this.errors(child)}`));
      }, withinMs);
      lines.on('line', line => {
        if (!wanted.test(line)) return;
        over();
        child.stdout.resume();
        resolve(line);
      });
      child.once('exit', (code, signal) => {
        over();
        reject(new Error(`it ended with ${code ?? signal}: ${this.errors(child)}`));
      });
      child.once('error', error => {
        over();
        reject(error);
      });
    });
  }

  /** Ends a child by a signal, and by force where it does not follow. Resolves once it is gone. */
  async end(child: Child, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (hasEnded(child) || child.pid === undefined) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    const late = setTimeout(() => child.kill('SIGKILL'), endsWithinMs);
    try {
      await gone;
    } finally {
      clearTimeout(late);
    }
  }

  /** At once, without waiting: what a process does that ends itself. */
  killAll(): void {
    for (const child of this.#running) child.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** All of them, and what they have left on the disk. */
  async close(): Promise<void> {
    try {
      await Promise.all([...this.#running].map(child => this.end(child, 'SIGKILL')));
    } finally {
      this.killAll();
      process.removeListener('exit', this.#exit);
    }
  }
}
