/**
 * The serial line into the board: what a host writes is queued and clocked in at line speed, one frame after the
 * other, whether or not the board listens. It knows nothing of resets: a real cable does not either.
 */

const bitsPerFrame = 10;

export class UartWire {
  readonly baud: number;
  private readonly frameCycles: number;
  private readonly capacity: number;
  private readonly queue: { byte: number; broken: boolean }[] = [];
  /** The end of the frame on the line; fractions are kept, so that long bursts keep their speed. */
  private endsAt = 0;

  constructor(clockHz: number, baud: number, capacity: number) {
    this.baud = baud;
    this.frameCycles = (bitsPerFrame * clockHz) / baud;
    this.capacity = capacity;
  }

  /** Frames not yet wholly sent. */
  get queued(): number {
    return this.queue.length;
  }

  /** The cycle by which the next frame will have arrived. */
  get nextCycle(): number | undefined {
    return this.queue.length > 0 ? Math.ceil(this.endsAt) : undefined;
  }

  /** Throws RangeError beyond the queue's capacity: whoever writes that much waits for nothing. */
  put(bytes: Uint8Array, nowCycle: number, broken: boolean): void {
    if (this.queue.length + bytes.length > this.capacity)
      throw new RangeError(
        `the line into the board holds ${this.capacity} bytes; ${this.queue.length} wait already`,
      );
    if (bytes.length > 0 && this.queue.length === 0)
      this.endsAt = Math.max(this.endsAt, nowCycle) + this.frameCycles;
    for (const byte of bytes) this.queue.push({ byte, broken });
  }

  /** Forgets every frame that has not wholly arrived. */
  cut(): void {
    this.queue.length = 0;
  }

  /** The frame that has arrived. */
  take(): Readonly<{ byte: number; broken: boolean }> | undefined {
    const frame = this.queue.shift();
    if (this.queue.length > 0) this.endsAt += this.frameCycles;
    return frame;
  }
}
