/**
 * What Johnny-Five and firmata-io take for granted of Node, for a worker in a browser. To be imported first.
 *
 * `setImmediate` comes after all promises, as Node's does: co-simulation waits for it once after the board has said
 * something.
 */

type Run = (...values: unknown[]) => void;
const waiting: (() => void)[] = [];
const { port1, port2 } = new MessageChannel();
port1.onmessage = () => waiting.shift()?.();

function setImmediateHere(run: Run, ...values: unknown[]): void {
  waiting.push(() => run(...values));
  port2.postMessage(null);
}

/** Text of a board's name: all that firmata-io asks of a Buffer. */
class ByteText extends Uint8Array {
  writeUInt8(value: number, offset: number): void {
    this[offset] = value;
  }

  override toString(): string {
    return new TextDecoder('latin1').decode(this);
  }
}

Object.assign(globalThis, {
  global: globalThis,
  setImmediate: setImmediateHere,
  Buffer: {
    from: (bytes: ArrayLike<number>) => ByteText.from(bytes),
    alloc: (length: number) => new ByteText(length),
  },
  process: {
    env: {},
    versions: {},
    platform: 'browser',
    argv: [],
    nextTick: (run: Run, ...values: unknown[]) => queueMicrotask(() => run(...values)),
    hrtime: (since?: readonly [number, number]) => {
      const now = performance.now();
      const [seconds, nanos] = [Math.floor(now / 1000), Math.round((now % 1000) * 1e6)];
      return since ? [seconds - since[0], nanos - since[1]] : [seconds, nanos];
    },
    on: () => {},
  },
});
