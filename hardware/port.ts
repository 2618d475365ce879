/**
 * A serial port as a byte line: any path that speaks as one, USB or Bluetooth (`rfcomm`).
 *
 * serialport keeps what is written while closed and sends it on reopening, sees an unplug only while somebody
 * listens to data, and turns a stuck write into an error at close. So: a fresh port object for each connection,
 * nothing written unless open, and a write that does not finish in time counts as an unplug.
 *
 * A board that was unplugged may come back under another path. It is looked for by its USB serial number; a clone
 * that has none is waited for where it was.
 */
import { existsSync, realpathSync } from 'node:fs';
import { basename } from 'node:path';
import type { Ms } from '../machines/vocabulary.ts';
import type { Cancel, Clock } from '../src/time/clock.ts';
import { deviceNames, type FoundPort, listPorts } from './find.ts';
import { type Backoff, type Connection, type ConnectionListener, ReopeningLine } from './reopening.ts';
import { serialport } from './serialport.ts';

const baudRate = 57_600;
/** How often the device's name is looked for: an unplug is to be known within 300 ms. */
const lookEveryMs: Ms = 100;

/** A name under /dev/serial/by-id leads to the device's own. */
const realName = (path: string): string => (existsSync(path) ? realpathSync(path) : path);

/** Windows knows a port by several names: COM3, com3, \\\\.\\COM3. */
const portName = (path: string): string => path.replace(/^\\\\\.\\/, '').toUpperCase();

const idsOf = ({ vendorId, productId }: FoundPort): string => `${vendorId}:${productId}`;

/** How a port is found again. */
export type SerialOptions = Readonly<{
  /** Known beforehand; else it is looked up at the first opening. */
  serialNumber?: string;
  /** How ports are listed. */
  list?: () => Promise<readonly FoundPort[]>;
  /** The names of ports in /dev; null where there is no such folder. */
  names?: () => string | null;
}>;

/**
 * A line to a serial port at 57600 baud, opened for this process alone. After an unplug it is looked for by its serial
 * number, and an unplug is known within 300 ms.
 */
export class SerialLine extends ReopeningLine {
  protected override readonly backoff: Backoff = [250, 250, 500, 1000];
  /** The board's USB serial number; null where it has none, or before the first opening. */
  serialNumber: string | null;
  #path: string;
  /** What USB calls its kind; null where nobody has looked. */
  #ids: string | null = null;
  readonly #list: () => Promise<readonly FoundPort[]>;
  readonly #names: () => string | null;
  /** The device names at the last listing that did not find it; listing again without a change finds it no better. */
  #searched: string | null = null;
  #searches = 0;

  constructor(path: string, clock: Clock, options: SerialOptions = {}) {
    super(clock);
    this.#path = path;
    this.#list = options.list ?? listPorts;
    this.#names = options.names ?? deviceNames;
    this.serialNumber = options.serialNumber ?? null;
  }

  /** Where it is now. */
  get name(): string {
    return this.#path;
  }

  /** Opens for the first time. Rejects with the system's error: no such port, no permission, in use. */
  override async open(): Promise<void> {
    await super.open();
    if (this.serialNumber !== null || !this.#mayBeUsb) return;
    // Not waited for: a board speaks as soon as its port is open, and somebody has to listen by then.
    this.#list().then(
      ports => {
        const own = ports.find(({ path }) => realName(path) === realName(this.#path));
        this.serialNumber ??= own?.serialNumber ?? null;
        this.#ids = own ? idsOf(own) : null;
      },
      () => {},
    );
  }

  /** Asking what is on USB starts a program of the system's: only where there is something to ask. */
  get #mayBeUsb(): boolean {
    const names = this.#names();
    return (
      this.#list !== listPorts || names === null || names.split(' ').includes(basename(realName(this.#path)))
    );
  }

  protected override present(): boolean | Promise<boolean> {
    const names = this.#names();
    // Windows has no files for its ports: whether COM3 is there only a listing tells.
    if (this.serialNumber === null) return names === null ? this.#isListed() : existsSync(this.#path);
    // A name appears before the system has read the serial number behind it: a few more looks after a change.
    if (names !== this.#searched) this.#searches = 0;
    else if (names !== null && this.#searches >= 8 && this.#searches % 16 !== 0) {
      this.#searches += 1;
      return false;
    }
    this.#searched = names;
    this.#searches += 1;
    return this.#search(this.serialNumber);
  }

  async #isListed(): Promise<boolean> {
    const wanted = portName(this.#path);
    return (await this.#list()).some(({ path }) => portName(path) === wanted);
  }

  async #search(serialNumber: string): Promise<boolean> {
    const ports = await this.#list();
    // Where one with the same number has come meanwhile the number tells nothing any more: it is waited for where it was.
    const found =
      ports.find(port => port.serialNumber === serialNumber) ??
      ports.find(port => port.path === this.#path && port.serialNumber === null && idsOf(port) === this.#ids);
    if (!found) return false;
    this.#path = found.path;
    return true;
  }

  protected override connect(heard: ConnectionListener): Promise<Connection> {
    const { SerialPort } = serialport();
    const port = new SerialPort({ path: this.#path, baudRate, autoOpen: false, lock: true });
    const drop = (): void => {
      watch?.();
      port.removeAllListeners();
      // Its stuck write, where there is one, comes back as an error that nobody waits for any more.
      port.on('error', () => {});
      if (!port.isOpen) return;
      // What is stuck is thrown away: the system would wait 30 s for it (tty's closing_wait), and the process with it.
      port.flush(() => {
        if (port.isOpen) port.close(() => {});
      });
    };
    // serialport (13.0.0) notices an unplug while it waits for bytes. One that comes in the middle of a read it answers
    // by reading nothing, over and over, and never closes; but the device's name is gone.
    const path = this.#path;
    let watch: Cancel | null = null;
    const look = (): void => {
      if (existsSync(path)) watch = this.clock.at(this.clock.now() + lookEveryMs, look);
      else heard.lost('its device is gone');
    };
    port.on('data', (bytes: Buffer) => heard.data(bytes));
    port.on('close', () => heard.lost('the line closed'));
    port.on('error', error => heard.lost(error.message));
    return new Promise((resolve, reject) => {
      port.open(error => {
        if (error) {
          drop();
          reject(error);
          return;
        }
        // Windows has no such names; there an unplug ends the read.
        if (existsSync(path)) look();
        resolve({
          write: (bytes, written) => {
            port.write(Buffer.from(bytes), error => written(error ?? null));
          },
          drop,
        });
      });
    });
  }
}
