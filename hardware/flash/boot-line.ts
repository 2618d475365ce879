/** A serial port of the system's opened to talk to a bootloader: the board is reset by it. */
import type { EventEmitter } from 'node:events';
import { SerialPort } from 'serialport';
import type { Ms } from '../../machines/vocabulary.ts';
import type { Clock } from '../../src/time/clock.ts';
import { HeardBytes } from './heard.ts';
import { type BootLines, type OpenBootLine, resetMs } from './open-boot-line.ts';

type Done = (error: Error | null) => void;

/** As much of a serial port as flashing needs: it emits `data`, `error` and `close`. */
export interface BootPort extends EventEmitter {
  readonly isOpen: boolean;
  open(done: Done): void;
  /** Where there is no such line, an error. */
  set(lines: Readonly<{ dtr: boolean; rts: boolean }>, done: Done): void;
  write(bytes: Buffer, done: (error?: Error | null) => void): unknown;
  close(done: Done): void;
}

/** What flashing has around it. */
export type BootPorts = Readonly<{
  clock: Clock;
  /** The port at this path, not opened yet. */
  bootPort(path: string, baudRate: number): BootPort;
}>;

export const serialBootPort = (path: string, baudRate: number): BootPort =>
  new SerialPort({ path, baudRate, autoOpen: false, lock: true });

/** The port at this path, opened as often as it is asked for. */
export const bootLinesAt = (path: string, ports: BootPorts): BootLines => ({
  clock: ports.clock,
  open: baudRate => openBootLine(path, baudRate, ports),
});

/** Rejects with the system's error. */
async function openBootLine(
  path: string,
  baudRate: number,
  { clock, bootPort }: BootPorts,
): Promise<OpenBootLine> {
  const port = bootPort(path, baudRate);
  const pause = (ms: Ms): Promise<void> => new Promise(resolve => clock.at(clock.now() + ms, resolve));
  const heard = new HeardBytes(clock);
  port.on('data', (bytes: Buffer) => heard.hear(bytes));
  port.on('error', (error: Error) => heard.fail(error));
  port.on('close', () => heard.fail(new Error('the line closed')));
  await new Promise<void>((resolve, reject) => port.open(error => (error ? reject(error) : resolve())));
  // Opening resets an Uno already; a line that was open a moment ago may not have let DTR go. Where there is no DTR
  // (a pseudo-terminal, a Bluetooth line) the system refuses, and opening has to be enough.
  const signal = (on: boolean): Promise<void> =>
    new Promise(resolve => port.set({ dtr: on, rts: on }, () => resolve()));
  await signal(false);
  await pause(resetMs);
  await signal(true);
  await pause(resetMs);
  return {
    write: bytes =>
      new Promise((resolve, reject) => {
        if (heard.failure) {
          reject(heard.failure);
          return;
        }
        port.write(Buffer.from(bytes), error => (error ? reject(error) : resolve()));
      }),
    read: (count, withinMs) => heard.take(count, withinMs),
    drain: () => heard.forget(),
    close: () =>
      new Promise(resolve => {
        port.removeAllListeners();
        port.on('error', () => {});
        // Opened again at once, DTR would not have been up long enough to be let go again: no reset.
        const rested = (): void => void pause(resetMs).then(resolve);
        if (port.isOpen) port.close(rested);
        else rested();
      }),
  };
}
