/** `tactus flash`: puts the firmware that comes along on a board, through its bootloader. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { type BoardKind, kindOf } from '../../hardware/board-kind.ts';
import { flashByAvrdude } from '../../hardware/flash/avrdude.ts';
import { bootLinesAt } from '../../hardware/flash/boot-line.ts';
import { boardOfImage, chips, type FlashBoard, flashBoards } from '../../hardware/flash/chips.ts';
import { FlashError, flash } from '../../hardware/flash/flash.ts';
import { commandWords } from '../../machines/text/commands.ts';
import { terminalWords } from '../../machines/text/terminal.ts';
import { fill } from '../../machines/text/text.ts';
import { HexError, loadHex } from '../../simulator/avr/hex.ts';
import { boardIdOf, boardSettingsOf, keepBoardSettings } from '../app/board-settings.ts';
import { Exit, type exitCodes, shown } from '../app/exit.ts';
import { readText } from '../app/files.ts';
import { untried } from '../app/known-board.ts';
import { onlyUsbPort, refuseHeld, whyNotOpen } from '../app/open-port.ts';
import type { Surroundings } from '../app/surroundings.ts';
import { firmwareNames, packageRoot } from '../installed.ts';

type Options = Readonly<{
  firmware?: string;
  stop?: 'normally-open' | 'normally-closed';
  with?: 'own' | 'avrdude';
  board?: FlashBoard;
  json?: true;
}>;

const words = terminalWords.flash;
const hexBytes = 512 * 1024;

const folder = join(packageRoot, 'hardware', 'firmware');
type StopWiring = keyof (typeof firmwareNames)['uno'];

/** The firmware for a board and a STOP of this kind. */
export const shippedHex = (board: FlashBoard, stop: StopWiring): string =>
  join(folder, `${firmwareNames[board][stop]}.hex`);

/** Build hashes of the firmwares that come along, as HELLO says them: the first 32 bits of the source hash. */
export const shippedBuilds = (): readonly string[] =>
  Object.values(firmwareNames)
    .flatMap(one => Object.values(one))
    .map(name => {
      const record = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as { sourceHash: string };
      return record.sourceHash.slice(0, 8);
    });

/** Which firmware a board takes, as far as USB says it: the bridges of clones say nothing, and most of them are Unos. */
export const flashBoardOf = (kind: BoardKind): FlashBoard => (kind === 'mega' ? 'mega' : 'uno');

/** What USB says for certain: an FTDI bridge is on old Megas too. */
const certain: Readonly<Partial<Record<BoardKind, FlashBoard>>> = { uno: 'uno', mega: 'mega' };

/** Throws Exit where this firmware, or what was said of the board, is known to be of the other kind. */
function refuseOther(path: string, board: FlashBoard, kind: BoardKind, image: Uint8Array): void {
  const is = certain[kind] ?? board;
  const isFor = boardOfImage(image);
  const values = { path: shown(path), is: words.boards[is], other: words.boards[isFor ?? board] };
  if (is !== board) throw new Exit('usage', fill(words.otherBoard, values));
  if (isFor !== null && isFor !== board) throw new Exit('content', fill(words.otherFirmware, values));
}

const exitOf = {
  silent: 'noDevice',
  otherChip: 'content',
  tooLarge: 'content',
  differs: 'fault',
  halfWritten: 'fault',
} as const satisfies Readonly<Record<FlashError['why'], keyof typeof exitCodes>>;

export type Flashing = Readonly<{
  path: string;
  hexFile: string;
  board: FlashBoard;
  with?: Options['with'];
}>;

const kindAt = async (path: string, around: Surroundings): Promise<BoardKind> => {
  const port = (await around.ports()).find(one => one.path === path);
  return port ? kindOf(port) : 'other';
};

/** Flashes, with a bar on standard error. Throws Exit with what is wrong and what to do. */
export async function flashBoard({ path, hexFile, board, with: how }: Flashing, around: Surroundings) {
  const kind = await kindAt(path, around);
  let image: Uint8Array;
  try {
    const text = readText(hexFile, hexBytes);
    // A Mega's is larger than an Uno's flash: it is told as what it is.
    refuseOther(path, board, kind, loadHex(text, chips.mega.flashBytes));
    image = loadHex(text, chips[board].flashBytes);
  } catch (error) {
    if (error instanceof HexError) throw new Exit('content', `${shown(hexFile)}: ${error.message}`);
    throw error;
  }
  refuseHeld(path);
  if (board === 'mega' && how === 'own') throw new Exit('usage', words.noOwnMega);
  const avrdude = how === 'own' ? null : around.avrdude();
  if (avrdude === null && board === 'mega') throw new Exit('noInput', words.noAvrdudeMega);
  if (how === 'avrdude' && avrdude === null) throw new Exit('noInput', words.noAvrdude);
  const isTerminal = process.stderr.isTTY;
  // For whoever sits there and waits; a script that reads along looks for errors alone.
  const asking = (baud: number): void => {
    if (!isTerminal) return;
    process.stderr.write(`${fill(avrdude === null ? words.asking : words.askingAvrdude, { baud })}\n`);
  };
  try {
    if (avrdude !== null)
      return {
        ...(await flashByAvrdude(path, hexFile, image, { kind, board, asking })),
        by: `avrdude ${avrdude}`,
      };
    const progress = (done: number, of: number): void => {
      if (isTerminal) process.stderr.write(`\r${Math.round((100 * done) / of)} %${done === of ? '\r' : ''}`);
    };
    const flashed = await flash(bootLinesAt(path, around), image, { kind, asking, progress });
    return { ...flashed, by: 'tactus' };
  } catch (error) {
    if (!(error instanceof FlashError)) throw whyNotOpen(path, error);
    const todo = board === 'mega' ? { ...words.todo, ...words.todoMega } : words.todo;
    throw new Exit(exitOf[error.why], `${shown(path)}: ${error.message}; ${todo[error.why]}`);
  }
}

async function run(port: string | undefined, options: Options, around: Surroundings): Promise<void> {
  const path = port ?? (await onlyUsbPort(around)).path;
  if (path.startsWith('tcp:')) throw new Exit('usage', `${shown(path)}: ${words.noBridge}`);
  const board = options.board ?? flashBoardOf(await kindAt(path, around));
  const hexFile =
    options.firmware ??
    shippedHex(board, options.stop === 'normally-open' ? 'normallyOpen' : 'normallyClosed');
  const flashing = { path, hexFile, board, ...(options.with && { with: options.with }) };
  const flashed = await flashBoard(flashing, around);
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
    .addOption(new Option('--board <which>', commandWords.flash.board).choices([...flashBoards]))
    .addOption(new Option('--with <tool>', commandWords.flash.with).choices(['own', 'avrdude']))
    .option('--json')
    .action((port: string | undefined, options: Options) => run(port, options, around));
}
