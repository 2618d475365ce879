/** `tactus doctor`: what is wrong, and the one thing to do about it. Nothing is driven, and no motor is armed. */
import { accessSync, constants, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { kindOf, mayPlayAlone } from '../../hardware/board-kind.ts';
import { bridgeAddress } from '../../hardware/bridge.ts';
import { copperOf } from '../../hardware/copper.ts';
import type { FoundPort } from '../../hardware/find.ts';
import { runningPrograms, type SystemFiles, usbBoards, whyUnopenable } from '../../hardware/usb-linux.ts';
import { commandWords } from '../../machines/text/commands.ts';
import { terminalWords } from '../../machines/text/terminal.ts';
import { fill } from '../../machines/text/text.ts';
import { lookAtAlone } from '../app/alone/alone-boards.ts';
import { lookAtBoards } from '../app/board-settings.ts';
import { Exit, exitCodes, shown } from '../app/exit.ts';
import { lookAtCertificate } from '../app/lan/certificate.ts';
import { memoryFile } from '../app/screening-memory-file.ts';
import type { BoardUnderTest } from '../app/setup/board-under-test.ts';
import { copperWrongs } from '../app/setup/copper-wrongs.ts';
import { type OpenedBoard, openBoardUnderTest } from '../app/setup/open-board.ts';
import { stateFolder } from '../app/state-folder.ts';
import type { Surroundings } from '../app/surroundings.ts';
import { lookAtJournals } from '../app/unfinished-sessions.ts';
import { historyIn } from '../history/history-folder.ts';
import { packageRoot, version } from '../installed.ts';
import { Notices } from '../storage/notices.ts';
import { OwnRoutines } from '../storage/own-routines.ts';
import { PreferencesFile } from '../storage/preferences.ts';
import { shippedBuilds } from './flash.ts';

const words = terminalWords.doctor;

type Finding = Readonly<{ what: string; good: boolean; todo?: string; exit?: number }>;

const good = (what: string): Finding => ({ what, good: true });

function surroundings(): Finding[] {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const node = `Node ${process.versions.node}`;
  const isNew = major > 20 || (major === 20 && minor >= 19);
  const found: Finding[] = [
    good(`tactus ${version}`),
    isNew ? good(node) : { what: node, good: false, todo: words.todo.node, exit: exitCodes.fault },
  ];
  const folder = stateFolder();
  try {
    accessSync(folder, constants.W_OK);
    found.push(good(fill(words.state, { folder: shown(folder) })));
  } catch {
    const what = fill(words.noState, { folder: shown(folder) });
    found.push({ what, good: false, todo: words.todo.state, exit: exitCodes.cannotWrite });
  }
  found.push(
    existsSync(join(packageRoot, 'dist', 'page'))
      ? good(words.page)
      : { what: words.noPage, good: false, todo: words.todo.page, exit: exitCodes.noInput },
  );
  return [...found, ...keptFiles(folder)];
}

/** Every file that is kept, looked at and left as it is. */
function keptFiles(folder: string): Finding[] {
  const found = new Notices();
  const { say } = found;
  new PreferencesFile(folder, say).read();
  memoryFile(join(folder, 'screening.json'), say).read();
  lookAtBoards(say);
  lookAtAlone(say);
  new OwnRoutines(folder, say).list();
  const store = historyIn(folder, () => Date.now(), say);
  store.glances();
  lookAtJournals(folder, say);
  lookAtCertificate(folder, say);
  const { all } = found;
  if (all.length === 0) return [good(terminalWords.files.fine)];
  return all.map(({ file, what, todo }) => ({
    what: shown(`${file}: ${what}`),
    good: todo === terminalWords.files.todo.unknownField,
    todo: shown(`${file}: ${todo}.`),
    exit: exitCodes.content,
  }));
}

const volts = (mv: number): string => (mv / 1000).toFixed(1);

/** Supply, motors at rest and fuses, as the board itself reads them. */
async function copper(bench: BoardUnderTest): Promise<Finding[]> {
  const check = await bench.driver.check();
  if (!check) return [good(words.noCheck)];
  const { supplyMv, isSupplyEnough, fuses } = copperOf(check);
  const wrongs = copperWrongs(check).map(({ what, todo }) => ({
    what,
    good: false,
    todo,
    exit: exitCodes.noDevice,
  }));
  return [
    ...(isSupplyEnough ? [good(fill(words.supply, { volts: volts(supplyMv) }))] : []),
    ...(wrongs.length === 0 ? [good(words.paths)] : wrongs),
    good(fill(words.fuses, fuses)),
    ...(bench.driver.hindrances.includes('stopUntried') ? [good(words.stopUntried)] : []),
  ];
}

/** Boards that hang on USB and are no port, and what may hold one. */
function unopenable(files: SystemFiles): Finding[] {
  const boards = usbBoards(files);
  const found = boards.flatMap((one): Finding[] => {
    const why = whyUnopenable(files, one);
    if (!why) return [];
    const { board: _, why: is, ...values } = { ...why, name: shown(one.name) };
    return [
      {
        what: fill(words.unopenable[is], values),
        good: false,
        todo: fill(words.todo.unopenable[is], values),
        exit: exitCodes.noDevice,
      },
    ];
  });
  if (boards.length > 0 && runningPrograms(files).has('ModemManager')) found.push(good(words.modemManager));
  return found;
}

async function board(path: string, around: Surroundings): Promise<Finding[]> {
  const port = (await around.ports()).find(one => one.path === path);
  const found: Finding[] = [];
  if (port) {
    const kind = kindOf(port);
    if (kind === 'unoR4')
      return [
        {
          what: terminalWords.bringup.wrong.unoR4,
          good: false,
          todo: terminalWords.bringup.todo.unoR4,
          exit: exitCodes.noDevice,
        },
      ];
    found.push(good(`${shown(path)}: ${terminalWords.ports.kinds[kind]}`));
    if (port.vendorId !== null && port.serialNumber === null)
      found.push(good(fill(terminalWords.bringup.noSerial, { path: shown(path) })));
  }
  let opened: OpenedBoard;
  try {
    opened = await openBoardUnderTest(path, 'tactus doctor', around);
  } catch (error) {
    if (!(error instanceof Exit)) throw error;
    const [what = '', todo = ''] = error.message.split(/; (.*)/s);
    return [...found, { what, good: false, todo, exit: error.code }];
  }
  const { bench, answered } = opened;
  try {
    const { identity, other } = bench.driver;
    // Behind a bridge nothing can be flashed.
    const flash = bridgeAddress(path)
      ? words.todo.flashByCable
      : fill(words.todo.flash, { path: shown(path) });
    if (!answered)
      return [...found, { what: words.silent, good: false, todo: flash, exit: exitCodes.noDevice }];
    if (!identity) {
      const what = fill(words.otherFirmware, {
        name: shown(other?.name ?? '') || terminalWords.port.unnamed,
      });
      return [...found, { what, good: false, todo: flash, exit: exitCodes.noDevice }];
    }
    const { buildHash, firmware } = identity;
    found.push(
      shippedBuilds().includes(buildHash)
        ? good(fill(words.firmware, { firmware, build: buildHash }))
        : {
            what: fill(terminalWords.bringup.otherBuild, { build: buildHash }),
            good: false,
            todo: flash,
            exit: exitCodes.content,
          },
    );
    await bench.looked();
    // Its supply, its motors and its buttons are in use: they would be told as what is wrong.
    if (bench.isAlone)
      return [...found, { what: words.alone, good: false, todo: words.todo.alone, exit: exitCodes.busy }];
    found.push(...(await copper(bench)));
    const down = [...bench.down];
    if (down.length === 0) found.push(good(words.buttons));
    else
      found.push({
        what: fill(words.down, { names: down.map(name => name.toUpperCase()).join(', ') }),
        good: false,
        todo: down.includes('stop') ? words.todo.stop : words.todo.stuck,
        exit: exitCodes.noDevice,
      });
    return found;
  } finally {
    await bench.close();
  }
}

/** Looking at a board resets it. One that may be playing by itself is left alone, until somebody names it. */
const notOpened = (port: FoundPort): string =>
  fill(words.notOpened, { path: shown(port.path), kind: terminalWords.ports.kinds[kindOf(port)] });

async function run(port: string | undefined, { json }: { json?: true }, around: Surroundings): Promise<void> {
  const found = surroundings();
  const usb = (await around.ports()).filter(({ vendorId }) => vendorId !== null);
  const paths = port === undefined ? usb.map(({ path }) => path) : [port];
  const hidden = around.system ? unopenable(around.system) : [];
  found.push(...hidden);
  if (paths.length === 0 && !hidden.some(one => !one.good)) found.push(good(words.noBoard));
  for (const path of paths) {
    const notAsked = port === undefined ? usb.find(one => one.path === path) : undefined;
    if (notAsked && mayPlayAlone(kindOf(notAsked))) {
      found.push(good(notOpened(notAsked)));
      continue;
    }
    if (bridgeAddress(path)) found.push(good(fill(words.bridge, { path: shown(path) })));
    found.push(...(await board(path, around)));
  }
  const first = found.find(one => !one.good);
  if (json) process.stdout.write(`${JSON.stringify(found.map(({ exit: _, ...finding }) => finding))}\n`);
  else for (const one of found) process.stdout.write(`${one.good ? 'ok    ' : 'wrong '} ${one.what}\n`);
  if (!first) return;
  if (!json) process.stdout.write(`${terminalWords.bringup.oneThing} ${first.todo ?? ''}\n`);
  process.exitCode = first.exit ?? exitCodes.fault;
}

export function addDoctor(program: Command, around: Surroundings): void {
  program
    .command('doctor')
    .description(commandWords.doctor.does)
    .argument('[port]', commandWords.doctor.port)
    .option('--json')
    .action((port: string | undefined, options: { json?: true }) => run(port, options, around));
}
