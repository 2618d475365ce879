/** The same as the quick table with two hundred bits of each file, and with two processes that write at once. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PreferencesFile } from '../../../src/storage/preferences.ts';
import { tactus } from '../../support/cli.ts';
import { flipped, inState, withBytes } from '../../support/kept-damage.ts';
import { keptFiles } from '../../support/kept-files.ts';
import { seededPlaces } from '../../support/seeded-bytes.ts';

describe.each(keptFiles)('$name', kept => {
  it('with any of two hundred bits flipped loses nothing', async () => {
    await inState(kept, async first => {
      const good = kept.look(first, () => {});
      const bytes = readFileSync(join(first, kept.path));
      for (const bit of seededPlaces(bytes.length * 8, 200, 2))
        await inState(kept, async state => {
          await withBytes(kept, state, flipped(bytes, bit), good);
        });
    });
  }, 300_000);
});

it('two processes that change different things at once both have their way', async () => {
  const state = mkdtempSync(join(tmpdir(), 'tactus-two-'));
  process.env.TACTUS_STATE = state;
  try {
    for (const [keep, days] of [
      ['bands', 77],
      ['scores', 78],
      ['off', 79],
    ] as const) {
      const ended = await Promise.all([
        tactus(['sessions', 'keep', keep]),
        tactus(['sessions', 'keep', '--days', String(days)]),
      ]);
      expect(ended.map(({ code }) => code)).toEqual([0, 0]);
      expect(new PreferencesFile(state).keeping).toEqual({ keep, keepDays: days });
    }
  } finally {
    delete process.env.TACTUS_STATE;
    rmSync(state, { recursive: true, force: true });
  }
});
