/** `tactus flash`: puts the firmware that comes along on a board, through its bootloader. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { kindOf } from '../../hardware/find.ts';
import { flashByAvrdude } from '../../hardware/flash/avrdude.ts';
import { chipFlashBytes, FlashError, flash } from '../../hardware/flash/flash.ts';
import { commandWords } from '../../machines/text/commands.ts';
import { terminalWords } from '../../machines/text/terminal.ts';
import { fill } from '../../machines/text/text.ts';
import { HexError, loadHex } from '../../simulator/avr/hex.ts';
import { boardIdOf, boardSettingsOf, keepBoardSettings, untried } from '../app/board-settings.ts';
import { Exit, shown } from '../app/exit.ts';
import { readText } from '../app/files.ts';
import { onlyUsbPort, refuseHeld, whyNotOpen } from '../app/open-port.ts';
import type { Surroundings } from '../app/surroundings.ts';
import { packageRoot } from '../installed.ts';

type Options = Readonly<{
  firmware?: string;
  stop?: 'normally-open' | 'normally-closed';
  with?: 'own' | 'avrdude';
  json?: true;
}>;

const words = terminalWords.flash;
const hexBytes = 512 * 1024;

const folder = join(packageRoot, 'hardware', 'firmware');
const names = { normallyClosed: 'tactus-uno', normallyOpen: 'tactus-uno-normally-open' } as const;

/** The firmware for a STOP of this kind. */
export const shippedHex = (stop: keyof typeof names): string => join(folder, `${names[stop]}.hex`);

/** Build hashes of the firmwares that come along, as HELLO says them: the first 32 bits of the source hash. */
export const shippedBuilds = (): readonly string[] =>
  Object.values(names).map(name =>
    (
      JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as { sourceHash: string }
    ).sourceHash.slice(0, 8),
  );

export type Flashing = Readonly<{ path: string; hexFile: string; with?: Options['with'] }>;

/** Flashes, with a bar on standard error. Throws Exit with what is wrong and what to do. */
export async function flashBoard({ path, hexFile, with: how }: Flashing, around: Surroundings) {
  let image: Uint8Array;
  try {
    image = loadHex(readText(hexFile, hexBytes), chipFlashBytes);
  } catch (error) {
    if (error instanceof HexError) throw new Exit('content', `${shown(hexFile)}: ${error.message}`);
    throw error;
  }
  refuseHeld(path);
  const avrdude = how === 'own' ? null : around.avrdude();
  if (how === 'avrdude' && avrdude === null) throw new Exit('noInput', words.noAvrdude);
  const port = (await around.ports()).find(one => one.path === path);
  const kind = port ? kindOf(port) : 'other';
  const isTerminal = process.stderr.isTTY;
  // For whoever sits there and waits; a script that reads along looks for errors alone.
  const asking = (baud: number): void => {
    if (!isTerminal) return;
    process.stderr.write(`${fill(avrdude === null ? words.asking : words.askingAvrdude, { baud })}\n`);
  };
  try {
    if (avrdude !== null)
      return {
        ...(await flashByAvrdude(path, hexFile, image, { kind, asking })),
        by: `avrdude ${avrdude}`,
      };
    const progress = (done: number, of: number): void => {
      if (isTerminal) process.stderr.write(`\r${Math.round((100 * done) / of)} %${done === of ? '\r' : ''}`);
    };
    const flashed = await flash(path, image, around, { kind, asking, progress });
    return { ...flashed, by: 'tactus' };
  } catch (error) {
    if (!(error instanceof FlashError)) throw whyNotOpen(path, error);
    const exit = error.why === 'silent' ? 'noDevice' : error.why === 'differs' ? 'fault' : 'content';
    throw new Exit(exit, `${shown(path)}: ${error.message}; ${words.todo[error.why]}`);
  }
}

async function run(port: string | undefined, options: Options, around: Surroundings): Promise<void> {
  const path = port ?? (await onlyUsbPort(around)).path;
  if (path.startsWith('tcp:')) throw new Exit('usage', `${shown(path)}: ${words.noBridge}`);
  const hexFile =
    options.firmware ?? shippedHex(options.stop === 'normally-open' ? 'normallyOpen' : 'normallyClosed');
  const flashed = await flashBoard({ path, hexFile, ...(options.with && { with: options.with }) }, around);
  if (options.stop && options.firmware === undefined) {
    const id = await boardIdOf(path, around);
    const stop = options.stop === 'normally-open' ? 'normallyOpen' : 'normallyClosed';
    keepBoardSettings(id, { ...(boardSettingsOf(id) ?? untried()), stop });
  }
  if (options.json) {
    process.stdout.write(`${JSON.stringify({ path, ...flashed })}\n`);
    return;
  }
  process.stdout.write(
    `${fill(words.done, { path: shown(path), bytes: flashed.bytes, s: (flashed.tookMs / 1000).toFixed(1), by: flashed.by, baud: flashed.baud })}\n`,
  );
  if (flashed.bootloader === 'old') process.stdout.write(`${words.old}\n`);
}

export function addFlash(program: Command, around: Surroundings): void {
  program
    .command('flash')
    .description(commandWords.flash.does)
    .argument('[port]', commandWords.flash.port)
    .option('--firmware <file.hex>', commandWords.flash.firmware)
    .addOption(
      new Option('--stop <wiring>', commandWords.flash.stop).choices(['normally-closed', 'normally-open']),
    )
    .addOption(new Option('--with <tool>', commandWords.flash.with).choices(['own', 'avrdude']))
    .option('--json')
    .action((port: string | undefined, options: Options) => run(port, options, around));
}
