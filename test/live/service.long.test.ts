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

it.each([
  [
    'what it writes is for its own account alone',
    ['UMask=0077', 'StateDirectory=tactus', 'StateDirectoryMode=0700'],
  ],
  ['nothing but that folder can be written', ['ProtectSystem=strict', 'ProtectHome=yes', 'PrivateTmp=yes']],
  [
    'it has no right but its own',
    ['User=tactus', 'NoNewPrivileges=yes', 'CapabilityBoundingSet=', 'RestrictSUIDSGID=yes'],
  ],
  ['it reaches no other machine', ['PrivateNetwork=yes', 'IPAddressDeny=any', 'IPAddressAllow=localhost']],
  ['it opens serial ports and no other device', ['DevicePolicy=closed', 'DeviceAllow=char-ttyACM rw']],
  [
    'it asks the kernel for what services ask for',
    ['SystemCallFilter=@system-service', 'RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK'],
  ],
])('%s', (_what, lines) => {
  expect(unit.split('\n')).toEqual(expect.arrayContaining(lines));
});

it('leaves V8 the memory that it writes and executes', () => {
  expect(unit).not.toMatch(/^MemoryDenyWriteExecute=(yes|true|on|1)/m);
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
  // Another of its tools counts what a service could still do: 0 is nothing, 10 is all.
  const { stdout } = spawnSync('systemd-analyze', ['security', '--offline=true', file], { encoding: 'utf8' });
  expect(Number(/exposure level for \S+: ([\d.]+)/.exec(stdout)?.[1])).toBeLessThan(2);
});
