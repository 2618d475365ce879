/** A Linux system's files as a test gives them: paths and what they say; `-> target` is a link. */
import type { SystemFiles } from '../../hardware/usb-linux.ts';

export type GivenFiles = Readonly<Record<string, string>>;

export function filesOf(given: GivenFiles): SystemFiles {
  const paths = Object.keys(given);
  return {
    names: folder => [
      ...new Set(
        paths
          .filter(path => path.startsWith(`${folder}/`))
          .map(path => path.slice(folder.length + 1).split('/')[0] ?? ''),
      ),
    ],
    text: file => (given[file]?.startsWith('-> ') ? null : (given[file] ?? null)),
    link: path => (given[path]?.startsWith('-> ') ? given[path].slice(3) : null),
  };
}

export type PluggedIn = Readonly<{ vendorId: string; productId: string; name: string }>;

/** A device on USB as /sys shows it, with its driver and its port. */
export function pluggedIn(
  { vendorId, productId, name }: PluggedIn,
  { driver, port, isNamed = true }: Readonly<{ driver?: string; port?: string; isNamed?: boolean }> = {},
): GivenFiles {
  const device = '/sys/bus/usb/devices/1-2';
  const inside = `${device}/1-2:1.0`;
  return {
    [`${device}/idVendor`]: `${vendorId}\n`,
    [`${device}/idProduct`]: `${productId}\n`,
    [`${device}/product`]: `${name}\n`,
    [`${inside}/bInterfaceClass`]: 'ff\n',
    ...(driver !== undefined && { [`${inside}/driver`]: `-> ../../../../bus/usb/drivers/${driver}` }),
    // A bridge's port stands in its interface, that of an Uno a folder further down.
    ...(port !== undefined && {
      [port.startsWith('ttyUSB') ? `${inside}/${port}/port_number` : `${inside}/tty/${port}/dev`]: '0\n',
    }),
    ...(port !== undefined && isNamed && { [`/dev/${port}`]: '' }),
  };
}
