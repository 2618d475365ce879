/** The board of a live controller: emulated in a worker, on a serial port, or behind a bridge. */
import { Keeper } from '../../hardware/alone/keeper.ts';
import { kindOf } from '../../hardware/board-kind.ts';
import { uncalibratedBoard } from '../../hardware/duty.ts';
import { JohnnyFiveDriver } from '../../hardware/johnny-five-driver.ts';
import type { ByteLine } from '../../hardware/line.ts';
import { uno as pins } from '../../hardware/pins.ts';
import { terminalWords } from '../../machines/text/terminal.ts';
import { fill } from '../../machines/text/text.ts';
import { type Button, motors } from '../../machines/vocabulary.ts';
import { UnoClient } from '../../simulator/avr/client.ts';
import type { ScopeEvent } from '../../simulator/avr/scope.ts';
import { firmwareHex } from '../installed.ts';
import type { FaultDeed } from '../server/telemetry.ts';
import { type BoardTuning, tunedForNow } from '../session/board-tuning.ts';
import { usual } from '../simulation/recorded-stage.ts';
import type { Cancel } from '../time/clock.ts';
import { knownAlone } from './alone/alone-boards.ts';
import type { PlayedAlone } from './alone/take-played.ts';
import { boardIdOf, boardSettingsOf, tuningOf } from './board-settings.ts';
import { DiskHere } from './disk.ts';
import type { Disk } from './disk-works.ts';
import { Exit, shown } from './exit.ts';
import { onlyUsbPort, openLine } from './open-port.ts';
import { saidNotices } from './said-notices.ts';
import { stateFolder } from './state-folder.ts';
import type { Surroundings } from './surroundings.ts';

export type LiveBoard = Readonly<{
  driver: JohnnyFiveDriver;
  /** Presses the emulated board's buttons; a real board has its own. */
  button?: (button: Button, down: boolean) => void;
  /** Does something to the emulated board. */
  meet?: (deed: FaultDeed) => void;
  /** What is known of its motors, and where that is kept. */
  tuning: BoardTuning;
  /** What passes on the line. */
  line: ByteLine;
  /** Duty at the emulated board's motor pins, `at` on this process's clock. */
  onPin?: (listener: (at: number, motor: 'left' | 'right', duty: number) => void) => void;
  /** What it has played by itself, where it is of a kind that may; rejects where it cannot be asked now. */
  played?: () => Promise<PlayedAlone>;
  /** Whether the firmware has confirmed that the motors are off and disarmed. */
  close(): Promise<void>;
}>;

const words = terminalWords.port;
const readyWithinMs = 10_000;
const hungUpMs = 500;

async function connected(driver: JohnnyFiveDriver, name: string, { clock }: Surroundings): Promise<void> {
  let giveUp: Cancel = () => {};
  const late = new Promise<never>((_, reject) => {
    giveUp = clock.at(clock.now() + readyWithinMs, () =>
      reject(
        new Exit('noDevice', `${shown(name)}: no Tactus firmware answered within ${readyWithinMs / 1000} s`),
      ),
    );
  });
  try {
    await Promise.race([driver.connect(), late]);
  } finally {
    giveUp();
  }
}

/** A loop that stands still: nothing of this process goes on meanwhile. */
function standStill(forMs: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, forMs);
}

function meet(line: UnoClient, { fault, forMs, bytes, toward, button }: FaultDeed): void {
  if (fault === 'unplug') line.unplug();
  if (fault === 'replug') {
    // Pulled out and plugged in again, also where the line only fell silent. Opening an Uno's port resets it.
    line.unplug();
    line.reset('external');
    line.replug();
  }
  if (fault === 'boardReset') line.reset('external');
  if (fault === 'brownOut') line.reset('brownOut');
  if (fault === 'stall') standStill(forMs ?? usual.stallMs);
  if (fault === 'loseBytes') line.lose(toward === 'host' ? 'toHost' : 'toBoard', bytes ?? usual.lostBytes);
  if (fault === 'stuckButton') line.press(button ?? 'stop');
}

async function emulatedBoard(around: Surroundings): Promise<LiveBoard> {
  const { clock } = around;
  const line = new UnoClient(around.emulatedBoard(), { hex: firmwareHex() });
  line.on('error', () => {});
  const driver = new JohnnyFiveDriver(line, clock);
  // A line that was hung up comes back by itself, as a serial port does; opening an Uno's port resets it.
  line.on('hungUp', () => {
    clock.at(clock.now() + hungUpMs, () => {
      if (line.isOpen) return;
      line.reset('external');
      line.replug();
    });
  });
  line.open();
  await connected(driver, 'the emulated board', around);
  // The board's clock began a little before this process heard of it; the least delay there was tells by how much.
  let ahead = Number.POSITIVE_INFINITY;
  return {
    driver,
    line,
    // There is no board whose id it could be kept by.
    tuning: tunedForNow(uncalibratedBoard, () => Date.now()),
    button: (button, down) => (down ? line.press(button) : line.release(button)),
    meet: deed => meet(line, deed),
    onPin: listener => {
      line.subscribe((event: ScopeEvent) => {
        if (event.type !== 'duty') return;
        ahead = Math.min(ahead, clock.now() - event.atMs);
        const motor = motors.find(name => pins[name] === event.pin);
        if (motor) listener(event.atMs + ahead, motor, event.duty);
      });
    },
    close: async () => {
      driver.close();
      await line.end();
    },
  };
}

/** A board that wants its STOP tried is heard of by the first STATUS; until then nobody else listens. */
function tellWhenUntried(driver: JohnnyFiveDriver, path: string): void {
  if (driver.hindrances.includes('stopUntried'))
    process.stderr.write(`${shown(path)}: ${words.pressToTest}\n`);
}

/** Asks it for its log; rejects where it plays, is driven, or does not know of it. */
async function playedOn(line: ByteLine, id: string, { clock }: Surroundings): Promise<PlayedAlone> {
  const keeper = new Keeper(line, clock);
  try {
    return { folder: stateFolder(), id, sessions: await keeper.fetchSessions() };
  } finally {
    keeper.close();
  }
}

async function boardOn(name: string, around: Surroundings, disk: Pick<Disk, 'ask'>): Promise<LiveBoard> {
  const path = name === 'usb' ? (await onlyUsbPort(around)).path : name;
  const { line, close } = await openLine(path, 'tactus start', around);
  const id = await boardIdOf(path, around);
  const known = boardSettingsOf(id);
  const driver = new JohnnyFiveDriver(line, around.clock, known ?? {});
  try {
    await connected(driver, path, around);
  } catch (error) {
    close();
    throw error;
  }
  if (driver.other)
    process.stderr.write(
      `${fill(words.otherFirmware, { path: shown(path), name: shown(driver.other.name) || words.unnamed })}\n`,
    );
  else tellWhenUntried(driver, path);
  const port = (await around.ports()).find(one => one.path === path);
  const mayPlayAlone =
    driver.identity !== null && ((port && kindOf(port) === 'mega') || knownAlone(id) !== null);
  return {
    driver,
    line,
    tuning: tuningOf(id, disk),
    ...(mayPlayAlone && { played: () => playedOn(line, id, around) }),
    close: async () => {
      driver.close();
      close();
    },
  };
}

/** `emulated`, `usb` for the only board there is, the path of a serial port, or `tcp://host:port`. */
export async function openLiveBoard(
  board: string,
  around: Surroundings,
  disk: Pick<Disk, 'ask'> = new DiskHere(saidNotices.say),
): Promise<LiveBoard> {
  if (board.trim() === '')
    throw new Exit('usage', 'no board is named; say emulated, usb, the path of a port, or tcp://host:port');
  return board === 'emulated' ? await emulatedBoard(around) : await boardOn(board, around, disk);
}
