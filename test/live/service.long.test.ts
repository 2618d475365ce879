/** The unit for a small computer of its own starts what there is to start. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { packageRoot } from '../../src/installed.ts';
import { tactus } from '../support/cli.ts';

const unit = readFileSync(join(packageRoot, 'hardware', 'service', 'tactus.service'), 'utf8');
const start = /^ExecStart=(\S+) (\S+) (\S+) (.*)$/m.exec(unit);

it('names options that the command has', async () => {
  expect([start?.[2], start?.[3]]).toEqual(['src/tactus.js', 'start']);
  const { out } = await tactus(['start', '--help']);
  for (const option of (start?.[4] ?? '').match(/--[a-z]+/g) ?? []) expect(out).toContain(option);
});

it('waits for a board that is not there: the command ends with a code that is tried again', async () => {
  const path = process.env.PATH;
  process.env.PATH = '';
  try {
    const { code, err } = await tactus(['start', ...(start?.[4] ?? '').split(' ')]);
    expect([code, err]).toEqual([69, expect.stringContaining('no board is plugged in')]);
  } finally {
    process.env.PATH = path;
  }
  expect(/^RestartPreventExitStatus=(.*)$/m.exec(unit)?.[1]?.split(' ')).not.toContain('69');
});

it('begins after the system has set its clock, where one does that', () => {
  for (const order of ['After', 'Wants'])
    expect(new RegExp(`^${order}=.*\\btime-sync\\.target\\b`, 'm').test(unit)).toBe(true);
});

const { error } = spawnSync('systemd-analyze', ['--version']);

it.skipIf(error)('is a unit that systemd takes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tactus-'));
  const file = join(folder, 'tactus.service');
  // The user and the folder are made by the steps beside it.
  writeFileSync(
    file,
    unit
      .replace('User=tactus', 'User=root')
      .replace('/opt/tactus', '/tmp')
      .replace('/usr/bin/node', process.execPath),
  );
  const { status, stderr } = spawnSync('systemd-analyze', ['verify', file], { encoding: 'utf8' });
  expect(stderr.split('\n').filter(line => line.includes('tactus.service'))).toEqual([]);
  expect(status).toBe(0);
});
