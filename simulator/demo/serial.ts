/** A serial port of the browser's own (Web Serial), as bytes both ways. */

import { catalogue } from '../../machines/text/text.ts';

const words = catalogue.page.serial;
const baudRate = 57_600;

/** The parts of Web Serial that are used here; browsers without it have no `navigator.serial`. */
type SerialPort = Readonly<{
  open(options: Readonly<{ baudRate: number }>): Promise<void>;
  close(): Promise<void>;
  readable: ReadableStream<Uint8Array> | null;
  writable: WritableStream<Uint8Array> | null;
}>;
type Serial = Readonly<{ requestPort(): Promise<SerialPort> }>;

export type SerialPipe = Readonly<{
  write(bytes: Uint8Array): void;
  listen(heard: (bytes: Uint8Array) => void, ended: () => void): void;
  close(): void;
}>;

const serial = (): Serial | undefined => (navigator as unknown as { serial?: Serial }).serial;

/** Chromium tells what the page's own host allows; where it serves the controller too, the board is the controller's. */
type Policed = Readonly<{ featurePolicy?: Readonly<{ allowsFeature(name: string): boolean }> }>;

export const canUseSerial = (): boolean =>
  serial() !== undefined && ((document as Policed).featurePolicy?.allowsFeature('serial') ?? true);

const isNamed = (error: unknown, name: string): boolean =>
  error instanceof DOMException && error.name === name;

/** Asks the person for a port. Rejects, with a sentence for them, where they choose none, or where it cannot be opened. */
export async function openSerial(): Promise<SerialPipe> {
  const ports = serial();
  if (!ports) throw new Error(words.missing);
  const port = await ports.requestPort().catch((error: unknown) => {
    throw new Error(isNamed(error, 'NotFoundError') ? words.none : words.refused);
  });
  await port.open({ baudRate }).catch(() => {
    throw new Error(words.taken);
  });
  const reader = port.readable?.getReader();
  const writer = port.writable?.getWriter();
  if (!reader || !writer) throw new Error(words.taken);
  const close = (): void => {
    void reader
      .cancel()
      .catch(() => {})
      .then(() => {
        reader.releaseLock();
        return writer.close();
      })
      .catch(() => {})
      .then(() => port.close())
      .catch(() => {});
  };
  return {
    // A write that fails is an unplugged board: the reader tells.
    write: bytes => void writer.write(bytes).catch(() => {}),
    listen: (heard, ended) => {
      const read = async (): Promise<void> => {
        for (;;) {
          const { value, done } = await reader.read();
          if (done) break;
          heard(value);
        }
      };
      // What was pulled out is let go of, or it could not be opened again.
      const over = (): void => {
        ended();
        close();
      };
      void read().then(over, over);
    },
    close,
  };
}
