/**
 * A driver without a board: it does what it is told by remembering it. `simulate --board none` runs on this.
 *
 * Its times are those of the emulated board as a session sees them, so that a script ends the same way on both.
 */
import { type Button, buttons, type Frame, type Ms } from '../machines/vocabulary.ts';
import type { Driver, DriverListener } from './driver.ts';

export type Recorded =
  | Readonly<{ type: 'arm' | 'hush' }>
  | Readonly<{ type: 'apply'; frame: NonNullable<Frame>; leaseMs: Ms }>;

export class Recorder implements Driver {
  /** The newest orders, at most this many: a long session must not fill the memory. */
  readonly #most: number;
  readonly orders: Recorded[] = [];
  readonly identity = null;
  /** Nothing is ever driven here. */
  readonly silence = 'confirmed';
  lit = false;
  /** Whether the line is there. Without it nothing of the board is heard. */
  plugged = true;
  readonly #down = new Set<Button>();
  readonly #told = new Set<Button>();
  #listener: DriverListener | null = null;

  constructor(most = 0) {
    this.#most = most;
  }

  get isPresent(): boolean {
    return this.plugged;
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
  calibrate(): void {}
  close(): void {
    this.#listener = null;
  }

  press(button: Button, down: boolean): void {
    if (down) this.#down.add(button);
    else this.#down.delete(button);
    if (this.plugged) this.#tell(button);
  }
  unplug(): void {
    if (!this.plugged) return;
    this.plugged = false;
    this.#listener?.lost('unplugged');
  }
  /** The line is back; the board has yet to start and to come ready. */
  replug(): void {
    this.plugged = true;
  }
  /** It feels its buttons again: what a finger did meanwhile is told now. */
  feel(): void {
    if (this.plugged) for (const button of buttons) this.#tell(button);
  }
  ready(): void {
    if (this.plugged) this.#listener?.ready({ firmware: 'remembered', buildHash: '', epoch: 0 });
  }
  restart(): void {
    if (this.plugged) this.#listener?.restarted();
  }

  #tell(button: Button): void {
    const isDown = this.#down.has(button);
    if (isDown === this.#told.has(button)) return;
    if (isDown) this.#told.add(button);
    else this.#told.delete(button);
    this.#listener?.edge(button, isDown);
  }

  #note(order: Recorded): void {
    if (this.#most === 0) return;
    this.orders.push(order);
    if (this.orders.length > this.#most) this.orders.shift();
  }
}
