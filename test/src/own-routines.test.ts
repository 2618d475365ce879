import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { OwnRoutines } from '../../src/own-routines.ts';
import { routine, shortPhases } from '../support/routines.ts';

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

test('what another thread keeps or erases is known here without reading all of them anew', () => {
  const state = mkdtempSync(join(tmpdir(), 'tactus-own-'));
  try {
    const here = new OwnRoutines(state);
    const there = new OwnRoutines(state);
    // Nothing that was not asked for yet is kept up to date.
    there.keep(routine(shortPhases, { id: 'mine-b' }));
    here.learn(routine(shortPhases, { id: 'mine-b' }));
    expect(here.list().map(({ id }) => id)).toEqual(['mine-b']);
    for (const id of ['mine', 'mine-a', 'mine-c', 'a', 'mine-b']) {
      there.keep(routine(shortPhases, { id }));
      here.learn(routine(shortPhases, { id }));
      expect(here.list()).toEqual(new OwnRoutines(state).list());
      expect(there.list()).toEqual(here.list());
    }
    for (const id of ['mine', 'none', 'a']) {
      there.erase(id);
      here.forget(id);
      expect(here.list()).toEqual(new OwnRoutines(state).list());
    }
  } finally {
    rmSync(state, { recursive: true, force: true });
  }
});
