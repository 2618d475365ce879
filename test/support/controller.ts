/** Starts the live controller as people do, in a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../src/installed.ts';

export type Controller = Readonly<{
  address: string;
  child: ChildProcess;
  /** Standard output so far, the line with `ready` included. */
  output(): string;
  /** Standard error so far. */
  errors(): string;
  /** Ends it and resolves with its exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}>;

/** Resolves once the controller is ready, with a state folder of its own. Port 0 takes any free one. */
export const startController = (...words: readonly string[]): Promise<Controller> =>
  // What one test leaves behind is not for another.
  startControllerIn(mkdtempSync(join(tmpdir(), 'tactus-state-')), ...words);

/** The same in a given state folder: what another process left there is found. */
export async function startControllerIn(state: string, ...words: readonly string[]): Promise<Controller> {
  const child = spawn(process.execPath, ['src/tactus.js', 'start', '--http', '0', ...words], {
    cwd: packageRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, TACTUS_STATE: state },
  });
  let output = '';
  let errors = '';
  child.stderr.on('data', bytes => {
    errors += String(bytes);
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', bytes => {
      output += String(bytes);
      if (output.includes('\n')) resolve();
    });
    child.once('exit', code => reject(new Error(`the controller ended with ${code}: ${errors}`)));
  });
  const address = /^ready (\S+)/.exec(output)?.[1] ?? '';
  return {
    address,
    child,
    output: () => output,
    errors: () => errors,
    stop: async (signal = 'SIGTERM') => {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      child.kill(signal);
      const [code] = (await once(child, 'exit')) as [number | null];
      return code;
    },
  };
}
