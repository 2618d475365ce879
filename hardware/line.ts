/**
 * A byte line to a board, as its port offers it: a serial port, a bridge, an emulated board. Only the shape.
 */
import type { EventEmitter } from 'node:events';

/**
 * Emits `open`, `close` (with an error where the device went away), `error` and `data` (Uint8Array). The line is
 * open or closed by its owner; the driver only listens and writes, and never writes while it is closed. What is
 * written is told as `wrote`.
 */
export interface ByteLine extends EventEmitter {
  /** Whether bytes pass now. */
  readonly isOpen: boolean;
  /** Takes bytes at once. `callback`: they have gone out, or why not. */
  write(bytes: Uint8Array, callback?: (error?: Error | null) => void): unknown;
  /** Breaks the connection from this side; it may come back by itself. */
  hangUp(why: string): void;
}
