/**
 * Paces a board in real time. It knows neither Node nor browser: time, wake-ups and listeners are handed in.
 *
 * The board's time follows the wall by absolute deadlines, so that lateness of one wake-up is not carried to the
 * next. After a stall it does not race to catch up, which would play old bytes at a speed no board has: it skips
 * forward and says so.
 */
import type { Button } from '../../machines/vocabulary.ts';
import type { EmulatedBoard } from './emulated-board.ts';
import { Fingers } from './fingers.ts';
import type { ScopeEvent } from './scope.ts';
import type { Drive, ResetCause } from './uno.ts';

export type PacedEvent =
  | Readonly<{ type: 'bytes'; atMs: number; bytes: Uint8Array }>
  | Readonly<{ type: 'scope'; event: ScopeEvent }>
  | Readonly<{ type: 'reset'; atMs: number; cause: ResetCause }>
  | Readonly<{ type: 'stalled'; atMs: number; skippedMs: number }>
  | Readonly<{ type: 'refused'; reason: string }>;

export type RealTimePorts = Readonly<{
  /** Milliseconds of a clock that never goes back. */
  now: () => number;
  /** Calls once, `delayMs` from now. Returns how to call it off. */
  schedule: (run: () => void, delayMs: number) => () => void;
  post: (event: PacedEvent) => void;
  /** How often the board catches up with the wall, where that need not be each millisecond. */
  everyMs?: number;
}>;

const finestMs = 1;
/** Behind by more than this, the board skips forward. */
export const catchUpMs = 100;

export class Paced {
  private readonly board: EmulatedBoard;
  private readonly surroundings: RealTimePorts;
  /** Wall time at which the board's time was 0. */
  private origin = 0;
  private deadline = 0;
  private callOff: (() => void) | undefined;
  private readonly fingers: Fingers;
  private readonly stepMs: number;

  constructor(board: EmulatedBoard, surroundings: RealTimePorts) {
    this.board = board;
    this.surroundings = surroundings;
    this.stepMs = surroundings.everyMs ?? finestMs;
    this.fingers = new Fingers((button, down) => (down ? board.press(button) : board.release(button)));
    board.scope.subscribe(event => surroundings.post({ type: 'scope', event }));
    board.onReset = cause => surroundings.post({ type: 'reset', atMs: board.nowMs, cause });
  }

  /** From now on the board keeps pace. */
  start(): void {
    if (this.callOff) return;
    this.deadline = this.surroundings.now();
    this.origin = this.deadline - this.board.nowMs;
    this.plan();
  }

  /** The board stands still until started again; its time does not go on. */
  stop(): void {
    this.callOff?.();
    this.callOff = undefined;
  }

  /** From the present moment on, not from that of the last step. */
  write(bytes: Uint8Array): void {
    this.catchUp();
    try {
      this.board.write(bytes);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.surroundings.post({ type: 'refused', reason: error.message });
    }
  }

  setPin(pin: number, drive: Drive): void {
    this.catchUp();
    this.board.setPin(pin, drive);
  }

  press(button: Button): void {
    this.catchUp();
    this.fingers.put(button, true, this.board.nowMs);
  }

  /** No sooner than a press can be seen by the board, however soon it is said. */
  release(button: Button): void {
    this.catchUp();
    this.fingers.put(button, false, this.board.nowMs);
  }

  reset(cause: ResetCause): void {
    this.catchUp();
    this.board.reset(cause);
  }

  cutLine(): void {
    this.catchUp();
    this.board.cutLine();
  }

  private plan(): void {
    const delayMs = Math.max(0, this.deadline - this.surroundings.now());
    this.callOff = this.surroundings.schedule(() => {
      this.catchUp();
      // The next point of the grid: late wake-ups are not made up for by a burst of early ones.
      const missed = Math.max(0, Math.floor((this.surroundings.now() - this.deadline) / this.stepMs));
      this.deadline += (missed + 1) * this.stepMs;
      this.plan();
    }, delayMs);
  }

  private catchUp(): void {
    if (!this.callOff) return;
    const { board, surroundings } = this;
    const target = surroundings.now() - this.origin;
    const behindMs = target - board.nowMs;
    if (behindMs > catchUpMs) {
      this.origin += behindMs;
      surroundings.post({ type: 'stalled', atMs: board.nowMs, skippedMs: behindMs });
      return;
    }
    while (board.nowMs < target) {
      const { bytes, nowMs } = board.advanceTo(Math.min(target, Math.max(board.nowMs, this.fingers.dueMs)));
      if (bytes) surroundings.post({ type: 'bytes', atMs: nowMs, bytes });
      this.fingers.tick(nowMs);
    }
  }
}
