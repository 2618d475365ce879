/**
 * Credit: how many bytes the board's receive ring still takes, as far as this side can know.
 *
 * The ring has 127 places (firmware/tactus/receiver.h). STATUS says how many are free; what was written so lately
 * that it may still be under way is taken off. What does not fit waits as one newest frame, never as a queue of old
 * ones: a dead line must not fill with commands that a cable brings to life again. A stop waits for nothing.
 */
import type { Ms } from '../machines/vocabulary.ts';

/** Places of the ring in the firmware. */
export const ringBytes = 127;

/** From a write to a STATUS that knows of it: 16 ms of an FTDI chip's latency timer each way, and 6 ms of STATUS. */
const underWayMs: Ms = 40;

const mostEntries = 256;

export class Credit {
  #free = ringBytes;
  #written: { at: Ms; bytes: number }[] = [];

  /** Bytes that may be written now. Negative where more was written than fits. */
  get room(): number {
    return this.#written.reduce((room, { bytes }) => room - bytes, this.#free);
  }

  wrote(bytes: number, at: Ms): void {
    const last = this.#written.at(-1);
    // One entry a millisecond at most: what is under way stays short.
    if (last && at - last.at < 1) last.bytes += bytes;
    else this.#written.push({ at, bytes });
    // A board that never says STATUS is another firmware: nothing is held back from it, and nothing kept of it.
    if (this.#written.length > mostEntries) this.#written.shift();
  }

  /** A STATUS has come: what was written before it was composed is in its count. */
  heard(free: number, at: Ms): void {
    this.#free = Math.min(ringBytes, free);
    this.#written = this.#written.filter(written => at - written.at < underWayMs);
  }

  /** The line is new: nothing is under way. */
  reset(): void {
    this.#free = ringBytes;
    this.#written = [];
  }
}
