/** The serial port of an Uno in this very process. Bytes move while its owner calls `advanceTo`: lock-step. */
import { EmulatedPort } from './emulated-port.ts';
import type { Uno } from './uno.ts';

/**
 * A port without timers: nothing moves until `advanceTo`. Hand it to firmata-io as a transport, `open` it, and let time
 * pass in small steps, each followed by a turn of the event loop.
 */
export class UnoTransport extends EmulatedPort {
  /** The board at its other end. */
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

  /**
   * The host stands still until `ms`: the board goes on, and what it says meanwhile waits. The returned function tells
   * it, as an operating system does that has kept it.
   */
  standStill(ms: number): () => void {
    const waiting: Uint8Array[] = [];
    while (this.uno.nowMs < ms) {
      const { bytes } = this.uno.advanceTo(ms);
      if (bytes) waiting.push(bytes);
    }
    return () => {
      for (const bytes of waiting) this.receive(bytes);
    };
  }

  protected override put(bytes: Uint8Array): void {
    this.uno.write(bytes);
  }

  protected override cut(): void {
    this.uno.cutLine();
  }
}
