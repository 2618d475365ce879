/** `tactus board`: the emulated board as a serial device that any Firmata client can open. */
import { lstatSync, readlinkSync, symlinkSync, unlinkSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { type Command, Option } from 'commander';
import { commandWords } from '../../machines/text/commands.ts';
import { terminalWords } from '../../machines/text/terminal.ts';
import { fill } from '../../machines/text/text.ts';
import { type Button, buttons, type Motor } from '../../machines/vocabulary.ts';
import type { EmulatedBootloaderKind } from '../../simulator/avr/bootloader.ts';
import type { Copper, MotorPath } from '../../simulator/avr/copper.ts';
import { Exit, shown } from '../app/exit.ts';
import { readText, writer } from '../app/files.ts';
import { nearest } from '../app/nearest.ts';
import { whole } from '../app/options.ts';
import type { Surroundings } from '../app/surroundings.ts';
import { firmwareHex } from '../installed.ts';

type Options = Readonly<{
  link?: string;
  trace?: string;
  firmware?: string;
  bare?: EmulatedBootloaderKind;
  seed: number;
  untried?: true;
  json?: true;
}>;

/** A flash of 32 KB is 90 KB of Intel HEX. */
const hexBytes = 512 * 1024;

/** Puts a link to the terminal where it was asked for; an old link of ours that leads nowhere any more gives way. */
function link(path: string, target: string): () => void {
  try {
    if (lstatSync(path).isSymbolicLink() && readlinkSync(path).startsWith('/dev/')) unlinkSync(path);
  } catch {
    // Nothing is there: all the better.
  }
  try {
    symlinkSync(target, path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new Exit('cannotWrite', `${shown(path)}: cannot be made a link to the board (${code})`);
  }
  return () => {
    try {
      if (readlinkSync(path) === target) unlinkSync(path);
    } catch {
      // Somebody else has taken it away.
    }
  };
}

/** The words that the board obeys on standard input, a line each. */
const wordsHelp = `
Lines on standard input:
  press go|less|stop|receiver     its button goes down
  release go|less|stop|receiver   and up again
  reset                           its reset button
  short A|B                       the transistor of that motor conducts, whatever its gate says
  tear A|B                        that motor's wire is off
  unfit A|B                       the resistor from its drain to the chip is missing
  mend A|B                        and all of that is well again
  switch off|on                   the master switch
  supply MILLIVOLTS               of the chip
  unplug                          its line is gone; the board itself stays powered
  mark                            a line in the trace, now, on its own clock
  help                            these lines`;

const words = terminalWords.board;
/** Every line that there is, as far as it is words. */
const ownLines: readonly string[] = [
  ...['press', 'release'].flatMap(deed => buttons.map(button => `${deed} ${button}`)),
  ...['short', 'tear', 'unfit', 'mend'].flatMap(deed => ['A', 'B'].map(motor => `${deed} ${motor}`)),
  ...['switch off', 'switch on', 'reset', 'unplug', 'mark', 'help'],
];

/** What the board answers to a line that does nothing to it: its words, or which of them may have been meant. */
export function replyTo(line: string): string {
  const said = line.trim().split(/\s+/).join(' ');
  if (said === 'help') return wordsHelp.trim();
  const meant = nearest(said, ownLines);
  return meant === null
    ? fill(words.noWord, { line: shown(line) })
    : fill(words.noWordBut, { line: shown(line), nearest: meant });
}

const pathWords: Readonly<Record<string, MotorPath>> = {
  short: 'shorted',
  tear: 'torn',
  unfit: 'noFeedback',
  mend: 'whole',
};
const motorNames: Readonly<Record<string, Motor>> = { A: 'left', B: 'right' };
const mostMv = 6000;

/** Whether this was a word about the copper round the chip. */
function breaks(copper: Copper, word: string, name: string): boolean {
  const path = pathWords[word];
  const motor = motorNames[name];
  const isSwitch = word === 'switch' && (name === 'on' || name === 'off');
  const isSupply = word === 'supply' && /^\d{1,4}$/.test(name) && Number(name) > 0 && Number(name) <= mostMv;
  if (path && motor) copper.paths[motor] = path;
  if (isSwitch) copper.masterSwitchClosed = name === 'on';
  if (isSupply) copper.supplyMv = Number(name);
  return (path !== undefined && motor !== undefined) || isSwitch || isSupply;
}

async function run(options: Options, { clock }: Surroundings): Promise<void> {
  const { flashBytes } = await import('../../simulator/avr/atmega328p.ts');
  const { Bootloader } = await import('../../simulator/avr/bootloader.ts');
  const { HexError } = await import('../../simulator/avr/hex.ts');
  const { PseudoTerminal } = await import('../../simulator/avr/pseudo-terminal.ts');
  const { SerialBoard } = await import('../../simulator/avr/serial-board.ts');
  const { triedUno } = await import('../../simulator/avr/tried.ts');
  const { Uno } = await import('../../simulator/avr/uno.ts');
  const trace = options.trace === undefined ? null : writer(options.trace, { eachLine: true });
  const hex = options.firmware === undefined ? firmwareHex() : readText(options.firmware, hexBytes);
  let uno: InstanceType<typeof Uno>;
  try {
    const { seed } = options;
    uno = options.untried ? new Uno(hex, { seed }) : triedUno(hex, { seed });
  } catch (error) {
    if (error instanceof HexError)
      throw new Exit('content', `${shown(options.firmware ?? '')}: ${error.message}`);
    throw error;
  }
  const terminal = await PseudoTerminal.open();
  const image = new Uint8Array(flashBytes).fill(0xff);
  const boot = options.bare
    ? { bootloader: new Bootloader(image, { kind: options.bare }), image }
    : undefined;
  let resetAtMs = 0;
  const tell = (line: object): void => trace?.write(`${JSON.stringify(line)}\n`);
  const since = (atMs: number): number => Math.round((atMs - resetAtMs) * 1000) / 1000;
  const board = new SerialBoard(
    uno,
    terminal,
    clock,
    event => {
      if (event.type === 'scope') {
        const { event: seen } = event;
        const duty = seen.type === 'duty' ? seen.duty : seen.high ? 255 : 0;
        tell({ at: since(seen.atMs), type: 'pin', pin: seen.pin, duty });
      } else if (event.type === 'reset') {
        resetAtMs = event.atMs;
        tell({ at: 0, type: 'reset', cause: event.cause });
      } else if (event.type === 'stalled')
        tell({ at: since(event.atMs), type: 'stalled', skippedMs: event.skippedMs });
      else if (event.type !== 'refused') tell({ at: since(event.atMs), type: event.type });
    },
    boot,
  );
  const unlink = options.link === undefined ? null : link(options.link, terminal.path);
  const path = options.link ?? terminal.path;

  const obey = (line: string): void => {
    const [word = '', name = ''] = line.trim().split(/\s+/);
    const button = buttons.find(known => known === name);
    if ((word === 'press' || word === 'release') && button) board.button(button as Button, word === 'press');
    else if (breaks(uno.copper, word, name)) return;
    else if (word === 'reset') board.reset();
    else if (word === 'unplug') board.unplug();
    else if (word === 'mark') board.mark();
    else if (word !== '') process.stderr.write(`${replyTo(line)}\n`);
  };
  createInterface({ input: process.stdin }).on('line', obey);

  // Whoever reads where it is may end it in that very moment.
  const ended = new Promise<number>(resolve => {
    process.once('SIGINT', () => resolve(130));
    process.once('SIGTERM', () => resolve(143));
    process.once('SIGHUP', () => resolve(129));
  });
  board.start();
  (options.trace === '-' ? process.stderr : process.stdout).write(
    options.json ? `${JSON.stringify({ path, terminal: terminal.path })}\n` : `board ${path}\n`,
  );
  process.exitCode = await ended;
  board.stop();
  unlink?.();
  trace?.close();
}

export function addBoard(program: Command, around: Surroundings): void {
  program
    .command('board')
    .description(commandWords.board.does)
    .option('--link <path>', commandWords.board.link)
    .option('--trace <file>', commandWords.board.trace)
    .option('--firmware <file.hex>', commandWords.board.firmware)
    .addOption(new Option('--bare <bootloader>', commandWords.board.bare).choices(['optiboot', 'old']))
    .option('--seed <n>', commandWords.board.seed, whole(0, 2 ** 31 - 1), 1)
    .option('--untried', commandWords.board.untried)
    .option('--json', commandWords.board.json)
    .addHelpText('after', wordsHelp)
    .action((options: Options) => run(options, around));
}
