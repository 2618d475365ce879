/** The page on writing a routine: what it shows is what happens. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { parseRoutine } from '../../../machines/routine/parse.ts';
import { packageRoot } from '../../../src/installed.ts';
import { routineOf } from '../../support/routines.ts';
import { type RawStep, simulated } from '../../support/simulated.ts';

// Whole sessions and many cases: a busy machine takes its time over them.
vi.setConfig({ testTimeout: 60_000 });

const page = readFileSync(join(packageRoot, 'machines', 'routine', 'WRITING.md'), 'utf8');
function example(name: string): string {
  const found = new RegExp(`<!-- ${name} -->\\n\`\`\`\\w*\\n([\\s\\S]*?)\`\`\``).exec(page)?.[1];
  if (found === undefined) throw new Error(`the page shows no ${name}`);
  return found;
}

describe('the page on writing a routine', () => {
  it('shows a routine that is right', () => {
    expect(parseRoutine(example('routine'))).toMatchObject({ ok: true });
  });

  it('shows a faulty one with the very words that check says', () => {
    const parsed = parseRoutine(example('faulty'));
    const told = parsed.ok
      ? []
      : parsed.issues.map(({ path, value, message }) => `${path} is ${value}: ${message}`);
    expect(told.slice(0, 2)).toEqual(example('told').trim().split('\n'));
  });

  it('shows a script that holds on that routine', async () => {
    const routine = routineOf(JSON.parse(example('routine')));
    const { outcome } = await simulated({ routine, steps: JSON.parse(example('script')) as RawStep[] });
    expect(outcome.outcome).toBe('completed');
  });
});
