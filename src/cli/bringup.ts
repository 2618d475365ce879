/**
 * `tactus bringup`: leads through a new board, in order, and says in plain words what is wrong and the one thing to do.
 */
import type { Command } from 'commander';
import { kindOf } from '../../hardware/board-kind.ts';
import { bridgeAddress } from '../../hardware/bridge.ts';
import { copperOf } from '../../hardware/copper.ts';
import type { FoundPort } from '../../hardware/find.ts';
import { commandWords } from '../../machines/text/commands.ts';
import { terminalWords } from '../../machines/text/terminal.ts';
import { fill } from '../../machines/text/text.ts';
import type { Button } from '../../machines/vocabulary.ts';
import { keepBoardSettings, untried } from '../app/board-settings.ts';
import { Ending } from '../app/ending.ts';
import { Exit, shown } from '../app/exit.ts';
import { whole } from '../app/options.ts';
import { BoardUnderTest, letGoAtEnd } from '../app/setup/board-under-test.ts';
import { copperWrongs } from '../app/setup/copper-wrongs.ts';
import { Dialogue } from '../app/setup/dialogue.ts';
import { holderMay, nearer } from '../app/setup/motor-steps.ts';
import type { Surroundings } from '../app/surroundings.ts';
import { flashBoard, flashBoardOf, shippedBuilds, shippedHex } from './flash.ts';

const words = terminalWords.bringup;

/** A person looks for a button, finds it and presses it. */
const pressWithinMs = 60_000;
const pulseMs = 700;

/** What is wrong, and the one thing to do. */
const wrong = (is: keyof typeof words.wrong, values: Readonly<Record<string, string>> = {}): Exit =>
  new Exit('noDevice', fill(`${words.wrong[is]}\n${words.oneThing} ${words.todo[is]}`, values));

async function choosePort(
  dialogue: Dialogue,
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
function lookAt(dialogue: Dialogue, port: FoundPort): void {
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
  dialogue: Dialogue,
  path: string,
  around: Surroundings,
  ending: Ending,
): Promise<BoardUnderTest> {
  for (let round = 0; ; round++) {
    dialogue.say(fill(words.opening, { path: shown(path) }));
    const { bench, answered } = await BoardUnderTest.open(path, 'tactus bringup', around);
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

async function light(dialogue: Dialogue, bench: BoardUnderTest): Promise<void> {
  const blinking = bench.blink(4);
  const seen = await dialogue.yes(words.led);
  await blinking;
  if (!seen) throw wrong('led');
}

/** One button: not down by itself, and down when pressed; another one going down is a wire in the wrong place. */
async function press(dialogue: Dialogue, bench: BoardUnderTest, button: 'go' | 'less'): Promise<void> {
  const name = button.toUpperCase();
  if (bench.down.has(button)) throw wrong('stuck', { name, pin: words.pins[button] });
  let seen: Button | null = null;
  const stop = bench.presses(pressed => {
    seen ??= pressed;
  });
  dialogue.say(fill(words.press, { name }));
  await bench.until(() => seen !== null, pressWithinMs);
  stop();
  if (seen === null) throw wrong('dead', { name, pin: words.pins[button] });
  if (seen !== button)
    throw wrong('crossed', {
      name,
      pin: words.pins[button],
      other: String(seen).toUpperCase(),
      otherPin: words.pins[seen],
    });
  await bench.until(() => !bench.down.has(button), pressWithinMs);
  dialogue.say(words.heard);
}

/** STOP opens its contact when pressed. One that closes it reads the other way round. */
async function pressStop(dialogue: Dialogue, bench: BoardUnderTest): Promise<void> {
  const atRest = bench.down.has('stop');
  dialogue.say(atRest ? words.stopInverted : fill(words.press, { name: 'STOP' }));
  let other: Button | null = null;
  const stop = bench.presses(pressed => {
    if (pressed !== 'stop') other ??= pressed;
  });
  bench.stopEdges = [];
  const seen = (): boolean | undefined => bench.stopEdges[0];
  await bench.until(() => seen() !== undefined || other !== null, pressWithinMs);
  stop();
  if (other !== null)
    throw wrong('crossed', {
      name: 'STOP',
      pin: words.pins.stop,
      other: String(other).toUpperCase(),
      otherPin: words.pins[other],
    });
  if (seen() === undefined) throw wrong(atRest ? 'stopOpen' : 'stopDead', { pin: words.pins.stop });
  // What went up by being pressed was down at rest.
  if (seen() === false) throw wrong('stopNormallyOpen', { path: shown(bench.path), pin: words.pins.stop });
  await bench.until(() => bench.stopEdges[1] === false, pressWithinMs);
  dialogue.say(words.stopHeard);
}

/** What the board reads of its supply and of its motors at rest: before any of them is to run. */
async function copper(dialogue: Dialogue, bench: BoardUnderTest): Promise<void> {
  const check = await bench.driver.check();
  if (!check) {
    dialogue.say(words.noPaths);
    return;
  }
  const [first] = copperWrongs(check);
  if (first) throw new Exit('noDevice', `${first.what}\n${words.oneThing} ${first.todo}`);
  dialogue.say(fill(words.paths, { volts: (copperOf(check).supplyMv / 1000).toFixed(1) }));
}

/** One motor: felt, feeble, or not there; a board that falls over by it has it straight on a pin. */
async function motor(dialogue: Dialogue, bench: BoardUnderTest, which: 'left' | 'right'): Promise<void> {
  const name = which === 'left' ? 'A' : 'B';
  const pin = words.pins[which];
  await dialogue.enter(fill(words.motor, { name }));
  for (;;) {
    const stood = await bench.pulse(which, pulseMs);
    if (!stood) throw wrong('motorFells', { name, pin });
    if (!bench.wasDriven) throw wrong('motorRefused', { name });
    const felt = await dialogue.ask(fill(words.felt, { name }), [
      { key: 'y', word: 'yes', button: 'go' },
      { key: 'n', word: 'no', button: 'less' },
      { key: 'w', word: 'weak' },
      { key: 'a', word: 'again' },
    ]);
    if (felt === 'n') throw wrong('motorDead', { name, pin });
    if (felt === 'w') throw wrong('motorWeak', { name, pin });
    if (felt === 'y') return;
  }
}

async function walk(
  dialogue: Dialogue,
  given: string | undefined,
  around: Surroundings,
  ending: Ending,
): Promise<string> {
  dialogue.say(words.welcome);
  await holderMay(dialogue, untried().calibration);
  const path = await choosePort(dialogue, given, around);
  const bench = await withFirmware(dialogue, path, around, ending);
  try {
    await bench.looked();
    dialogue.say(words.isOurs);
    await light(dialogue, bench);
    await press(dialogue, bench, 'go');
    await press(dialogue, bench, 'less');
    await pressStop(dialogue, bench);
    await copper(dialogue, bench);
    dialogue.say(words.motors);
    await motor(dialogue, bench, 'left');
    await motor(dialogue, bench, 'right');
    const before = bench.settings.calibration;
    const calibration = await nearer(dialogue, bench, before);
    if (calibration.swapped !== before.swapped) dialogue.say(words.swapped);
    keepBoardSettings(bench.id, {
      ...bench.settings,
      at: new Date().toISOString(),
      calibration: structuredClone(calibration),
    });
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
  const dialogue = new Dialogue(around.input);
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
