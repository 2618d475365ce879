/** What a command has around it: time, a person at a terminal, the ports of this machine, an emulated board. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BridgeLine, bridgeAddress } from '../../hardware/bridge.ts';
import { type FoundPort, listPorts } from '../../hardware/find.ts';
import { avrdudeVersion } from '../../hardware/flash/avrdude.ts';
import { type BootPort, serialBootPort } from '../../hardware/flash/boot-line.ts';
import { SerialLine } from '../../hardware/port.ts';
import type { ReopeningLine } from '../../hardware/reopening.ts';
import type { SystemFiles } from '../../hardware/usb-linux.ts';
import type { BoardChannel } from '../../simulator/avr/messages.ts';
import { startWorker } from '../../simulator/avr/node-channel.ts';
import { packageRoot } from '../installed.ts';
import type { KeptHistory } from '../server/history-api.ts';
import { HistoryThread } from '../server/history-thread.ts';
import type { Say } from '../storage/notices.ts';
import type { Clock } from '../time/clock.ts';
import { SystemClock } from '../time/system-clock.ts';
import { DiskThread } from './disk-thread.ts';
import type { Disk } from './disk-works.ts';

export type Surroundings = Readonly<{
  clock: Clock;
  /** What a person types. */
  input: NodeJS.ReadableStream;
  /** Every serial port of this machine, those on USB first. */
  ports(): Promise<readonly FoundPort[]>;
  /** What the system shows of itself; null where it shows nothing that is understood here. */
  system: SystemFiles | null;
  /** The line to a board on a port, or behind a bridge; not opened yet. */
  lineTo(name: string): ReopeningLine;
  /** A port by which a bootloader is spoken to; not opened yet. */
  bootPort(path: string, baudRate: number): BootPort;
  /** The version of avrdude, where it is installed; null where it is not. */
  avrdude(): string | null;
  /** An emulated board, which runs by itself. */
  emulatedBoard(): BoardChannel;
  /** What waits for the disk, done where nothing waits for it; `say` hears what is wrong with files. */
  disk(say: Say): Disk;
  /** The history of a state folder, its work done where no motor's does; `say` hears what is wrong with its files. */
  history(stateFolder: string, say: Say): KeptHistory;
  /** The program of the thread that talks to a broker. */
  mqttWorker: URL;
  /** Ends the process with this code, now: whatever is still open, whatever could not be said. */
  leave(code: number): void;
}>;

/** Of a file of the system's no more is read. */
const mostSystemChars = 4096;

/** Reads what is there now. */
const thisSystem: SystemFiles = {
  names: folder => {
    try {
      return readdirSync(folder);
    } catch {
      return [];
    }
  },
  text: file => {
    try {
      return readFileSync(file, 'utf8').slice(0, mostSystemChars);
    } catch {
      return null;
    }
  },
  link: path => {
    try {
      return readlinkSync(path);
    } catch {
      return null;
    }
  },
};

const built = (name: string): URL => pathToFileURL(join(packageRoot, 'dist', name));

/** This machine, in real time. `leave`: ends the process; without it nothing does before its time. */
export function thisMachine(leave: (code: number) => void = () => {}): Surroundings {
  const clock = new SystemClock();
  return {
    clock,
    // Asked for only where somebody is asked: looking at it already holds it open.
    get input() {
      return process.stdin;
    },
    ports: listPorts,
    system: process.platform === 'linux' ? thisSystem : null,
    lineTo: name => {
      const address = bridgeAddress(name);
      return address ? new BridgeLine(address, clock) : new SerialLine(name, clock);
    },
    bootPort: serialBootPort,
    avrdude: () => avrdudeVersion(),
    emulatedBoard: () => startWorker(built('board-worker.js')),
    disk: say => new DiskThread({ clock, say, worker: built('disk-worker.js') }),
    history: (stateFolder, say) =>
      new HistoryThread({
        stateFolder,
        clock,
        wallNow: () => Date.now(),
        say,
        worker: built('history-worker.js'),
      }),
    mqttWorker: built('mqtt-worker.js'),
    leave,
  };
}
