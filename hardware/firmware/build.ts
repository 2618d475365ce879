/**
 * Builds the firmware, or checks what is in the tree.
 *
 *   node --import tsx hardware/firmware/build.ts          writes what is generated, and each hex with its record
 *   node --import tsx hardware/firmware/build.ts --check  writes nothing; exit 1 where something does not match
 *
 * Most people have no avr-gcc and need none: the built hex is in the tree. Where the very compiler is installed
 * that built it, `--check` builds again and compares every byte; elsewhere it compares the source hash and says so.
 * The boards that no one has run it on are compiled in both cases, so that they go on compiling.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chartLine, unwanted } from './alone/written.ts';
import { type Compiled, compile } from './compile.ts';
import { generatedFiles } from './generated.ts';
import { type TargetName, targets } from './recipe.ts';
import { aloneSources, buildHash, firmwareFolder, sketchFolder, sourceHash } from './sources.ts';
import { findToolchain, type Toolchain } from './toolchain.ts';

/** A hex that is in the tree, with its record beside it. */
type Kept = Readonly<{ target: TargetName; name: string; file: string }>;

const kept: readonly Kept[] = [
  { target: 'uno', name: 'tactus-uno', file: join(firmwareFolder, 'tactus-uno') },
  {
    target: 'normallyOpen',
    name: 'tactus-uno-normally-open',
    file: join(firmwareFolder, 'tactus-uno-normally-open'),
  },
  { target: 'mega', name: 'tactus-mega', file: join(firmwareFolder, 'tactus-mega') },
  {
    target: 'megaNormallyOpen',
    name: 'tactus-mega-normally-open',
    file: join(firmwareFolder, 'tactus-mega-normally-open'),
  },
  // Beside the tests: it must not be found where a person looks for a firmware.
  {
    target: 'noDeadMan',
    name: 'no-dead-man',
    file: join(firmwareFolder, '../../test/faults/no-dead-man'),
  },
];

/** Compiled each time and not kept. Only those for an Uno are ever run, by tests. */
const others: readonly Readonly<{ target: TargetName; what: string }>[] = [
  { target: 'leonardo', what: 'Leonardo (never run: there is no emulated one)' },
  { target: 'micro', what: 'Micro (never run: there is no emulated one)' },
];

type Size = Pick<Compiled, 'flashBytes' | 'ramBytes'>;
/** What an Uno or Nano may give to it. */
const mostOnUno: Size = { flashBytes: 16 * 1024, ramBytes: 1200 };
/** Tables are read from the first 64 kB of flash. */
const mostOnMega: Size = { flashBytes: 60 * 1024, ramBytes: 4096 };
const isMega = (target: TargetName): boolean => targets[target].mcu === 'atmega2560';
const mostOn = (target: TargetName): Size => (isMega(target) ? mostOnMega : mostOnUno);

/** What a record says about the hex beside it. */
export type BuildRecord = Readonly<{
  board: string;
  sourceHash: string;
  /** The number that the board says in HELLO. */
  buildHash: number;
  compiler: string;
  arduinoCore: string;
  avrLibc: string;
  flashBytes: number;
  ramBytes: number;
  licences: string;
  symbols: Compiled['symbols'];
}>;

const licences =
  'Tactus: MIT. Linked in: parts of the Arduino AVR core (LGPL-2.1-or-later) and of avr-libc (modified BSD).';

type Verdict = Readonly<{ good: boolean; line: string }>;
const good = (line: string): Verdict => ({ good: true, line });
const bad = (line: string): Verdict => ({ good: false, line });

const sizeOf = ({ flashBytes, ramBytes }: Size): string => `${flashBytes} bytes of flash, ${ramBytes} of RAM`;

function tooLarge({ target, name }: Kept, size: Size): Verdict | undefined {
  const most = mostOn(target);
  return size.flashBytes > most.flashBytes || size.ramBytes > most.ramBytes
    ? bad(`${name}.hex is too large: ${sizeOf(size)}; at most ${sizeOf(most)}.`)
    : undefined;
}

const recordOf = (toolchain: Toolchain, target: TargetName, compiled: Compiled): BuildRecord => ({
  board: isMega(target) ? 'mega' : 'uno',
  sourceHash: sourceHash(target),
  buildHash: buildHash(sourceHash(target)),
  compiler: toolchain.compiler,
  arduinoCore: toolchain.coreVersion,
  avrLibc: toolchain.libcVersion,
  flashBytes: compiled.flashBytes,
  ramBytes: compiled.ramBytes,
  licences,
  symbols: compiled.symbols,
});

const buildOne = (toolchain: Toolchain, kept: Kept): Verdict => {
  const { target, name, file } = kept;
  const compiled = compile(toolchain, target);
  writeFileSync(`${file}.hex`, compiled.hex);
  writeFileSync(`${file}.json`, `${JSON.stringify(recordOf(toolchain, target, compiled), null, 2)}\n`);
  return tooLarge(kept, compiled) ?? good(`Built ${name}.hex: ${sizeOf(compiled)}.`);
};

const compileOthers = (toolchain: Toolchain): Verdict[] =>
  others.map(({ target, what }) => good(`Compiled for ${what}: ${sizeOf(compile(toolchain, target))}.`));

function build(): Verdict[] {
  const toolchain = findToolchain();
  if (typeof toolchain === 'string') return [bad(`The firmware was not built: ${toolchain}.`)];
  for (const [name, text] of Object.entries(generatedFiles)) writeFileSync(join(sketchFolder, name), text());
  return [good(chartLine()), ...kept.map(one => buildOne(toolchain, one)), ...compileOthers(toolchain)];
}

const rebuild = 'Run `node --import tsx hardware/firmware/build.ts`.';

function checkOne(toolchain: Toolchain | string, kept: Kept): Verdict {
  const { target, name, file } = kept;
  const record = JSON.parse(readFileSync(`${file}.json`, 'utf8')) as BuildRecord;
  const hash = sourceHash(target);
  if (record.sourceHash !== hash)
    return bad(
      `${name}.hex was built from other sources (${record.sourceHash.slice(0, 8)}, now ${hash.slice(0, 8)}). ${rebuild}`,
    );
  const size = sizeOf(record);
  const matches = `${name}.hex has the source hash of these sources (${size}). It was not rebuilt:`;
  if (typeof toolchain === 'string') return good(`${matches} ${toolchain}.`);
  const here = [toolchain.compiler, toolchain.coreVersion, toolchain.libcVersion].join(', ');
  const there = [record.compiler, record.arduinoCore, record.avrLibc].join(', ');
  if (here !== there) return good(`${matches} it is from ${there}; here is ${here}.`);
  const compiled = compile(toolchain, target);
  if (compiled.hex !== readFileSync(`${file}.hex`, 'utf8').replaceAll('\r\n', '\n'))
    return bad(`${name}.hex differs from what ${toolchain.compiler} makes of these sources. ${rebuild}`);
  return (
    tooLarge(kept, compiled) ??
    good(`${name}.hex is, byte for byte, what this compiler makes of these sources: ${size}.`)
  );
}

function check(): Verdict[] {
  for (const [name, text] of Object.entries(generatedFiles))
    if (readFileSync(join(sketchFolder, name), 'utf8').replaceAll('\r\n', '\n') !== text())
      return [bad(`${name} is out of date with what it is written from. ${rebuild}`)];
  const tooMany = unwanted(aloneSources().map(name => readFileSync(join(sketchFolder, name), 'utf8')));
  if (tooMany.length > 0) return [bad(`Nothing in the chart names ${tooMany.join(', ')}.`)];
  const toolchain = findToolchain();
  return [
    ...kept.map(one => checkOne(toolchain, one)),
    ...(typeof toolchain === 'string'
      ? [good(`Not compiled for ${others.map(({ target }) => target).join(', ')}: ${toolchain}.`)]
      : compileOthers(toolchain)),
  ];
}

for (const { good: isGood, line } of process.argv.includes('--check') ? check() : build()) {
  (isGood ? process.stdout : process.stderr).write(`${line}\n`);
  if (!isGood) process.exitCode = 1;
}
