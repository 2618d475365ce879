/**
 * A serial port of the browser's own for a page of a test: `navigator.serial` gives the page a port behind which an
 * emulated board runs in this process, in real time. Opening it resets the board, and so does DTR let go and taken.
 */
import type { Page } from 'playwright-core';
import type { BoardEnd } from '../../simulator/avr/serial-board.ts';
import type { Clock } from '../../src/time/clock.ts';
import { SystemClock } from '../../src/time/system-clock.ts';
import { type BoardKindOptions, boardOn, type PluggedBoard } from './serial-board.ts';

/** What the browser makes of the next wish for a port: what a person does with its list, or what it cannot do. */
export type PortAnswer = 'chosen' | 'none' | 'refused' | 'taken';

type InPage = Readonly<{ portArrived(bytes: number[]): void; portGone(): void }>;

export type PageSerial = PluggedBoard &
  Readonly<{
    /** Until it is said otherwise. At first it is `chosen`. */
    answer(how: PortAnswer): Promise<void>;
    /** The cable is pulled: the page is told, and the board hears and says nothing more. */
    pull(): Promise<void>;
    /** How the page opened the port and set its lines, in order: `open 57600`, `low`, `high`, `close`. */
    told: readonly string[];
  }>;

export type PageSerialOptions = BoardKindOptions &
  Readonly<{
    /** What its USB says of it; otherwise an Arduino Uno's. */
    vendorId?: number;
    productId?: number;
  }>;

/** Real time, in which what waits is let go on at once by `hurry`: an answer need not wait for the next look at a line. */
function hurriedClock(): Clock & Readonly<{ hurry(): void }> {
  const system = new SystemClock();
  const waiting = new Set<() => void>();
  return {
    now: () => system.now(),
    at: (deadline, run) => {
      const stop = system.at(deadline, () => go());
      const leave = (): void => {
        stop();
        waiting.delete(go);
      };
      const go = (): void => {
        leave();
        run();
      };
      waiting.add(go);
      return leave;
    },
    hurry: () => {
      for (const go of [...waiting]) go();
    },
  };
}

/** To be called before the page goes anywhere. `unplug` ends the board. */
export async function giveSerial(
  page: Page,
  { vendorId = 0x2341, productId = 0x0043, ...options }: PageSerialOptions = {},
): Promise<PageSerial> {
  const told: string[] = [];
  let toBoard: number[] = [];
  let baud = 0;
  let wasReset = false;
  let isLow = false;
  /** What is said while somebody waits for it. */
  let answer: number[] | null = null;
  const clock = hurriedClock();
  const inPage = (call: keyof InPage, bytes: readonly number[] = []): Promise<void> =>
    page
      .evaluate(
        ([name, all]) =>
          (globalThis as unknown as Record<string, (bytes: readonly number[]) => void>)[name]?.(all),
        [call, bytes] as const,
      )
      // A page that is closing hears no more.
      .catch(() => {});
  const end: BoardEnd = {
    read: () => {
      if (baud === 0 || wasReset) {
        wasReset = false;
        return null;
      }
      const bytes = Uint8Array.from(toBoard);
      toBoard = [];
      return bytes;
    },
    write: bytes => {
      if (answer) answer.push(...bytes);
      else void inPage('portArrived', [...bytes]);
    },
    get baud() {
      return baud;
    },
    close: () => {
      baud = 0;
    },
  };
  await page.exposeFunction('portOpened', (speed: number) => {
    told.push(`open ${speed}`);
    baud = speed;
    wasReset = true;
  });
  await page.exposeFunction('portClosed', () => {
    told.push('close');
    baud = 0;
    toBoard = [];
  });
  await page.exposeFunction('portSignals', (high: boolean) => {
    told.push(high ? 'high' : 'low');
    if (isLow && high) wasReset = true;
    isLow = !high;
  });
  await page.exposeFunction('portWritten', (bytes: number[]) => {
    toBoard.push(...bytes);
    answer = [];
    clock.hurry();
    const said = answer;
    answer = null;
    return said;
  });
  await page.addInitScript(script(vendorId, productId));
  const plugged = boardOn(end, 'navigator.serial', clock, options);
  return {
    ...plugged,
    told,
    answer: how => page.evaluate(next => void Object.assign(globalThis, { portAnswer: next }), how),
    pull: async () => {
      plugged.unplug();
      await inPage('portGone');
    },
  };
}

/** What the page is given. It is text: what tests are compiled with would leave names in it that no page knows. */
const script = (vendorId: number, productId: number): string => `{
  const lost = () => new DOMException('The device has been lost.', 'NetworkError');
  let controller = null;
  const port = {
    connected: true,
    readable: null,
    writable: null,
    getInfo: () => ({ usbVendorId: ${vendorId}, usbProductId: ${productId} }),
    open: async ({ baudRate }) => {
      if (port.readable) throw new DOMException('The port is already open.', 'InvalidStateError');
      if (globalThis.portAnswer === 'taken' || !port.connected)
        throw new DOMException('Failed to open serial port.', 'NetworkError');
      await portOpened(baudRate);
      port.readable = new ReadableStream({
        start: own => { controller = own; },
        cancel: () => { controller = null; },
      });
      port.writable = new WritableStream({
        // As with a port that has a buffer of its own: the next bytes do not wait until the board has had these.
        write: async bytes => {
          if (!port.connected) throw lost();
          void portWritten([...bytes]).then(said => said.length > 0 && globalThis.portArrived(said));
        },
      });
    },
    setSignals: async ({ dataTerminalReady }) => {
      if (!port.connected) throw lost();
      await portSignals(dataTerminalReady);
    },
    close: async () => {
      if (port.readable?.locked || port.writable?.locked) throw new TypeError('a stream is locked');
      port.readable = null;
      port.writable = null;
      await portClosed();
    },
  };
  globalThis.portArrived = bytes => controller?.enqueue(Uint8Array.from(bytes));
  globalThis.portGone = () => {
    port.connected = false;
    controller?.error(lost());
    controller = null;
    port.readable = null;
    port.writable = null;
  };
  Object.defineProperty(navigator, 'serial', {
    value: {
      requestPort: async () => {
        if (!navigator.userActivation.isActive) throw new DOMException('no press', 'SecurityError');
        if (globalThis.portAnswer === 'none') throw new DOMException('No port selected by the user.', 'NotFoundError');
        if (globalThis.portAnswer === 'refused') throw new DOMException('policy', 'SecurityError');
        return port;
      },
      getPorts: async () => [port],
    },
  });
}`;
