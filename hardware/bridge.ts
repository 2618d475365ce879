/**
 * A board behind a bridge: raw bytes over TCP, as ser2net and the serial bridges for ESP chips offer them.
 *
 * A bridge passes bytes and nothing else: opening it does not reset the board, and it may hold bytes back. The lease
 * bounds what that can do, and a LEASE that waited longer than 400 ms somewhere is refused by the board.
 */
import { type Socket, connect as tcpConnect } from 'node:net';
import type { Ms } from '../machines/vocabulary.ts';
import type { Clock } from '../src/time/clock.ts';
import { type Backoff, type Connection, type ConnectionListener, ReopeningLine } from './reopening.ts';

const connectWithinMs: Ms = 3000;
/** Bytes waiting in this process for the network: more is a bridge that has stopped reading. */
const mostWaitingBytes = 4096;

/** Where a bridge listens. `port` is 1 to 65535. */
export type BridgeAddress = Readonly<{ host: string; port: number }>;

/** The address of `tcp://host:port`; null where it is none. An IPv6 host stands in brackets. */
export function bridgeAddress(text: string): BridgeAddress | null {
  const found = /^tcp:\/\/(?:\[([0-9a-fA-F:.]+)\]|([^\s/:[\]]+)):(\d{1,5})\/?$/.exec(text);
  if (!found) return null;
  const [, six, name, digits] = found;
  const port = Number(digits);
  const host = six ?? name;
  return host !== undefined && port >= 1 && port <= 65_535 ? { host, port } : null;
}

/** A line to a bridge. It connects within 3 s or rejects, and comes back by itself after it was lost. */
export class BridgeLine extends ReopeningLine {
  /** Its address, as it is written. */
  readonly name: string;
  protected override readonly backoff: Backoff = [250, 500, 1000];
  readonly #address: BridgeAddress;

  constructor(address: BridgeAddress, clock: Clock) {
    super(clock);
    this.#address = address;
    this.name = `tcp://${address.host.includes(':') ? `[${address.host}]` : address.host}:${address.port}`;
  }

  protected override connect(heard: ConnectionListener): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket: Socket = tcpConnect({ ...this.#address, noDelay: true, keepAlive: true });
      const drop = (): void => {
        late();
        socket.removeAllListeners();
        socket.on('error', () => {});
        socket.destroy();
      };
      const late = this.clock.at(this.clock.now() + connectWithinMs, () => {
        drop();
        reject(new Error(`no answer within ${connectWithinMs / 1000} s`));
      });
      socket.on('data', (bytes: Buffer) => heard.data(bytes));
      socket.once('error', error => {
        drop();
        reject(error);
      });
      socket.once('connect', () => {
        late();
        socket.removeAllListeners('error');
        socket.on('error', error => heard.lost(error.message));
        socket.on('close', () => heard.lost('the bridge closed the line'));
        resolve({
          write: (bytes, written) => {
            if (socket.writableLength > mostWaitingBytes)
              written(new Error(`the bridge has stopped reading; ${socket.writableLength} bytes wait`));
            else socket.write(bytes, error => written(error ?? null));
          },
          drop,
        });
      });
    });
  }
}
