/** The emulated board behind a pseudo-terminal, in this process: to others it is a board on a serial port. */
import { chmodSync, mkdtempSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { flashBytes } from '../../simulator/avr/atmega328p.ts';
import { Bootloader, type BootloaderOptions } from '../../simulator/avr/bootloader.ts';
import { PseudoTerminal } from '../../simulator/avr/pseudo-terminal.ts';
import { type BoardEnd, SerialBoard, type SerialBoardEvent } from '../../simulator/avr/serial-board.ts';
import { triedUno } from '../../simulator/avr/tried.ts';
import { Uno } from '../../simulator/avr/uno.ts';
import { firmwareHex } from '../../src/installed.ts';
import type { Clock } from '../../src/time/clock.ts';
import { SystemClock } from '../../src/time/system-clock.ts';

export type PluggedBoard = Readonly<{
  uno: Uno;
  board: SerialBoard;
  path: string;
  events: SerialBoardEvent[];
  /** Where it has one. */
  bootloader: Bootloader | null;
  /** Its flash as its bootloader has written it. */
  image: Uint8Array;
  unplug(): void;
}>;

export type BoardKindOptions = Readonly<{
  /** Without a firmware at first, only with this bootloader. */
  bare?: BootloaderOptions;
  /** What an earlier one has left in its flash; erased where nothing is said. */
  image?: Uint8Array;
  hex?: string;
  /** As after its power has come on. */
  isUntried?: boolean;
  /** What happens on the board, as it happens. */
  heard?: (event: SerialBoardEvent, board: SerialBoard) => void;
}>;

/** Behind a pseudo-terminal, in real time. */
export async function plugBoard(options: BoardKindOptions = {}): Promise<PluggedBoard> {
  const terminal = await PseudoTerminal.open();
  return boardOn(terminal, terminal.path, new SystemClock(), options);
}

/** On any line, in any time. */
export function boardOn(
  terminal: BoardEnd,
  path: string,
  clock: Clock,
  { bare, image: left, hex, heard, isUntried }: BoardKindOptions = {},
): PluggedBoard {
  const uno = isUntried ? new Uno(hex ?? firmwareHex()) : triedUno(hex ?? firmwareHex());
  const image = left ? Uint8Array.from(left) : new Uint8Array(flashBytes).fill(0xff);
  if (left) uno.load(left);
  const bootloader = bare ? new Bootloader(image, bare) : null;
  const events: SerialBoardEvent[] = [];
  const board: SerialBoard = new SerialBoard(
    uno,
    terminal,
    clock,
    event => {
      events.push(event);
      heard?.(event, board);
    },
    bootloader ? { bootloader, image } : undefined,
  );
  board.start();
  return {
    uno,
    board,
    path,
    events,
    bootloader,
    image,
    unplug: () => board.stop(),
  };
}

/** A name that a board keeps over several pseudo-terminals, as a device's name does over unplugging. */
export function deviceName(): { path: string; pointTo(target: string): void; take(): void } {
  const path = join(mkdtempSync(join(tmpdir(), 'tactus-')), 'ttyACM0');
  return {
    path,
    pointTo: target => symlinkSync(target, path),
    take: () => unlinkSync(path),
  };
}

export type UsbPort = Readonly<{
  path: string;
  vendor: string;
  product: string;
  maker: string;
  serial?: string;
}>;

/** A folder with an `udevadm` that tells of these ports, for the front of PATH: how Linux lists what is plugged in. */
export function udevFolder(ports: readonly UsbPort[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'tactus-udev-'));
  const text = ports
    .map(({ path, vendor, product, maker, serial }, index) =>
      [
        `P: /devices/usb/ttyACM${index}`,
        `N: ttyACM${index}`,
        `E: DEVNAME=${path}`,
        `E: ID_VENDOR_ENC=${maker}`,
        `E: ID_VENDOR_ID=${vendor}`,
        `E: ID_MODEL_ID=${product}`,
        ...(serial === undefined ? [] : [`E: ID_SERIAL_SHORT=${serial}`]),
        '',
      ].join('\n'),
    )
    .join('\n');
  writeFileSync(join(folder, 'ports.txt'), `${text}\n`);
  writeFileSync(join(folder, 'udevadm'), `#!/bin/sh\ncat ${join(folder, 'ports.txt')}\n`);
  chmodSync(join(folder, 'udevadm'), 0o755);
  chmodSync(folder, 0o755);
  chmodSync(join(folder, 'ports.txt'), 0o644);
  return folder;
}

export const usbUno = (path: string): UsbPort => ({
  path,
  vendor: '2341',
  product: '0043',
  maker: 'Arduino',
  serial: '95530343234351A0B0C1',
});
