/**
 * What `bench` measures in a process of its own, so that nothing of the one hides in the other. Its task comes as JSON; it
 * says `ready`, waits for a line, and says what came of it as a line of JSON. It ends when whoever started it is gone.
 */
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import * as v from 'valibot';
import { exitCodes } from '../exit.ts';
import { treatAllAsShortLived } from '../short-lived.ts';
import { beats } from './beats.ts';
import { chainsPaced, sessionsPaced } from './paced.ts';
import { taskSchema } from './tasks.ts';

/** Turns as fast as it can. Its loop never comes round, so it looks by itself whether anybody still wants it. */
function spin(forMs: number): void {
  const parent = process.ppid;
  const end = performance.now() + forMs;
  for (let look = performance.now(); performance.now() < end; ) {
    if (performance.now() < look) continue;
    if (process.ppid !== parent) return;
    look = performance.now() + 20;
  }
}

async function run(): Promise<void> {
  treatAllAsShortLived();
  const task = v.parse(taskSchema, JSON.parse(process.argv[2] ?? ''));
  const lines = createInterface({ input: process.stdin });
  // Whoever started it has gone, or has heard enough.
  lines.once('close', () => process.exit());
  process.stdout.write('ready\n');
  await once(lines, 'line');
  if (task.do === 'spin') {
    spin(task.forMs);
    process.exit();
  }
  const made =
    task.do === 'beats'
      ? await beats(task)
      : task.do === 'sessions'
        ? await sessionsPaced(task)
        : await chainsPaced(task);
  process.stdout.write(`${JSON.stringify(made)}\n`);
}

try {
  await run();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(exitCodes.fault);
}
