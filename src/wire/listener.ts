/** One address that is listened on: HTTP or HTTPS, with the limits that hold for everyone there. */
import {
  createServer,
  type Server as HttpServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { createServer as createSecureServer, type Server as HttpsServer } from 'node:https';
import type { Server as NetServer, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Ms } from '../../machines/vocabulary.ts';
import { EachAddress } from './attempts.ts';
import { MessageBudget } from './budget.ts';

/** Key and certificate, as PEM. */
export type Identity = Readonly<{ key: string; cert: string }>;

const mostConnections = 100;
/** Of the network, of addresses at which no paired phone is: the others find room. */
const mostStrangers = 50;
/** New connections that one address may begin at once, and a second: each costs a TLS handshake. */
const connectionsAtOnce = 30;
const connectionsPerSecond = 5;
/** The same of all strangers together. */
const strangersAtOnce = 40;
const strangersPerSecond = 20;
/** A connection on which nothing moves: nobody asks, or nobody reads the answer. Sockets and lines say something. */
const idleMs: Ms = 15_000;
/** Of the network one address may not take all of them. A browser opens six at once, and two pages may be open. */
const mostOfOneAddress = 20;
/** A request that dawdles is cut off; Node looks only twice a minute unless told. */
const requestTimes = { headersTimeout: 5000, requestTimeout: 10_000, connectionsCheckingInterval: 1000 };
/** From the network nobody stays longer than this without having asked for anything. */
const unprovenMs: Ms = 3000;

export type ListenerPorts = Readonly<{
  /** Absent: plain HTTP. */
  identity?: Identity;
  isLan: boolean;
  /** Whether a paired phone is at this address: some room is kept for those. */
  isKnown(address: string): boolean;
  request(request: IncomingMessage, response: ServerResponse): void;
  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void;
}>;

export class Listener {
  readonly #http: HttpServer | HttpsServer;
  readonly #secure: HttpsServer | null = null;

  constructor({ identity, isLan, isKnown, request, upgrade }: ListenerPorts) {
    const times = isLan ? { ...requestTimes, headersTimeout: unprovenMs } : requestTimes;
    if (identity) {
      this.#secure = createSecureServer(
        { ...times, ...identity, minVersion: 'TLSv1.2', handshakeTimeout: unprovenMs },
        request,
      );
      this.#secure.on('tlsClientError', (_error, socket) => socket.destroy());
    }
    this.#http = this.#secure ?? createServer(times, request);
    this.#http.maxConnections = mostConnections;
    this.#http.timeout = idleMs;
    this.#http.on('upgrade', upgrade);
    this.#http.on('clientError', (_error, socket) => socket.destroy());
    if (isLan) this.#boundEachAddress(isKnown);
  }

  /** Resolves with the port it got. Rejects with the system's error (EADDRINUSE, EACCES, EADDRNOTAVAIL). */
  async listen(port: number, host: string): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#http.once('error', reject);
      this.#http.listen(port, host, () => {
        this.#http.off('error', reject);
        resolve();
      });
    });
    const address = this.#http.address();
    return typeof address === 'object' && address !== null ? address.port : port;
  }

  /** Shows another certificate from now on; who is connected stays so. */
  renew(identity: Identity): void {
    this.#secure?.setSecureContext({ ...identity, minVersion: 'TLSv1.2' });
  }

  close(): void {
    this.#http.close();
    this.#http.closeAllConnections();
  }

  /** Strangers are bounded by how many they are and how fast they come; who is known, by the former alone. */
  #boundEachAddress(isKnown: (address: string) => boolean): void {
    const open = new Map<string, number>();
    const begun = new EachAddress<MessageBudget>();
    const all = new MessageBudget(strangersPerSecond, strangersAtOnce, performance.now());
    let strangers = 0;
    // Before anything of TLS is done for it.
    (this.#http as NetServer).prependListener('connection', (socket: Socket) => {
      const address = socket.remoteAddress ?? '';
      const now = performance.now();
      const isStranger = !isKnown(address);
      const count = (open.get(address) ?? 0) + 1;
      const budget = begun.get(
        address,
        () => new MessageBudget(connectionsPerSecond, connectionsAtOnce, now),
      );
      const isTooMany =
        count > mostOfOneAddress ||
        (isStranger && (strangers >= mostStrangers || !budget.take(now) || !all.take(now)));
      if (isTooMany) {
        socket.destroy();
        return;
      }
      open.set(address, count);
      if (isStranger) strangers += 1;
      socket.once('close', () => {
        if (isStranger) strangers -= 1;
        const left = (open.get(address) ?? 1) - 1;
        if (left > 0) open.set(address, left);
        else open.delete(address);
      });
    });
  }
}
