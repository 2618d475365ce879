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
import { Admission, PacedStarts } from './lan/admission.ts';

/** Key and certificate, as PEM. */
export type Identity = Readonly<{ key: string; cert: string }>;

const mostConnections = 100;
/** Of TLS handshakes one begins after another, this far apart. */
const handshakeGapMs: Ms = 10;
/** A connection on which nothing moves: nobody asks, or nobody reads the answer. Sockets and lines say something. */
const usualIdleMs: Ms = 15_000;
/** After its answer a connection waits so long for the next request. */
const keepAliveMs: Ms = 5000;
/** A request that dawdles is cut off; Node looks only twice a minute unless told. */
const requestTimes = { headersTimeout: 5000, requestTimeout: 10_000, connectionsCheckingInterval: 1000 };
/** From the network nobody stays longer than this without having asked for anything. */
const unprovenMs: Ms = 3000;

export type ListenerPorts = Readonly<{
  /** Absent: plain HTTP. */
  identity?: Identity;
  isLan: boolean;
  /** After so long a connection on which nothing moves is cut. */
  idleMs?: Ms;
  /** Whether a paired phone is at this address: some room is kept for those. */
  isKnown(address: string): boolean;
  request(request: IncomingMessage, response: ServerResponse): void;
  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void;
}>;

export class Listener {
  readonly #http: HttpServer | HttpsServer;
  readonly #secure: HttpsServer | null = null;
  #paced: PacedStarts<Socket> | null = null;
  #connections = 0;

  constructor({ identity, isLan, idleMs, isKnown, request, upgrade }: ListenerPorts) {
    const times = isLan ? { ...requestTimes, headersTimeout: unprovenMs } : requestTimes;
    if (identity) {
      this.#secure = createSecureServer(
        { ...times, ...identity, minVersion: 'TLSv1.2', handshakeTimeout: unprovenMs, pauseOnConnect: true },
        request,
      );
      this.#secure.on('tlsClientError', (_error, socket) => socket.destroy());
    }
    this.#http = this.#secure ?? createServer(times, request);
    this.#http.maxConnections = mostConnections;
    this.#http.timeout = idleMs ?? usualIdleMs;
    this.#http.keepAliveTimeout = Math.min(this.#http.timeout, keepAliveMs);
    (this.#http as NetServer).on('connection', (socket: Socket) => {
      this.#connections += 1;
      socket.once('close', () => {
        this.#connections -= 1;
      });
    });
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

  /** How many there are now. */
  get connections(): number {
    return this.#connections;
  }

  /** Shows another certificate from now on; who is connected stays so. */
  renew(identity: Identity): void {
    this.#secure?.setSecureContext({ ...identity, minVersion: 'TLSv1.2' });
  }

  close(): void {
    this.#paced?.clear();
    this.#http.close();
    this.#http.closeAllConnections();
  }

  /** Whoever is one too many is cut before anything of HTTP or TLS is done; the others begin one after another. */
  #boundEachAddress(isKnown: (address: string) => boolean): void {
    const admission = new Admission(isKnown, performance.now());
    const begins = this.#http.listeners('connection') as ((this: NetServer, socket: Socket) => void)[];
    const begin = (socket: Socket): void => {
      if (socket.destroyed) return;
      for (const each of begins) each.call(this.#http, socket);
    };
    const paced = new PacedStarts(handshakeGapMs, begin);
    this.#paced = paced;
    (this.#http as NetServer).removeAllListeners('connection');
    (this.#http as NetServer).on('connection', (socket: Socket) => {
      const leave = admission.admit(socket.remoteAddress ?? '', performance.now());
      if (!leave) {
        socket.destroy();
        return;
      }
      socket.once('close', leave);
      // Whoever breaks off while waiting is nobody's fault.
      socket.on('error', () => socket.destroy());
      if (this.#secure) paced.add(socket);
      else begin(socket);
    });
  }
}
