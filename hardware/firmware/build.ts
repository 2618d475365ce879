/**
 * Builds the firmware, or checks what is in the tree.
 *
 *   node --import tsx hardware/firmware/build.ts          writes contract.h, tactus-uno.hex and tactus-uno.json
 *   node --import tsx hardware/firmware/build.ts --check  writes nothing; exit 1 where something does not match
 *
 * Most people have no avr-gcc and need none: the built hex is in the tree. Where the very compiler is installed
 * that built it, `--check` builds again and compares every byte; elsewhere it compares the source hash and says so.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Compiled, compile } from './compile.ts';
import { contractHeader } from './contract.ts';
import { buildHash, firmwareFolder, sketchFolder, sourceHash } from './sources.ts';
import { findToolchain, type Toolchain } from './toolchain.ts';

const hexFile = join(firmwareFolder, 'tactus-uno.hex');
const recordFile = join(firmwareFolder, 'tactus-uno.json');
const headerFile = join(sketchFolder, 'contract.h');

/** What `tactus-uno.json` says about the hex beside it. */
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

const recordOf = (toolchain: Toolchain, hash: string, compiled: Compiled): BuildRecord => ({
  board: 'uno',
  sourceHash: hash,
  buildHash: buildHash(hash),
  compiler: toolchain.compiler,
  arduinoCore: toolchain.coreVersion,
  avrLibc: toolchain.libcVersion,
  flashBytes: compiled.flashBytes,
  ramBytes: compiled.ramBytes,
  licences,
  symbols: compiled.symbols,
});

function build(): Verdict {
  const toolchain = findToolchain();
  if (typeof toolchain === 'string') return bad(`The firmware was not built: ${toolchain}.`);
  writeFileSync(headerFile, contractHeader());
  const hash = sourceHash();
  const compiled = compile(toolchain, hash);
  writeFileSync(hexFile, compiled.hex);
  writeFileSync(recordFile, `${JSON.stringify(recordOf(toolchain, hash, compiled), null, 2)}\n`);
  return good(`Built tactus-uno.hex: ${compiled.flashBytes} bytes of flash, ${compiled.ramBytes} of RAM.`);
}

function check(): Verdict {
  const record = JSON.parse(readFileSync(recordFile, 'utf8')) as BuildRecord;
  const rebuild = 'Run `node --import tsx hardware/firmware/build.ts`.';
  if (readFileSync(headerFile, 'utf8').replaceAll('\r\n', '\n') !== contractHeader())
    return bad(`contract.h is out of date with pins.ts, lease.ts or limits.ts. ${rebuild}`);
  const hash = sourceHash();
  if (record.sourceHash !== hash)
    return bad(
      `tactus-uno.hex was built from other sources (${record.sourceHash.slice(0, 8)}, now ${hash.slice(0, 8)}). ${rebuild}`,
    );
  const toolchain = findToolchain();
  if (typeof toolchain === 'string')
    return good(`The source hash matches. The hex was not rebuilt: ${toolchain}.`);
  const here = [toolchain.compiler, toolchain.coreVersion, toolchain.libcVersion].join(', ');
  const there = [record.compiler, record.arduinoCore, record.avrLibc].join(', ');
  if (here !== there)
    return good(`The source hash matches. The hex was not rebuilt: it is from ${there}; here is ${here}.`);
  if (compile(toolchain, hash).hex !== readFileSync(hexFile, 'utf8').replaceAll('\r\n', '\n'))
    return bad(`tactus-uno.hex differs from what ${toolchain.compiler} makes of these sources. ${rebuild}`);
  return good('tactus-uno.hex is, byte for byte, what this compiler makes of these sources.');
}

const verdict = process.argv.includes('--check') ? check() : build();
(verdict.good ? process.stdout : process.stderr).write(`${verdict.line}\n`);
if (!verdict.good) process.exitCode = 1;
