import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { OwnRoutines } from '../../src/own-routines.ts';
import { routine } from '../support/routines.ts';

test('what somebody laid among them is left out, and spoils none of the others', () => {
  const state = mkdtempSync(join(tmpdir(), 'tactus-own-'));
  try {
    expect(new OwnRoutines(state).keep(routine())).toBe(true);
    const at = (name: string): string => join(state, 'routines', name);
    mkdirSync(at('a-folder.json'));
    execFileSync('mkfifo', [at('a-pipe.json')]);
    symlinkSync('/dev/zero', at('endless.json'));
    symlinkSync('nowhere', at('gone.json'));
    writeFileSync(at('large.json'), Buffer.alloc(300 * 1024, 0x20));
    writeFileSync(at('broken.json'), '{');
    writeFileSync(at('other-id.json'), JSON.stringify(routine()));
    expect(new OwnRoutines(state).list().map(({ id }) => id)).toEqual(['small']);
  } finally {
    rmSync(state, { recursive: true, force: true });
  }
});
