/**
 * Boards that hang on USB and that no program can open, as Linux shows them: in /sys every device stands with its
 * interfaces, the driver of each, and the serial port that the driver has made of it.
 *
 * Pure over what a folder holds, so that every machine's trouble can be told from a copy of its /sys.
 */
import { basename } from 'node:path';
import { isBoardsVendor } from './board-kind.ts';

/** A system's files, as far as they can be read. */
export type SystemFiles = Readonly<{
  /** What a folder holds; empty where there is none. */
  names(folder: string): readonly string[];
  /** What a file says; null where it cannot be read. */
  text(file: string): string | null;
  /** Where a link leads; null where there is none. */
  link(path: string): string | null;
}>;

export type UsbBoard = Readonly<{
  vendorId: string;
  productId: string;
  /** What it calls itself. */
  name: string;
  /** The driver of its first interface that has one. */
  driver: string | null;
  /** Its serial ports, as they are called in /dev. */
  ports: readonly string[];
}>;

const devices = '/sys/bus/usb/devices';

/** Every device on USB that is a board, or the bridge of one. */
export function usbBoards(files: SystemFiles): readonly UsbBoard[] {
  const said = (device: string, what: string): string =>
    files.text(`${devices}/${device}/${what}`)?.trim() ?? '';
  return files
    .names(devices)
    .filter(name => !name.includes(':'))
    .flatMap(device => {
      const vendorId = said(device, 'idVendor').toLowerCase();
      if (!isBoardsVendor(vendorId)) return [];
      const inside = files.names(`${devices}/${device}`).filter(name => name.startsWith(`${device}:`));
      const drivers = inside.flatMap(name => files.link(`${devices}/${device}/${name}/driver`) ?? []);
      const ports = inside.flatMap(name => [
        ...files.names(`${devices}/${device}/${name}`).filter(one => /^ttyUSB\d+$/.test(one)),
        ...files.names(`${devices}/${device}/${name}/tty`),
      ]);
      return [
        {
          vendorId,
          productId: said(device, 'idProduct').toLowerCase(),
          name: said(device, 'product') || `${vendorId}:${said(device, 'idProduct')}`,
          driver: drivers[0] === undefined ? null : basename(drivers[0]),
          ports: [...new Set(ports)].sort(),
        },
      ];
    });
}

/** Programs that run, by the names that the kernel keeps of them. */
export const runningPrograms = (files: SystemFiles): ReadonlySet<string> =>
  new Set(
    files
      .names('/proc')
      .filter(name => /^\d+$/.test(name))
      .flatMap(pid => files.text(`/proc/${pid}/comm`)?.trim() ?? []),
  );

/** Why a board on USB is no port that can be opened. */
export type Unopenable = Readonly<{ board: UsbBoard }> &
  (
    | Readonly<{ why: 'brltty' }>
    | Readonly<{ why: 'noDriver'; module: string }>
    | Readonly<{ why: 'otherDriver'; driver: string }>
    | Readonly<{ why: 'noName'; port: string }>
  );

/** The kernel's driver for each maker's boards. */
const modules: Readonly<Record<string, string>> = {
  '1a86': 'ch341',
  '4348': 'ch341',
  '10c4': 'cp210x',
  '0403': 'ftdi_sio',
};

/** Null for a board that has its port. */
export function whyUnopenable(files: SystemFiles, board: UsbBoard): Unopenable | null {
  const [port] = board.ports;
  if (port !== undefined) return files.names('/dev').includes(port) ? null : { board, why: 'noName', port };
  // A driver for Braille displays that takes any bridge with these ids for one; it goes past the kernel's (usbfs).
  if (runningPrograms(files).has('brltty') && (board.driver === null || board.driver === 'usbfs'))
    return { board, why: 'brltty' };
  return board.driver === null
    ? { board, why: 'noDriver', module: modules[board.vendorId] ?? 'cdc_acm' }
    : { board, why: 'otherDriver', driver: board.driver };
}
