import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { contractHeader } from '../../hardware/firmware/contract.ts';
import { buildHash, sketchFiles, sourceHash } from '../../hardware/firmware/sources.ts';

const firmware = new URL('../../hardware/firmware/', import.meta.url);
const record = JSON.parse(readFileSync(new URL('tactus-uno.json', firmware), 'utf8')) as {
  sourceHash: string;
  buildHash: number;
  compiler: string;
  flashBytes: number;
  ramBytes: number;
  licences: string;
};

const check = (env: NodeJS.ProcessEnv = {}) =>
  spawnSync(process.execPath, ['--import', 'tsx', 'hardware/firmware/build.ts', '--check'], {
    cwd: fileURLToPath(new URL('../../', import.meta.url)),
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });

describe('the shipped hex', () => {
  it('comes from the sources beside it', () => {
    expect(record.sourceHash).toBe(sourceHash());
    expect(record.buildHash).toBe(buildHash(record.sourceHash));
  });

  it('is small: 16 kB of flash, 1.2 kB of memory', () => {
    expect(record.flashBytes).toBeLessThanOrEqual(16 * 1024);
    expect(record.ramBytes).toBeLessThanOrEqual(1200);
  });

  it('names its compiler and its licences', () => {
    expect(record.compiler).toMatch(/gcc/);
    expect(record.licences).toMatch(/LGPL-2\.1/);
  });

  it('has a contract.h that says what pins, limits and messages say', () => {
    const written = readFileSync(new URL('tactus/contract.h', firmware), 'utf8').replaceAll('\r\n', '\n');
    expect(written).toBe(contractHeader());
  });

  it('holds against a rebuild where its compiler is found; otherwise that is said', () => {
    const { status, stdout, stderr } = check();
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /^(?:tactus-uno\.hex is, byte for byte|The source hash matches\. The hex was not rebuilt)/,
    );
  });

  it('is still checked by its source hash on a machine without a compiler', () => {
    const { status, stdout } = check({ PATH: '/nowhere', TACTUS_AVR_GCC: '/nowhere/avr-gcc' });
    expect(status).toBe(0);
    expect(stdout).toMatch(/^The source hash matches/);
  });

  it('keeps every source file in its hash', () => {
    expect(sketchFiles()).toEqual(
      expect.arrayContaining(['tactus.ino', 'board.cpp', 'contract.h', 'watchdog.cpp']),
    );
  });
});

describe('the pure parts', () => {
  it('name no AVR header, but for the one that turns interrupts off', () => {
    const avr = [
      'epoch.cpp',
      'pins.h',
      'pwm.h',
      'quiet.h',
      'tactus.h',
      'tactus.ino',
      'tick.cpp',
      'uart.cpp',
      'uart.h',
    ];
    const naming = sketchFiles().filter(name =>
      /#include <(?:avr|util)\//.test(readFileSync(new URL(`tactus/${name}`, firmware), 'utf8')),
    );
    expect(naming).toEqual([...avr, 'watchdog.cpp']);
  });
});
