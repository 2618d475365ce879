/** A serial port of the browser's own (Web Serial), as bytes both ways. */

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

/** Asks the person for a port. Rejects where they choose none, or where it cannot be opened. */
export async function openSerial(): Promise<SerialPipe> {
  const ports = serial();
  if (!ports) throw new Error('this browser has no serial ports');
  const port = await ports.requestPort();
  await port.open({ baudRate });
  const reader = port.readable?.getReader();
  const writer = port.writable?.getWriter();
  if (!reader || !writer) throw new Error('the port opened without its streams');
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
      void read().then(ended, ended);
    },
    close: () => {
      void reader
        .cancel()
        .then(() => writer.close())
        .then(() => port.close())
        .catch(() => {});
    },
  };
}
