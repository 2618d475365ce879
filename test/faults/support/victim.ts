/** A live controller on a board's port, to be done away with in the middle of a session. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { packageRoot } from '../../../src/installed.ts';

const support = join(packageRoot, 'test', 'faults', 'support');

export type Victim = Readonly<{
  child: ChildProcess;
  /** Has a debugger at hand: a blow counts from when it is sent, not from when somebody looked for the debugger. */
  attach(): Promise<void>;
  /** Runs a statement in the controller, as the debugger at hand would; resolves when it has been sent. */
  evaluate(expression: string): Promise<void>;
  errors(): string;
  end(): Promise<void>;
}>;

/** Resolves once the controller is ready. It listens for a debugger, and has a small heap that can be filled. */
export async function startVictim(port: string, ...words: readonly string[]): Promise<Victim> {
  const child = spawn(
    process.execPath,
    [
      '--inspect=127.0.0.1:0',
      '--max-old-space-size=96',
      '--import',
      join(support, 'blows.mjs'),
      'src/tactus.js',
      'start',
      '--headless',
      '--board',
      port,
      '--routine',
      join(support, 'brisk.json'),
      '--script',
      join(support, 'brisk-script.json'),
      ...words,
    ],
    {
      cwd: packageRoot,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, TACTUS_STATE: mkdtempSync(join(tmpdir(), 'tactus-state-')) },
    },
  );
  let errors = '';
  const ready = new Promise<void>((resolve, reject) => {
    child.stdout.on('data', bytes => {
      if (String(bytes).includes('ready')) resolve();
    });
    child.once('exit', code => reject(new Error(`the controller ended with ${code}: ${errors}`)));
  });
  child.stderr.on('data', bytes => {
    errors += String(bytes);
  });
  await ready;
  let debug: WebSocket | null = null;
  return {
    child,
    errors: () => errors,
    attach: async () => {
      debug = new WebSocket(/ws:\/\/\S+/.exec(errors)?.[0] ?? '');
      debug.on('error', () => {});
      await once(debug, 'open');
    },
    evaluate: expression =>
      new Promise<void>(resolve => {
        const message = { id: 1, method: 'Runtime.evaluate', params: { expression } };
        if (!debug) throw new Error('no debugger is attached');
        debug.send(JSON.stringify(message), () => resolve());
      }),
    end: async () => {
      debug?.terminate();
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}
