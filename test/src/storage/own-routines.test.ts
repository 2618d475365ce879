import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { OwnRoutines } from '../../../src/storage/own-routines.ts';
import { routine, shortPhases } from '../../support/routines.ts';

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

test('what another process keeps, changes, spoils or erases is known once it is looked at anew, and read once', () => {
  const state = mkdtempSync(join(tmpdir(), 'tactus-own-'));
  try {
    const here = new OwnRoutines(state);
    const other = new OwnRoutines(state);
    const ids = (): readonly string[] => here.list().map(({ id, title }) => `${id}: ${title}`);
    expect(ids()).toEqual([]);
    for (const id of ['mine-a', 'mine-b', 'mine-c', 'mine-d'])
      other.keep(routine(shortPhases, { id, title: 'First' }));
    expect(ids()).toEqual([]);
    here.lookAnew();
    expect(ids()).toEqual(['mine-a: First', 'mine-b: First', 'mine-c: First', 'mine-d: First']);
    const before = here.list();
    other.keep(routine(shortPhases, { id: 'mine-a', title: 'Another' }));
    other.erase('mine-b');
    writeFileSync(join(state, 'routines', 'mine-c.json'), '{');
    here.lookAnew();
    expect(ids()).toEqual(['mine-a: Another', 'mine-d: First']);
    // What has not changed is not even read.
    expect(here.list().at(-1)).toBe(before.at(-1));
    const told: string[] = [];
    other.differences(here.stamps, {
      learn: ({ id }) => void told.push(`learn ${id}`),
      forget: id => void told.push(`forget ${id}`),
    });
    expect(told).toEqual([]);
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
