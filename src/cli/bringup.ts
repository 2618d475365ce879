/**
 * `tactus bringup`: leads through a new board, in order, and says in plain words what is wrong and the one thing to do.
 */
import type { Command } from 'commander';
import { kindOf } from '../../hardware/board-kind.ts';
import { bridgeAddress } from '../../hardware/bridge.ts';
import type { FoundPort } from '../../hardware/find.ts';
import { commandWords } from '../../machines/text/commands.ts';
import { terminalWords } from '../../machines/text/terminal.ts';
import { fill } from '../../machines/text/text.ts';
import { keepBoardSettings } from '../app/board-settings.ts';
import { Ending } from '../app/ending.ts';
import { type Exit, shown } from '../app/exit.ts';
import { untried } from '../app/known-board.ts';
import { whole } from '../app/options.ts';
import type { BoardUnderTest } from '../app/setup/board-under-test.ts';
import { triedOut } from '../app/setup/bringup-steps.ts';
import { holderMay } from '../app/setup/motor-steps.ts';
import { openBoardUnderTest } from '../app/setup/open-board.ts';
import { setupWrong } from '../app/setup/setup-wrong.ts';
import { letGoAtEnd, TerminalDialogue } from '../app/setup/terminal-dialogue.ts';
import type { Surroundings } from '../app/surroundings.ts';
import { flashBoard, flashBoardOf, shippedBuilds, shippedHex } from './flash.ts';

const words = terminalWords.bringup;

const wrong = (...of: [is: keyof typeof words.wrong, values?: Readonly<Record<string, string>>]): Exit =>
  setupWrong(words, ...of);

async function choosePort(
  dialogue: TerminalDialogue,
  given: string | undefined,
  around: Surroundings,
): Promise<string> {
  const all = await around.ports();
  if (given !== undefined) {
    const found = all.find(({ path }) => path === given);
    if (found) lookAt(dialogue, found);
    return given;
  }
  const usb = all.filter(({ vendorId }) => vendorId !== null);
  const [first] = usb;
  if (!first) throw wrong('noBoard');
  if (usb.length > 1)
    for (const [index, port] of usb.entries())
      dialogue.say(`${index + 1}  ${shown(port.path)}  ${terminalWords.ports.kinds[kindOf(port)]}`);
  const chosen =
    usb.length === 1
      ? '1'
      : await dialogue.ask(
          words.which,
          usb.map((_, index) => ({ key: String(index + 1), word: String(index + 1) })),
        );
  const port = usb[Number(chosen) - 1] ?? first;
  lookAt(dialogue, port);
  return port.path;
}

/** What USB tells of it before anything is opened. */
function lookAt(dialogue: TerminalDialogue, port: FoundPort): void {
  const kind = kindOf(port);
  if (kind === 'unoR4') throw wrong('unoR4', { path: shown(port.path) });
  if (kind === 'mega' || kind === 'leonardo')
    dialogue.say(fill(words.otherBoard, { kind: terminalWords.ports.kinds[kind] }));
  if (kind === 'clone') dialogue.say(words.clone);
  if (port.vendorId !== null && port.serialNumber === null)
    dialogue.say(fill(words.noSerial, { path: shown(port.path) }));
}

/** Opens it, and puts our firmware on it first where it has another or none. */
async function withFirmware(
  dialogue: TerminalDialogue,
  path: string,
  around: Surroundings,
  ending: Ending,
): Promise<BoardUnderTest> {
  for (let round = 0; ; round++) {
    dialogue.say(fill(words.opening, { path: shown(path) }));
    const { bench, answered } = await openBoardUnderTest(path, 'tactus bringup', around);
    letGoAtEnd(bench, dialogue, ending);
    const { identity, other } = bench.driver;
    const isShipped = identity !== null && shippedBuilds().includes(identity.buildHash);
    if (isShipped) return bench;
    dialogue.say(
      identity
        ? fill(words.otherBuild, { build: identity.buildHash })
        : answered && other
          ? fill(words.otherFirmware, { name: shown(other.name) || terminalWords.port.unnamed })
          : words.silent,
    );
    const mayFlash = round === 0 && !bridgeAddress(path) && (await dialogue.yes(words.mayFlash));
    if (!mayFlash && identity) return bench;
    await bench.close();
    if (!mayFlash) throw wrong(round === 0 ? 'noFirmware' : 'stillNoFirmware', { path: shown(path) });
    const port = (await around.ports()).find(one => one.path === path);
    const board = port ? flashBoardOf(kindOf(port)) : 'uno';
    const hexFile = shippedHex(board, bench.settings.stop);
    const flashed = await flashBoard({ path, hexFile, board }, around);
    dialogue.say(
      fill(words.flashed, { by: flashed.by, baud: String(flashed.baud), bytes: String(flashed.bytes) }),
    );
    if (flashed.bootloader === 'old') dialogue.say(words.oldBootloader);
  }
}

async function walk(
  dialogue: TerminalDialogue,
  given: string | undefined,
  around: Surroundings,
  ending: Ending,
): Promise<string> {
  dialogue.say(words.welcome);
  await holderMay(dialogue, untried().calibration);
  const path = await choosePort(dialogue, given, around);
  const bench = await withFirmware(dialogue, path, around, ending);
  try {
    keepBoardSettings(bench.id, await triedOut(dialogue, bench));
    dialogue.say(fill(words.kept, { id: shown(bench.id) }));
  } finally {
    await bench.close();
  }
  return path;
}

async function run(
  port: string | undefined,
  { http }: { http: number },
  around: Surroundings,
): Promise<void> {
  const ending = new Ending(around, { asks: true });
  const dialogue = new TerminalDialogue(around.input);
  let path: string;
  let first: boolean;
  try {
    path = await ending.or(walk(dialogue, port, around, ending));
    first = await ending.or(dialogue.yes(words.firstTouch));
  } finally {
    dialogue.close();
    ending.over();
  }
  if (!first) {
    dialogue.say(fill(words.later, { path: shown(path) }));
    return;
  }
  const { runController } = await import('../app/controller.ts');
  await runController({ routine: 'first-touch', board: path, http }, around);
}

export function addBringup(program: Command, around: Surroundings): void {
  program
    .command('bringup')
    .description(commandWords.bringup.does)
    .argument('[port]', commandWords.bringup.port)
    .option('--http <port>', commandWords.bringup.http, whole(0, 65_535), 7410)
    .action((port: string | undefined, options: { http: number }) => run(port, options, around));
}
