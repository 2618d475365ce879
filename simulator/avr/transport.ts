/** The serial port of an Uno in this very process. Bytes move while its owner calls `advanceTo`: lock-step. */
import { EmulatedPort } from './emulated-port.ts';
import type { Uno } from './uno.ts';

export class UnoTransport extends EmulatedPort {
  readonly uno: Uno;

  constructor(uno: Uno) {
    super();
    this.uno = uno;
  }

  /**
   * Runs the board until `ms`, or until it has said something, which is emitted as `data` before this returns:
   * what listeners write in answer goes out from then. Returns the board's time.
   */
  advanceTo(ms: number): number {
    const { nowMs, bytes } = this.uno.advanceTo(ms);
    if (bytes) this.receive(bytes);
    return nowMs;
  }

  protected override put(bytes: Uint8Array): void {
    this.uno.write(bytes);
  }

  protected override cut(): void {
    this.uno.cutLine();
  }
}
