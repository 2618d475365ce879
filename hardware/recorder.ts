/**
 * A driver without a board: it does what it is told by remembering it. `simulate --board none` runs on this.
 *
 * Its times are those of the emulated board as a session sees them, so that a script ends the same way on both.
 */
import type { Button, Frame, Ms } from '../machines/vocabulary.ts';
import type { Driver, DriverListener } from './driver.ts';

export type Recorded =
  | Readonly<{ type: 'arm' | 'hush' }>
  | Readonly<{ type: 'apply'; frame: NonNullable<Frame>; leaseMs: Ms }>;

export class Recorder implements Driver {
  /** The newest orders, at most this many: a long session must not fill the memory. */
  readonly #most: number;
  readonly orders: Recorded[] = [];
  readonly identity = null;
  lit = false;
  #listener: DriverListener | null = null;

  constructor(most = 0) {
    this.#most = most;
  }

  listen(listener: DriverListener): void {
    this.#listener = listener;
  }
  arm(): void {
    this.#note({ type: 'arm' });
  }
  apply(frame: NonNullable<Frame>, leaseMs: Ms): void {
    this.#note({ type: 'apply', frame, leaseMs });
  }
  hush(): void {
    this.#note({ type: 'hush' });
  }
  light(on: boolean): void {
    this.lit = on;
  }
  close(): void {
    this.#listener = null;
  }

  press(button: Button, down: boolean): void {
    this.#listener?.edge(button, down);
  }
  unplug(): void {
    this.#listener?.lost('unplugged');
  }
  replug(): void {
    this.#listener?.ready({ firmware: 'remembered', buildHash: '', epoch: 0 });
  }
  restart(): void {
    this.#listener?.restarted();
  }

  #note(order: Recorded): void {
    if (this.#most === 0) return;
    this.orders.push(order);
    if (this.orders.length > this.#most) this.orders.shift();
  }
}
