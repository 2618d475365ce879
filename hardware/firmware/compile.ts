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
  symbols: Readonly<Record<string, Readonly<{ address: number; bytes: number }>>>;
}>;

/** Data memory begins here in an ELF file of avr-gcc. */
const dataOffset = 0x800000;

function symbolsOf(toolchain: Toolchain, elf: string): Compiled['symbols'] {
  const listing = execFileSync(`${toolchain.bin}nm`, ['-S', '-C', elf], { encoding: 'utf8' });
  const found: Record<string, { address: number; bytes: number }> = {};
  for (const line of listing.split('\n')) {
    const match = /^([0-9a-f]{8}) ([0-9a-f]{8}) [bBdD] (board|receiver|parser|transmit|reports)$/.exec(line);
    if (match?.[1] === undefined || match[2] === undefined || match[3] === undefined) continue;
    found[match[3]] = {
      address: Number.parseInt(match[1], 16) - dataOffset,
      bytes: Number.parseInt(match[2], 16),
    };
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
export function compile(toolchain: Toolchain, name: TargetName = 'uno'): Compiled {
  const target: Target = targets[name];
  const folder = mkdtempSync(join(tmpdir(), 'tactus-firmware-'));
  const include = [
    `-I${join(toolchain.core, 'cores/arduino')}`,
    `-I${join(toolchain.core, 'variants', target.variant)}`,
  ];
  const common = [
    ...recipe.common,
    ...target.defines,
    `-mmcu=${target.mcu}`,
    `-DF_CPU=${recipe.clockHz}UL`,
    `-DARDUINO=${recipe.arduino}`,
    `-DBUILD_HASH=${buildHash(sourceHash(name))}UL`,
    ...include,
  ];
  const run = (tool: string, args: readonly string[]): void => {
    execFileSync(`${toolchain.bin}${tool}`, args, {
      cwd: sketchFolder,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
  };
  const object = (name: string): string => join(folder, `${name}.o`);
  try {
    const sources = sketchFiles().filter(name => !name.endsWith('.h'));
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
    for (const name of target.coreFiles) {
      const [tool, flags] = name.endsWith('.c')
        ? (['gcc', recipe.c] as const)
        : (['g++', recipe.cpp] as const);
      const source = join(toolchain.core, 'cores/arduino', name);
      run(tool, ['-c', ...common, '-w', ...flags, `-frandom-seed=${name}`, source, '-o', object(name)]);
    }
    const elf = join(folder, 'tactus.elf');
    const hexFile = join(folder, 'tactus.hex');
    const objects = [...sources, ...target.coreFiles].map(object);
    run('gcc', [...recipe.link, `-mmcu=${target.mcu}`, '-frandom-seed=tactus', ...objects, '-o', elf]);
    run('objcopy', ['-O', 'ihex', '-R', '.eeprom', elf, hexFile]);
    return {
      // objcopy ends lines as Windows does; what is in the tree must not depend on it.
      hex: readFileSync(hexFile, 'utf8').replaceAll('\r\n', '\n'),
      ...sizesOf(toolchain, elf),
      symbols: symbolsOf(toolchain, elf),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
