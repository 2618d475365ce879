/**
 * Which serial ports there are, and what is on them, as far as USB says it.
 *
 * A board is known by its USB serial number wherever it is plugged in. Clones with a CH340 have none: those are known
 * by their port alone, and two of them cannot be told apart.
 */
import { existsSync, readdirSync } from 'node:fs';
import { SerialPort } from 'serialport';
import type { Ms } from '../machines/vocabulary.ts';
import type { UsbIds } from './board-kind.ts';

export type FoundPort = UsbIds &
  Readonly<{
    path: string;
    maker: string | null;
    /** The board's own, where it has one. */
    serialNumber: string | null;
  }>;

/** What a system says of one port. */
export type SystemPort = Readonly<{
  path: string;
  manufacturer?: string | undefined;
  vendorId?: string | undefined;
  productId?: string | undefined;
  serialNumber?: string | undefined;
}>;

const lower = (id: string | undefined): string | null => id?.toLowerCase().padStart(4, '0') ?? null;

/** What Windows makes up for a device without a serial number: it changes with the socket that it is plugged into. */
const madeUp = /&/;

/** A serial number that every piece of a kind shares is none. */
const isReal = (serial: string | undefined, vendorId: string | null): serial is string =>
  serial !== undefined &&
  serial.length >= 4 &&
  !/^0+$/.test(serial) &&
  !madeUp.test(serial) &&
  serial.toLowerCase() !== vendorId;

/** macOS has each port twice and lists the one that waits for a carrier, which no board gives: its other name is meant. */
const usable = (path: string): string => path.replace(/^\/dev\/tty\.(?=.)/, '/dev/cu.');

/** What a system has listed, as ports. A serial number that two show at once tells neither from the other: it is none. */
export function portsOf(listed: readonly SystemPort[]): readonly FoundPort[] {
  const found = listed.map(({ path, manufacturer, vendorId, productId, serialNumber }): FoundPort => {
    const vendor = lower(vendorId);
    return {
      path: usable(path),
      maker: manufacturer?.trim() || null,
      vendorId: vendor,
      productId: lower(productId),
      serialNumber: vendor !== null && isReal(serialNumber, vendor) ? serialNumber : null,
    };
  });
  // One device under both of its names is one.
  const ports = [...new Map(found.map(port => [port.path, port])).values()];
  const isShared = ({ serialNumber, path }: FoundPort): boolean =>
    ports.some(other => other.path !== path && other.serialNumber === serialNumber);
  return ports
    .map(port => (port.serialNumber !== null && isShared(port) ? { ...port, serialNumber: null } : port))
    .toSorted(
      (one, other) =>
        Number(one.vendorId === null) - Number(other.vendorId === null) || (one.path < other.path ? -1 : 1),
    );
}

/** A listing that takes longer than this is given up: udev may be away. */
const listWithinMs: Ms = 3000;

/** Every serial port of this machine, those on USB first. Empty where the system cannot say. */
export async function listPorts(): Promise<readonly FoundPort[]> {
  let giveUp: NodeJS.Timeout | undefined;
  const late = new Promise<never[]>(resolve => {
    giveUp = setTimeout(() => resolve([]), listWithinMs);
  });
  try {
    return portsOf(await Promise.race([SerialPort.list(), late]));
  } catch {
    return [];
  } finally {
    clearTimeout(giveUp);
  }
}

/** Names in /dev that a board may have. */
const deviceName = /^(ttyACM|ttyUSB|rfcomm|cu\.|ttyAMA)/;

/**
 * The names of ports there are now, cheaply: one look into /dev instead of a listing. Where there is no such folder
 * (Windows) it is null, and only a listing can tell.
 */
export function deviceNames(): string | null {
  if (!existsSync('/dev')) return null;
  try {
    return readdirSync('/dev')
      .filter(name => deviceName.test(name))
      .toSorted()
      .join(' ');
  } catch {
    return null;
  }
}
