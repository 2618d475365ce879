/** Compiles the sketch. Nothing of the time, the user or the folder gets into the result. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recipe, type Target, type TargetName, targets } from './recipe.ts';
import { buildHash, sketchFiles, sketchFolder, sourceHash } from './sources.ts';
import type { Toolchain } from './toolchain.ts';

export type Compiled = Readonly<{
  hex: string;
  flashBytes: number;
  ramBytes: number;
  /** Where the critical state lies in memory: for tests that flip a bit of it. */
  symbols: Readonly<Record<string, FunctionPlace>>;
  /** Where each function lies in flash, in bytes: for measuring what it costs. */
  functions: Readonly<Record<string, FunctionPlace>>;
}>;

export type FunctionPlace = Readonly<{ address: number; bytes: number }>;

/** Data memory begins here in an ELF file of avr-gcc. */
const dataOffset = 0x800000;

/** What has no name outside its file keeps a mangled one when all of it is compiled at once. */
const inMemory =
  /^[bBdD] (?:_ZN12_GLOBAL__N_1\d+)?(board|receiver|parser|transmit|reports|history|memory)(?:E\.lto_priv\.\d+)?$/;
const inFlash = /^[tTwW] (.+)$/;

function placesOf(
  toolchain: Toolchain,
  elf: string,
  wanted: RegExp,
  offset: number,
): Record<string, FunctionPlace> {
  const listing = execFileSync(`${toolchain.bin}nm`, ['-S', '-C', elf], { encoding: 'utf8' });
  const found: Record<string, FunctionPlace> = {};
  for (const line of listing.split('\n')) {
    const [, address, bytes, what] = /^([0-9a-f]{8}) ([0-9a-f]{8}) (.+)$/.exec(line) ?? [];
    const name = wanted.exec(
      (what ?? '').replace('(anonymous namespace)::', '').replace(/ \[clone .*$/, ''),
    )?.[1];
    if (address === undefined || bytes === undefined || name === undefined) continue;
    found[name] = { address: Number.parseInt(address, 16) - offset, bytes: Number.parseInt(bytes, 16) };
  }
  return found;
}

function sizesOf(toolchain: Toolchain, elf: string): Readonly<{ flashBytes: number; ramBytes: number }> {
  const listing = execFileSync(`${toolchain.bin}size`, ['-A', elf], { encoding: 'utf8' });
  const bytes = (section: string): number =>
    Number(new RegExp(`^\\.${section}\\s+(\\d+)`, 'm').exec(listing)?.[1] ?? 0);
  return {
    flashBytes: bytes('text') + bytes('data'),
    ramBytes: bytes('data') + bytes('bss') + bytes('noinit'),
  };
}

/** Compiles into a folder of its own and cleans it up. Throws with the compiler's words where it fails. */
export function compile(toolchain: Toolchain, target: TargetName = 'uno'): Compiled {
  const { variant, mcu, defines, coreFiles }: Target = targets[target];
  const folder = mkdtempSync(join(tmpdir(), 'tactus-firmware-'));
  const include = [
    `-I${join(toolchain.core, 'cores/arduino')}`,
    `-I${join(toolchain.core, 'variants', variant)}`,
  ];
  const common = [
    ...recipe.common,
    ...defines,
    `-mmcu=${mcu}`,
    `-DF_CPU=${recipe.clockHz}UL`,
    `-DARDUINO=${recipe.arduino}`,
    `-DBUILD_HASH=${buildHash(sourceHash(target))}UL`,
    ...include,
  ];
  const run = (tool: string, args: readonly string[]): void => {
    execFileSync(`${toolchain.bin}${tool}`, args, {
      cwd: sketchFolder,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
  };
  const object = (name: string): string => join(folder, `${name.replaceAll('/', '-')}.o`);
  try {
    const sources = sketchFiles(target).filter(file => !file.endsWith('.h'));
    for (const name of sources) {
      // The IDE gives a sketch its Arduino.h; nothing else of its rewriting is needed here.
      const language = name.endsWith('.ino') ? ['-x', 'c++', '-include', 'Arduino.h'] : [];
      run('g++', [
        '-c',
        ...common,
        ...recipe.cpp,
        `-frandom-seed=${name}`,
        ...language,
        name,
        '-o',
        object(name),
      ]);
    }
    for (const name of coreFiles) {
      const [tool, flags] = name.endsWith('.c')
        ? (['gcc', recipe.c] as const)
        : (['g++', recipe.cpp] as const);
      const source = join(toolchain.core, 'cores/arduino', name);
      run(tool, ['-c', ...common, '-w', ...flags, `-frandom-seed=${name}`, source, '-o', object(name)]);
    }
    const elf = join(folder, 'tactus.elf');
    const hexFile = join(folder, 'tactus.hex');
    const objects = [...sources, ...coreFiles].map(object);
    run('gcc', [...recipe.link, `-mmcu=${mcu}`, '-frandom-seed=tactus', ...objects, '-o', elf]);
    run('objcopy', ['-O', 'ihex', '-R', '.eeprom', elf, hexFile]);
    return {
      // objcopy ends lines as Windows does; what is in the tree must not depend on it.
      hex: readFileSync(hexFile, 'utf8').replaceAll('\r\n', '\n'),
      ...sizesOf(toolchain, elf),
      symbols: placesOf(toolchain, elf, inMemory, dataOffset),
      functions: placesOf(toolchain, elf, inFlash, 0),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
