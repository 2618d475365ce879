/** A serial port opened to talk to a bootloader: the board is reset by it, and the answers are kept until read. */
import type { EventEmitter } from 'node:events';
import type { Ms } from '../../machines/vocabulary.ts';
import type { Clock } from '../../src/time/clock.ts';
import { serialport } from '../serialport.ts';
import type { BootLine } from './stk500.ts';

/** What a board may say unasked before anyone reads it. */
const mostKeptBytes = 8192;
/** DTR low for this long, through the reset's 100 nF capacitor, is a reset; then the bootloader takes its time to begin. */
const resetMs: Ms = 60;

export type OpenBootLine = BootLine & Readonly<{ close(): Promise<void> }>;

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

export function serialBootPort(path: string, baudRate: number): BootPort {
  const { SerialPort } = serialport();
  return new SerialPort({ path, baudRate, autoOpen: false, lock: true });
}

/** Rejects with the system's error. */
export async function openBootLine(
  path: string,
  baudRate: number,
  { clock, bootPort }: BootPorts,
): Promise<OpenBootLine> {
  const port = bootPort(path, baudRate);
  const pause = (ms: Ms): Promise<void> => new Promise(resolve => clock.at(clock.now() + ms, resolve));
  let kept = Buffer.alloc(0);
  let failure: Error | null = null;
  let stirred = (): void => {};
  port.on('data', (bytes: Buffer) => {
    kept = Buffer.concat([kept, bytes]).subarray(-mostKeptBytes);
    stirred();
  });
  const fail = (error: Error): void => {
    failure ??= error;
    stirred();
  };
  port.on('error', fail);
  port.on('close', () => fail(new Error('the line closed')));
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
        if (failure) {
          reject(failure);
          return;
        }
        port.write(Buffer.from(bytes), error => (error ? reject(error) : resolve()));
      }),
    read: async (count, withinMs) => {
      const until = clock.now() + withinMs;
      while (kept.length < count) {
        if (failure) throw failure;
        const leftMs = until - clock.now();
        if (leftMs <= 0) return null;
        await new Promise<void>(resolve => {
          const cancel = clock.at(clock.now() + leftMs, resolve);
          stirred = () => {
            cancel();
            resolve();
          };
        });
      }
      const taken = Uint8Array.from(kept.subarray(0, count));
      kept = kept.subarray(count);
      return taken;
    },
    drain: () => {
      kept = Buffer.alloc(0);
    },
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
