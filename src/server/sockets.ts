/** The sockets there are: accepted within their bounds, asked now and then whether anybody is there. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { answerWords } from '../../machines/text/answers.ts';
import type { Ms } from '../../machines/vocabulary.ts';
import type { Clock } from '../time/clock.ts';
import type { RefusedStatus } from './handshake.ts';
import type { Guest } from './lan/pairing.ts';
import { unpairedCode } from './lan/phone-messages.ts';
import { messageBytes } from './messages.ts';
import { addressOf } from './requests.ts';
import type { Client, Viewers } from './viewers.ts';

const mostClients = 50;
/** Of the network, all together: the rest is for this machine's own page. */
const mostGuests = 40;
/** Of one phone, whichever addresses it comes from. */
const mostOfOneGuest = 8;
/** Of the network, from one address. */
const mostOfOneAddress = 8;
/** A phone that is back is not kept waiting by what is left of its last visit. */
const provesItselfMs: Ms = 1000;

export type SocketsPorts = Readonly<{
  clock: Clock;
  viewers: Viewers;
  /** How many clients are there, whenever that changes. */
  peopled?(): void;
}>;

/** Clients that there are without a socket. */
export type OtherClients = Readonly<{
  count: number;
  of(address: string): number;
  ofGuest(guest: Guest): number;
}>;

export class Sockets {
  readonly #ports: SocketsPorts;
  readonly #accepted = new WebSocketServer({
    noServer: true,
    maxPayload: messageBytes,
    perMessageDeflate: false,
    maxFragments: 16,
  });
  readonly #streams: OtherClients;
  readonly #alive = new WeakSet<WebSocket>();
  readonly #clients = new Map<WebSocket, Client>();
  /** Those of the network. */
  readonly #guests = new Map<WebSocket, Readonly<{ guest: Guest; address: string }>>();

  /** `streams`: the clients that there are without a socket. */
  constructor(ports: SocketsPorts, streams: OtherClients) {
    this.#ports = ports;
    this.#streams = streams;
  }

  /** Why there is no room for one more, of a phone or of this machine's own; null where there is. */
  fullFor(request: IncomingMessage, guest?: Guest): RefusedStatus {
    const full = (why: string): RefusedStatus => ({ status: 503, why });
    if (this.#accepted.clients.size + this.#streams.count >= mostClients) return full(answerWords.manyWatch);
    if (!guest) return null;
    const guests = [...this.#guests.values()];
    if (guests.length + this.#streams.count >= mostGuests) return full(answerWords.manyPhonesWatch);
    const own = guests.filter(one => one.guest.id === guest.id).length + this.#streams.ofGuest(guest);
    if (own >= mostOfOneGuest) return full(answerWords.manyOfPhone);
    const address = addressOf(request);
    const there = guests.filter(one => one.address === address).length + this.#streams.of(address);
    return there >= mostOfOneAddress ? full(answerWords.manyOfAddress) : null;
  }

  /** Makes a socket of a request that has passed every check; `guest`: the paired phone that it is. */
  accept(request: IncomingMessage, stream: Duplex, head: Buffer, guest?: Guest): void {
    const address = addressOf(request);
    this.#accepted.handleUpgrade(request, stream, head, socket => this.#joined(socket, address, guest));
  }

  /** A phone may no longer be here. */
  dismiss({ id }: Guest): void {
    for (const [socket, { guest }] of this.#guests) {
      if (guest.id !== id) continue;
      // Deaf and dumb at once: what it says while the goodbye is on its way is nobody's word any more.
      this.#forget(socket);
      this.#closeSoon(socket, unpairedCode, 'not paired any more');
    }
  }

  close(): void {
    for (const socket of this.#accepted.clients) socket.terminate();
    this.#accepted.close();
  }

  #joined(socket: WebSocket, address: string, guest?: Guest): void {
    const { viewers } = this.#ports;
    if (guest) this.#guests.set(socket, { guest, address });
    const client: Client = {
      ...(guest && { guest }),
      send: text => {
        if (socket.readyState === socket.OPEN) socket.send(text);
      },
      waitingBytes: () => socket.bufferedAmount,
      close: (code, why) => this.#closeSoon(socket, code, why),
    };
    this.#alive.add(socket);
    socket.on('error', () => socket.terminate());
    socket.on('pong', () => this.#alive.add(socket));
    socket.on('message', (data, isBinary) => {
      if (isBinary) socket.close(1003, 'text only');
      else viewers.hear(client, data.toString());
    });
    this.#clients.set(socket, client);
    socket.on('close', () => this.#forget(socket));
    viewers.join(client);
    this.#ports.peopled?.();
    if (guest) this.#probe(socket, guest);
  }

  #forget(socket: WebSocket): void {
    const client = this.#clients.get(socket);
    this.#guests.delete(socket);
    this.#clients.delete(socket);
    if (!client) return;
    const { viewers } = this.#ports;
    viewers.leave(client);
    this.#ports.peopled?.();
  }

  #closeSoon(socket: WebSocket, code: number, why: string): void {
    socket.close(code, why.slice(0, 100));
    // A client that does not even read the goodbye is cut off.
    const { clock } = this.#ports;
    clock.at(clock.now() + 1000, () => socket.terminate());
  }

  /** Earlier sockets of the same phone show that somebody is there, or go: a lost one holds control for nobody. */
  #probe(fresh: WebSocket, { id }: Guest): void {
    const { clock } = this.#ports;
    const earlier = [...this.#guests].filter(([socket, { guest }]) => socket !== fresh && guest.id === id);
    for (const [socket] of earlier) {
      let isThere = false;
      socket.once('pong', () => {
        isThere = true;
      });
      if (socket.readyState === socket.OPEN) socket.ping();
      clock.at(clock.now() + provesItselfMs, () => {
        if (!isThere) socket.terminate();
      });
    }
  }

  /** A client that did not answer the last ping is gone, whatever its line says. */
  ping(): void {
    for (const socket of this.#accepted.clients) {
      if (!this.#alive.has(socket)) socket.terminate();
      this.#alive.delete(socket);
      if (socket.readyState === socket.OPEN) socket.ping();
    }
  }
}

/** Whoever does not take even a refusal within this is cut off. */
const refusedMs: Ms = 500;

/** The answer leaves, and with it the socket: one left half-open would take the place of somebody who may. */
export function refuseSocket(
  stream: Duplex,
  { status, why }: NonNullable<RefusedStatus>,
  clock: SocketsPorts['clock'],
): void {
  stream.end(`HTTP/1.1 ${status} ${why}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () =>
    stream.destroy(),
  );
  clock.at(clock.now() + refusedMs, () => stream.destroy());
}
