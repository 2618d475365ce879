/** A serial port of the browser's own (Web Serial), as bytes both ways for a session. */

import { boardWords } from '../../../machines/text/board.ts';
import { SystemClock } from '../../../src/time/system-clock.ts';
import { openWebLine, type WebPort } from './web-port.ts';

const words = boardWords.serial;
const baudRate = 57_600;

/** Browsers without it have no `navigator.serial`. */
type Serial = Readonly<{ requestPort(): Promise<WebPort> }>;

export type SerialPipe = Readonly<{
  write(bytes: Uint8Array): void;
  listen(heard: (bytes: Uint8Array) => void, ended: () => void): void;
  /** Resolves once the port is free, in three seconds at most. */
  close(): Promise<void>;
}>;

const serial = (): Serial | undefined => (navigator as unknown as { serial?: Serial }).serial;

/** Chromium tells what the page's own host allows; where it serves the controller too, the board is the controller's. */
type Policed = Readonly<{ featurePolicy?: Readonly<{ allowsFeature(name: string): boolean }> }>;

/** Where the page's host allows no serial port, none is offered. */
export const isSerialAllowed = (): boolean =>
  (document as Policed).featurePolicy?.allowsFeature('serial') ?? true;

/** Why this page may not ask for a port, with what to do; null where it may. */
export const whyNoSerial = (): string | null => (serial() === undefined ? words.missing : null);

const isNamed = (error: unknown, name: string): boolean =>
  error instanceof DOMException && error.name === name;

/** Asks the person for a port, in answer to a press. Rejects with a sentence for them. */
export async function choosePort(): Promise<WebPort> {
  const ports = serial();
  if (!ports) throw new Error(words.missing);
  return await ports.requestPort().catch((error: unknown) => {
    throw new Error(isNamed(error, 'NotFoundError') ? words.none : words.refused);
  });
}

/** Opens it for a session. Rejects with the browser's error: `board-trouble.ts` has the sentence. */
export async function openSerial(port: WebPort): Promise<SerialPipe> {
  let hear: (bytes: Uint8Array) => void = () => {};
  let end: () => void = () => {};
  const line = await openWebLine(port, baudRate, new SystemClock(), {
    heard: bytes => hear(bytes),
    ended: () => {
      end();
      // What was pulled out is let go of, or it could not be opened again.
      void line.close();
    },
  });
  return {
    // A write that fails is an unplugged board: the reader tells.
    write: bytes => void line.write(bytes).catch(() => {}),
    listen: (heard, ended) => {
      hear = heard;
      end = ended;
    },
    close: () => line.close(),
  };
}
