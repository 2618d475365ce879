import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { generatedFiles } from '../../hardware/firmware/generated.ts';
import { targets } from '../../hardware/firmware/recipe.ts';
import { buildHash, sketchFiles, sourceHash } from '../../hardware/firmware/sources.ts';
import { findToolchain } from '../../hardware/firmware/toolchain.ts';
import { isLong } from '../support/length.ts';

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

afterEach(() => vi.unstubAllEnvs());

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

  it.each(Object.keys(generatedFiles))('has a %s that says what it is written from', name => {
    const written = readFileSync(new URL(`tactus/${name}`, firmware), 'utf8').replaceAll('\r\n', '\n');
    expect(written).toBe(generatedFiles[name]?.());
  });

  if (isLong)
    describe('checked', () => {
      let checked: ReturnType<typeof check>;
      // It compiles for every board: one answer holds all that is asked of it.
      beforeAll(() => {
        checked = check();
      }, 180_000);

      it('holds against a rebuild where its compiler is found; otherwise that is said', () => {
        const { status, stdout, stderr } = checked;
        expect(stderr).toBe('');
        expect(status).toBe(0);
        expect(stdout).toMatch(
          /^tactus-uno\.hex (?:is, byte for byte|has the source hash of these sources .* was not rebuilt)/,
        );
        expect(stdout).toMatch(/\bbytes of flash, \d+ of RAM/);
      });

      it('goes on compiling for the boards that nothing emulates; otherwise that is said', () => {
        for (const board of ['leonardo', 'micro'])
          expect(checked.stdout.toLowerCase()).toMatch(
            new RegExp(`^(?:compiled for|not compiled for) .*${board}`, 'm'),
          );
      });
    });

  it('cannot be rebuilt on a machine without a compiler, which is said in a sentence', () => {
    vi.stubEnv('PATH', '/nowhere');
    vi.stubEnv('TACTUS_AVR_GCC', '/nowhere/avr-gcc');
    expect(findToolchain()).toMatch(/^avr-gcc is not installed /);
  });

  if (isLong)
    it('is still checked by its source hash on a machine without a compiler', () => {
      const { status, stdout } = check({ PATH: '/nowhere', TACTUS_AVR_GCC: '/nowhere/avr-gcc' });
      expect(status).toBe(0);
      expect(stdout).toMatch(/^tactus-uno\.hex has the source hash/);
      expect(stdout).toMatch(/^Not compiled for .*leonardo.*: avr-gcc is not installed/m);
    });

  it('keeps every source file in its hash', () => {
    expect(sketchFiles()).toEqual(
      expect.arrayContaining(['tactus.ino', 'board.cpp', 'contract.h', 'watchdog.cpp']),
    );
  });
});

describe('the hex without the dead-man', () => {
  const faults = fileURLToPath(new URL('../faults/no-dead-man', import.meta.url));

  it('comes from the same sources, with the one switch', () => {
    const without = JSON.parse(readFileSync(`${faults}.json`, 'utf8')) as { sourceHash: string };
    expect(without.sourceHash).toBe(sourceHash('noDeadMan'));
    expect(targets.noDeadMan.defines).toEqual([...targets.uno.defines, '-DDEAD_MAN=0']);
  });

  it('is named by tests and by its build only, and is not shipped', () => {
    const tree = fileURLToPath(new URL('../../', import.meta.url));
    const search = spawnSync('git', ['grep', '-l', 'no-dead-man', '--', ':!*.md', ':!.ci'], {
      cwd: tree,
      encoding: 'utf8',
    });
    const naming = search.stdout.split('\n').filter(name => name !== '' && !name.startsWith('test/'));
    if (search.status !== null && search.status < 2)
      expect(naming.filter(name => name !== 'hardware/firmware/build.ts')).toEqual([]);
    const { files } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      files: string[];
    };
    // Of the tests only the pictures that the pages of the package show.
    const shown = ['test/bench/figures.svg', 'test/browser/pictures/*.png', 'test/faults/*.svg'];
    expect(files.filter(name => name.startsWith('test'))).toEqual(shown);
  });
});

describe('platformio.ini', () => {
  const text = readFileSync(new URL('platformio.ini', firmware), 'utf8');
  const sections = text.split(/^\[env:/m).slice(1);

  it('builds the sketch that is there, for every board that build.ts compiles for', () => {
    expect(text).toMatch(/^src_dir = tactus$/m);
    const names = sections.map(section => section.slice(0, section.indexOf(']')));
    expect(names).toEqual([
      'uno',
      'nano',
      'mega',
      'leonardo',
      'micro',
      'uno-normally-open',
      'mega-normally-open',
    ]);
  });

  it('sets the stop switch as build.ts does, and never leaves the dead-man out', () => {
    const flags = sections.flatMap(section => /^build_flags = (.*)$/m.exec(section)?.[1] ?? []);
    const closes = [targets.normallyOpen, targets.megaNormallyOpen].map(({ defines }) => defines.at(-1));
    expect(flags).toEqual(closes);
  });
});

describe('the pure parts', () => {
  it('name no AVR header, but for the one that turns interrupts off', () => {
    const avr = [
      'epoch.cpp',
      'leonardo.h',
      'mega.h',
      'pins.h',
      'probe.cpp',
      'pwm.h',
      'quiet.h',
      'tactus.h',
      'tactus.ino',
      'tick.cpp',
      'uart.cpp',
      'uno.h',
      'usb.cpp',
    ];
    const naming = sketchFiles().filter(name =>
      /#include <(?:avr|util)\//.test(readFileSync(new URL(`tactus/${name}`, firmware), 'utf8')),
    );
    expect(naming).toEqual([...avr, 'watchdog.cpp']);
  });
});
