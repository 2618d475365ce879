/** A serial port as a browser gives it (Web Serial), on a wire in memory: in virtual time, with a board at its other end. */
import type { Connection } from '../../hardware/reopening.ts';
import type { WebPort } from '../../simulator/demo/board/web-port.ts';
import type { Wire } from './wire.ts';

const lost = (): DOMException => new DOMException('The device has been lost.', 'NetworkError');

export type WebPortOptions = Readonly<{
  /** What its USB says of it. */
  vendorId?: number;
  productId?: number;
  /** The cable is pulled once so many bytes have gone over it, both ways counted together. */
  cutAfterBytes?: number;
  /** Another program has it. */
  isTaken?: boolean;
  /** A browser's promise that never comes to anything: of this. */
  hangs?: 'open' | 'write' | 'setSignals' | 'close';
}>;

const never = (): Promise<never> => new Promise(() => {});

export class WireWebPort implements WebPort {
  connected = true;
  readable: ReadableStream<Uint8Array> | null = null;
  writable: WritableStream<Uint8Array> | null = null;
  /** Bytes that have gone over it. */
  passed = 0;
  /** How it was opened, and its lines set: `open 115200`, `low`, `high`, `close`. */
  readonly told: string[] = [];
  readonly #wire: Wire;
  readonly #powerGoes: () => void;
  readonly #options: WebPortOptions;
  #connection: Connection | null = null;
  #controller: ReadableStreamDefaultController<Uint8Array> | null = null;
  #baud = 0;
  #isLow = false;

  /** `powerGoes`: what the board does when its cable is pulled. */
  constructor(wire: Wire, options: WebPortOptions = {}, powerGoes: () => void = () => {}) {
    this.#wire = wire;
    this.#powerGoes = powerGoes;
    this.#options = options;
  }

  getInfo() {
    const { vendorId, productId } = this.#options;
    return {
      ...(vendorId !== undefined && { usbVendorId: vendorId }),
      ...(productId !== undefined && { usbProductId: productId }),
    };
  }

  async open({ baudRate }: { baudRate: number }): Promise<void> {
    this.told.push(`open ${baudRate}`);
    if (this.#options.hangs === 'open') await never();
    if (this.readable) throw new DOMException('The port is already open.', 'InvalidStateError');
    if (this.#options.isTaken || !this.connected)
      throw new DOMException('Failed to open serial port.', 'NetworkError');
    this.#baud = baudRate;
    this.#connect();
    this.readable = new ReadableStream({
      start: controller => {
        this.#controller = controller;
      },
      cancel: () => {
        this.#controller = null;
      },
    });
    this.writable = new WritableStream({
      write: bytes => this.#write(bytes),
    });
  }

  async setSignals({ dataTerminalReady }: { dataTerminalReady: boolean }): Promise<void> {
    this.told.push(dataTerminalReady ? 'high' : 'low');
    if (this.#options.hangs === 'setSignals') await never();
    if (!this.connected) throw lost();
    // Let go and taken again: the capacitor at the chip's reset makes a reset of it, as opening does.
    if (this.#isLow && dataTerminalReady) {
      this.#connection?.drop();
      this.#connect();
    }
    this.#isLow = !dataTerminalReady;
  }

  async close(): Promise<void> {
    this.told.push('close');
    if (this.#options.hangs === 'close') await never();
    if (this.readable?.locked || this.writable?.locked) throw new TypeError('a stream is still locked');
    this.#connection?.drop();
    this.#connection = null;
    this.readable = null;
    this.writable = null;
  }

  /** The cable goes, and the board's power with it. */
  pull(): void {
    if (!this.connected) return;
    this.connected = false;
    this.#powerGoes();
    this.#gone();
  }

  #gone(): void {
    this.#connection = null;
    this.#controller?.error(lost());
    this.#controller = null;
    this.readable = null;
    this.writable = null;
  }

  #connect(): void {
    this.#connection = this.#wire.open(this.#baud, {
      data: bytes => this.#heard(bytes),
      lost: () => {
        this.connected = false;
        this.#gone();
      },
    });
  }

  /** As much of it as still passes. */
  #pass(bytes: Uint8Array): Uint8Array {
    const left = (this.#options.cutAfterBytes ?? Number.POSITIVE_INFINITY) - this.passed;
    const passing = bytes.subarray(0, Math.max(0, left));
    this.passed += passing.length;
    return passing;
  }

  get #isCut(): boolean {
    return this.passed >= (this.#options.cutAfterBytes ?? Number.POSITIVE_INFINITY);
  }

  #heard(bytes: Uint8Array): void {
    const passing = this.#pass(bytes);
    if (passing.length > 0) this.#controller?.enqueue(passing);
    // What has come is read before the loss of it is seen.
    if (this.#isCut) queueMicrotask(() => this.pull());
  }

  async #write(bytes: Uint8Array): Promise<void> {
    if (this.#options.hangs === 'write') await never();
    if (!this.#connection) throw lost();
    this.#connection.write(this.#pass(bytes), () => {});
    if (this.#isCut) {
      this.pull();
      throw lost();
    }
  }
}
