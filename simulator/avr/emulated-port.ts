/**
 * The serial port of an emulated board, in the shape that firmata-io asks of a transport: `open`, `close`, `error`
 * and `data` events and `write(buffer, callback)`; with the faults of a real one on demand. It has no timer. Whoever
 * wants to see what the host says listens to `wrote`.
 */
import { EventEmitter } from 'node:events';

/** Which way bytes go. */
export type LineDirection = 'toBoard' | 'toHost';

/** What serialport says when a device goes away; `disconnected` is how its listeners tell that from a close. */
export class UnpluggedError extends Error {
  override readonly name = 'UnpluggedError';
  readonly disconnected = true;

  constructor(message = 'the emulated board was unplugged') {
    super(message);
  }
}

/** They have gone out, or why not. */
export type WriteCallback = (error?: Error | null) => void;

/**
 * What every emulated port can do: the shape of a serialport for firmata-io, with the faults of a cable on demand. It
 * emits `open`, `close` (with UnpluggedError after an unplug), `data` (Uint8Array) and `wrote`.
 */
export abstract class EmulatedPort extends EventEmitter {
  private openNow = false;
  private readonly toLose: Record<LineDirection, number> = { toBoard: 0, toHost: 0 };

  /** Puts bytes on the line into the board. Throws RangeError where its queue is full. */
  protected abstract put(bytes: Uint8Array): void;
  /** The cable is pulled: what is under way is lost. */
  protected abstract cut(): void;

  /** Whether bytes pass now. */
  get isOpen(): boolean {
    return this.openNow;
  }

  /** Plugs it in and emits `open` before this returns: attach the listeners first. */
  open(): void {
    if (this.openNow) return;
    this.openNow = true;
    this.emit('open');
  }

  /** The host closes the port. */
  close(callback?: WriteCallback): void {
    if (this.openNow) this.leave();
    queueMicrotask(() => callback?.(null));
  }

  /** Nothing passes any more; what was under way is lost. The board stays powered: it does not start anew. */
  unplug(): void {
    if (this.openNow) this.leave(new UnpluggedError());
  }

  /** The host breaks the connection: to the board it is as if unplugged. `hungUp` lets its owner plug it in again. */
  hangUp(): void {
    if (!this.openNow) return;
    this.unplug();
    this.emit('hungUp');
  }

  /** Plugged in again. Opening a real Uno's port also resets it: `reset('external')` does that. */
  replug(): void {
    this.open();
  }

  /** Loses the next `count` bytes in a direction. */
  lose(direction: LineDirection, count: number): void {
    this.toLose[direction] += count;
  }

  /**
   * Host to board. `callback` follows in a microtask, with an error where the port is closed or its 4096 bytes are
   * full.
   */
  write(bytes: Uint8Array, callback?: WriteCallback): void {
    const error = this.openNow ? this.pass(bytes) : new Error('write to an emulated port that is not open');
    if (!error) this.emit('wrote', bytes);
    queueMicrotask(() => callback?.(error));
  }

  /** The board has said this. */
  protected receive(bytes: Uint8Array): void {
    if (!this.openNow) return;
    const kept = this.keep(bytes, 'toHost');
    if (kept.length > 0) this.emit('data', kept);
  }

  protected leave(error?: UnpluggedError): void {
    this.openNow = false;
    this.cut();
    this.emit('close', error);
  }

  private pass(bytes: Uint8Array): Error | null {
    try {
      this.put(this.keep(bytes, 'toBoard'));
      return null;
    } catch (error) {
      if (error instanceof RangeError) return error;
      throw error;
    }
  }

  private keep(bytes: Uint8Array, direction: LineDirection): Uint8Array {
    const lost = Math.min(this.toLose[direction], bytes.length);
    this.toLose[direction] -= lost;
    return bytes.subarray(lost);
  }
}
