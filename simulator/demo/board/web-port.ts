/** The browser's own serial ports (Web Serial): as much of them as is used here, and a line on one, with every wait bounded. */
import type { Ms } from '../../../machines/vocabulary.ts';
import type { Clock } from '../../../src/time/clock.ts';

/** A port that a person has chosen. */
export type WebPort = Readonly<{
  open(options: Readonly<{ baudRate: number; bufferSize: number }>): Promise<void>;
  close(): Promise<void>;
  setSignals(lines: Readonly<{ dataTerminalReady: boolean; requestToSend: boolean }>): Promise<void>;
  getInfo(): Readonly<{ usbVendorId?: number; usbProductId?: number }>;
  /** Newer browsers say whether its device is there. */
  connected?: boolean;
  readable: ReadableStream<Uint8Array> | null;
  writable: WritableStream<Uint8Array> | null;
}>;

export type WebLine = Readonly<{
  /** Rejects where it is not on its way within a second. */
  write(bytes: Uint8Array): Promise<void>;
  /** DTR and RTS, which reset a board. Where there are none, nothing happens. */
  signal(on: boolean): Promise<void>;
  /** Never rejects, and takes three seconds at most. */
  close(): Promise<void>;
}>;

export type WebLineListener = Readonly<{
  heard(bytes: Uint8Array): void;
  /** The device is gone, or no more can be read. Not told where `close` was called. */
  ended(why: Error): void;
}>;

const openWithinMs: Ms = 5000;
const writeWithinMs: Ms = 1000;
const signalWithinMs: Ms = 500;
const closeWithinMs: Ms = 1000;
/** What may come while nobody reads: more than a board says in a page's answer. */
const bufferSize = 4096;
/** Faults of single bytes, a wrong speed for one, end a stream and not the line; so many in a row do. */
const mostFaults = 200;

/** What this comes to, or a rejection after so long. */
export function within<T>(clock: Clock, ms: Ms, promise: Promise<T>, what: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = (): void => reject(new Error(`${what} took longer than ${ms} ms`));
    const cancel = clock.at(clock.now() + ms, late);
    promise.finally(cancel).then(resolve, reject);
  });
}

/** Reads until it is over. Resolves with why. */
async function readAll(port: WebPort, on: (reader: Reader | null) => void, heard: WebLineListener['heard']) {
  let last: unknown = new Error('the port closed');
  for (let faults = 0; faults < mostFaults && port.readable; faults++) {
    const reader = port.readable.getReader();
    on(reader);
    try {
      for (;;) {
        const { value, done } = await reader.read();
        if (done) return last;
        faults = 0;
        heard(value);
      }
    } catch (error) {
      last = error;
    } finally {
      on(null);
      reader.releaseLock();
    }
  }
  return last;
}
type Reader = ReadableStreamDefaultReader<Uint8Array>;

/** Opens it. Rejects with the browser's error, or where that takes longer than five seconds. */
export async function openWebLine(
  port: WebPort,
  baudRate: number,
  clock: Clock,
  { heard, ended }: WebLineListener,
): Promise<WebLine> {
  const opening = port.open({ baudRate, bufferSize });
  try {
    await within(clock, openWithinMs, opening, 'opening the port');
  } catch (error) {
    // One that opens after all is nobody's.
    opening.then(() => port.close()).catch(() => {});
    throw error;
  }
  const writer = port.writable?.getWriter();
  if (!writer) throw new Error('the port cannot be written to');
  let reader: Reader | null = null;
  let isClosing = false;
  const hold = (now: Reader | null): void => {
    reader = now;
  };
  const reading = readAll(port, hold, heard).then(last => {
    if (!isClosing) ended(last instanceof Error ? last : new Error(String(last)));
  });
  // What fails is said by whoever reads or writes.
  writer.closed.catch(() => {});
  const quietly = (promise: Promise<unknown> | undefined, ms: Ms, what: string): Promise<unknown> =>
    within(clock, ms, promise ?? Promise.resolve(), what).catch(() => {});
  return {
    write: bytes => within(clock, writeWithinMs, writer.write(bytes), 'writing'),
    signal: async on => {
      const signals = port.setSignals({ dataTerminalReady: on, requestToSend: on });
      await quietly(signals, signalWithinMs, 'a signal');
    },
    close: async () => {
      isClosing = true;
      await quietly(reader?.cancel(), closeWithinMs, 'reading on');
      await quietly(reading, closeWithinMs, 'reading on');
      await quietly(writer.abort(), closeWithinMs, 'writing on');
      writer.releaseLock();
      await quietly(port.close(), closeWithinMs, 'closing');
    },
  };
}
