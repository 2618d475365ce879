/** The board of a live controller: emulated in a worker, or on a serial port. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { JohnnyFiveDriver } from '../../hardware/johnny-five-driver.ts';
import { SerialLine } from '../../hardware/port.ts';
import type { Button } from '../../machines/vocabulary.ts';
import { UnoClient } from '../../simulator/avr/client.ts';
import { startWorker } from '../../simulator/avr/node-channel.ts';
import type { Clock } from '../clock.ts';
import { firmwareHex, packageRoot } from '../installed.ts';
import { Exit, shown } from './exit.ts';

export type LiveBoard = Readonly<{
  driver: JohnnyFiveDriver;
  /** Presses the emulated board's buttons; a real board has its own. */
  button?: (button: Button, down: boolean) => void;
  /** Whether the firmware has confirmed that the motors are off and disarmed. */
  close(): Promise<void>;
}>;

const readyWithinMs = 10_000;

async function connected(driver: JohnnyFiveDriver, name: string): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () =>
        reject(
          new Exit(
            'noDevice',
            `${shown(name)}: no Tactus firmware answered within ${readyWithinMs / 1000} s`,
          ),
        ),
      readyWithinMs,
    );
  });
  try {
    await Promise.race([driver.connect(), late]);
  } finally {
    clearTimeout(timer);
  }
}

async function emulatedBoard(clock: Clock): Promise<LiveBoard> {
  const worker = pathToFileURL(join(packageRoot, 'dist', 'board-worker.js'));
  const line = new UnoClient(startWorker(worker), { hex: firmwareHex() });
  line.on('error', () => {});
  const driver = new JohnnyFiveDriver(line, clock);
  line.open();
  await connected(driver, 'the emulated board');
  return {
    driver,
    button: (button, down) => (down ? line.press(button) : line.release(button)),
    close: async () => {
      driver.close();
      await line.end();
    },
  };
}

/** What the system says, and what a person can do about it. The binding has no error codes, only these words. */
const reasons: readonly Readonly<{
  says: RegExp;
  exit: 'noDevice' | 'notPermitted' | 'busy' | 'noInput';
  why: string;
}>[] = [
  { says: /no such (file|device)/i, exit: 'noDevice', why: 'there is no such port' },
  {
    says: /permission denied/i,
    exit: 'notPermitted',
    why: 'you may not open it; add yourself to the group dialout and log in again',
  },
  {
    says: /lock|busy|temporarily unavailable/i,
    exit: 'busy',
    why: 'another program holds it; close that first',
  },
  { says: /inappropriate|not a tty/i, exit: 'noInput', why: 'is no serial port' },
];

async function serialBoard(path: string, clock: Clock): Promise<LiveBoard> {
  const line = new SerialLine(path, clock);
  try {
    await line.open();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const reason = reasons.find(({ says }) => says.test(message));
    throw new Exit(reason?.exit ?? 'noDevice', `${shown(path)}: ${reason?.why ?? message}`);
  }
  const driver = new JohnnyFiveDriver(line, clock);
  await connected(driver, path);
  return {
    driver,
    close: async () => {
      driver.close();
      line.close();
    },
  };
}

export const openLiveBoard = (board: string, clock: Clock): Promise<LiveBoard> =>
  board === 'emulated' ? emulatedBoard(clock) : serialBoard(board, clock);
