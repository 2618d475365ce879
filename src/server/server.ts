/** The page and its socket over HTTP, on loopback; and on the network where that was asked for. */
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { answerWords } from '../../machines/text/answers.ts';
import type { Ms } from '../../machines/vocabulary.ts';
import type { HttpAnswer, MadeAnswer } from './answer.ts';
import { type Api, bodyBytes } from './api.ts';
import {
  apiRefusal,
  type Door,
  hostOf,
  loopbackDoor,
  type RefusedStatus,
  socketRefusal,
} from './handshake.ts';
import { type Lan, pairBytes } from './lan/lan.ts';
import type { Guest } from './lan/pairing.ts';
import { noPhones, type PhoneApi } from './lan/phone-api.ts';
import { type Identity, Listener } from './listener.ts';
import { messageBytes } from './messages.ts';
import { answerPage } from './page-answer.ts';
import { headersFor, type PageFile } from './page-files.ts';
import { RequestRates } from './request-rates.ts';
import { addressOf, answerBody, askedOf, refusing, requestPath, tell } from './requests.ts';
import { refuseSocket, Sockets, type SocketsPorts } from './sockets.ts';
import { Streams } from './sse.ts';
import { TokenBucket } from './token-bucket.ts';

/** Changes within this are sent together. */
const gatherMs: Ms = 30;
/** A page that hears nothing for a second shows that; so it hears something twice a second at least. */
const beatMs: Ms = 400;
const pingMs: Ms = 5000;
/** Changes of routines, preferences and history, of all clients together. */
const changesPerSecond = 10;
const tooMany = { status: 429, why: answerWords.tooMuch };
/** Where nothing says who may come in from the network, nobody may. */
const nobody = { refusal: { status: 401, why: answerWords.nobody } };

export type ServerPorts = SocketsPorts &
  Readonly<{
    files: ReadonlyMap<string, PageFile>;
    /** What a page asks for beside the live session. */
    api?: Api;
    /** What holds on the network, and what is shown of it here. */
    lan?: Lan;
    phones?: PhoneApi;
  }>;

type Opened = { door: Door; headers: OutgoingHttpHeaders; readonly listener: Listener };

export class Server {
  readonly #ports: ServerPorts;
  readonly #sockets: Sockets;
  readonly #streams: Streams;
  readonly #opened: Opened[] = [];
  readonly #changes: TokenBucket;
  readonly #rates: RequestRates;
  /** Connections on which an answer is on its way. */
  readonly #answering = new WeakSet<Duplex>();
  #gathering = false;
  #closed = false;

  constructor(ports: ServerPorts) {
    this.#ports = ports;
    this.#streams = new Streams(ports);
    this.#sockets = new Sockets(ports, this.#streams);
    this.#rates = new RequestRates(ports.clock.now());
    this.#changes = new TokenBucket(changesPerSecond, changesPerSecond * 2, ports.clock.now());
  }

  /** Listens on loopback; resolves with the page's address. Rejects with the system's error (EADDRINUSE, EACCES). */
  async listen(port: number, host: string = '127.0.0.1'): Promise<string> {
    const opened = this.#listener(false);
    const actual = await opened.listener.listen(port, host);
    this.#open(opened, loopbackDoor(actual, host));
    this.#every(beatMs, () => this.#ports.viewers.update(true));
    this.#every(pingMs, () => {
      this.#ports.lan?.sweep();
      this.#sockets.ping();
      this.#streams.sweep();
    });
    return `http://${hostOf('http', host, actual)}/`;
  }

  /**
   * Listens on one address of the network as well; resolves with the page's address there. `names` lead to it beside
   * its own. Without an identity it speaks plain HTTP. Rejects with the system's error.
   */
  async listenOnLan(
    port: number,
    host: string,
    { identity, names = [] }: Readonly<{ identity?: Identity; names?: readonly string[] }>,
  ): Promise<string> {
    const opened = this.#listener(true, identity);
    const actual = await opened.listener.listen(port, host);
    const scheme = identity ? 'https' : 'http';
    const hosts = [...names, host].map(name => hostOf(scheme, name, actual));
    this.#open(opened, { scheme, hosts: new Set(hosts), isLan: true });
    return `${scheme}://${hosts[0]}/`;
  }

  /** Another certificate for the network. */
  renew(identity: Identity): void {
    for (const { listener } of this.#opened) listener.renew(identity);
  }

  /** Something that viewers may want to see has changed. */
  changed(): void {
    if (this.#gathering || this.#closed) return;
    this.#gathering = true;
    const { clock, viewers } = this.#ports;
    clock.at(clock.now() + gatherMs, () => {
      this.#gathering = false;
      if (!this.#closed) viewers.update();
    });
  }

  /** A phone may no longer be here. */
  dismiss(guest: Guest): void {
    this.#sockets.dismiss(guest);
    this.#streams.dismiss(guest);
  }

  close(): void {
    this.#closed = true;
    this.#sockets.close();
    this.#streams.close();
    for (const { listener } of this.#opened) listener.close();
  }

  #listener(isLan: boolean, identity?: Identity): Opened {
    const opened: Opened = {
      // Nobody is let in before it is known under which names.
      door: { scheme: 'http', hosts: new Set(), isLan },
      headers: {},
      listener: new Listener({
        isLan,
        ...(identity && { identity }),
        isKnown: address => this.#ports.lan?.isKnown(address) ?? false,
        request: (request, response) => this.#request(opened, request, response),
        upgrade: (request, stream, head) => this.#upgrade(opened, request, stream, head),
      }),
    };
    return opened;
  }

  #open(opened: Opened, door: Door): void {
    const scheme = door.scheme === 'https' ? 'wss' : 'ws';
    opened.door = door;
    opened.headers = headersFor(
      [...door.hosts]
        // Older browsers take no bracketed host in a policy, and 'self' means it already.
        .filter(host => !host.startsWith('['))
        .map(host => `${scheme}://${host}`)
        .join(' '),
      door,
    );
    this.#opened.push(opened);
  }

  #request(opened: Opened, request: IncomingMessage, response: ServerResponse): void {
    const { api, lan } = this.#ports;
    const path = requestPath(request);
    const { socket } = request;
    // No browser asks again before it has its answer; a thousand requests in one packet would hold up the loop.
    if (this.#answering.has(socket)) {
      socket.destroy();
      return;
    }
    this.#answering.add(socket);
    response.once('close', () => this.#answering.delete(socket));
    if (!this.#mayAsk(opened, request, path)) {
      // What has to be refused so often is not listened to any further.
      tell(response, { ...opened.headers, Connection: 'close' }, refusing(tooMany));
      request.resume();
      return;
    }
    if (opened.door.isLan && lan && path === '/pair')
      this.#ask(opened, request, response, pairBytes, body => lan.answer(request, body));
    else if (opened.door.isLan && /^\/line(\/|$)/.test(path)) this.#line(opened, request, response);
    else if (!opened.door.isLan && /^\/phone(\/|$)/.test(path))
      this.#ask(opened, request, response, pairBytes, body => this.#phones(request, path, body));
    else if (api?.knows(path))
      this.#ask(opened, request, response, bodyBytes, body =>
        this.#kept(api, request.method ?? 'GET', path, body),
      );
    else answerPage(this.#ports.files, opened, request, response);
  }

  /** What is said on a line has a budget of its own, in which stop is free. */
  #mayAsk({ door }: Opened, request: IncomingMessage, path: string): boolean {
    if (request.method === 'POST' && path.startsWith('/line/')) return true;
    const { clock, api, lan } = this.#ports;
    const address = addressOf(request);
    const isStranger = door.isLan && !(lan?.isKnown(address) ?? false);
    return this.#rates.take({ address, isStranger, isMade: api?.knows(path) ?? false }, clock.now());
  }

  /** What stands beside the live session. A change of it is every page's news. */
  async #kept(api: Api, method: string, path: string, body: string): Promise<MadeAnswer> {
    const answer = await api.answer(method, path, body);
    const what = (['routines', 'sessions'] as const).find(room => path.startsWith(`/${room}`));
    if (method !== 'GET' && answer.status < 300 && what) this.#ports.viewers.keptChanged(what);
    return answer;
  }

  /** A line without a socket: let in as a socket would be. */
  #line(opened: Opened, request: IncomingMessage, response: ServerResponse): void {
    const { door, headers } = opened;
    const contentType = request.headers['content-type'];
    const isNew = request.method === 'GET' && requestPath(request) === '/line';
    const found = this.#ports.lan?.whose(request) ?? nobody;
    const refusal =
      apiRefusal({ ...askedOf(request), contentType }, door) ??
      ('refusal' in found ? found.refusal : null) ??
      (isNew && 'guest' in found ? this.#sockets.fullFor(request, found.guest) : null) ??
      (isNew || request.method === 'POST' ? null : { status: 405, why: answerWords.method });
    if (refusal || 'refusal' in found) {
      tell(response, headers, refusing(refusal ?? nobody.refusal));
      request.resume();
    } else if (isNew) this.#streams.begin(request, response, headers, found.guest);
    else
      answerBody(request, response, headers, messageBytes, body =>
        this.#streams.hear(requestPath(request), found.guest, body),
      );
  }

  #phones(request: IncomingMessage, path: string, body: string): HttpAnswer {
    const { phones } = this.#ports;
    if (phones) return phones.answer(request.method ?? 'GET', path, body);
    return path === '/phone' && request.method === 'GET'
      ? { status: 200, type: 'application/json; charset=utf-8', body: `${JSON.stringify(noPhones)}\n` }
      : refusing({ status: 409, why: answerWords.noLan });
  }

  /** Has a request beside the page answered, where nothing speaks against it. */
  #ask(
    opened: Opened,
    request: IncomingMessage,
    response: ServerResponse,
    most: number,
    answer: (body: string) => MadeAnswer | Promise<MadeAnswer>,
  ): void {
    const refusal = this.#askRefusal(opened, request);
    if (refusal) {
      tell(response, opened.headers, refusing(refusal));
      request.resume();
      return;
    }
    answerBody(request, response, opened.headers, most, answer);
  }

  #askRefusal({ door }: Opened, request: IncomingMessage): RefusedStatus {
    const { clock, lan } = this.#ports;
    const path = requestPath(request);
    const contentType = request.headers['content-type'];
    const refusal = apiRefusal({ ...askedOf(request), contentType }, door);
    // Pairing has limits of its own, and nobody outside may use up what is for those inside.
    if (refusal || (door.isLan && path === '/pair')) return refusal;
    if (door.isLan) {
      const found = lan?.whose(request) ?? nobody;
      if ('refusal' in found) return found.refusal;
      return lan?.apiRefusal(found.guest, request.method, path) ?? null;
    }
    return request.method !== 'GET' && !this.#changes.take(clock.now())
      ? { status: 429, why: answerWords.manyChanges }
      : null;
  }

  #upgrade({ door }: Opened, request: IncomingMessage, stream: Duplex, head: Buffer): void {
    // A socket without an error listener ends the process.
    stream.on('error', () => stream.destroy());
    const refusal =
      socketRefusal(askedOf(request), door) ?? (this.#closed ? { status: 503, why: 'closing' } : null);
    const found = door.isLan && !refusal ? (this.#ports.lan?.whose(request) ?? nobody) : null;
    const guest = found && 'guest' in found ? found.guest : undefined;
    const why =
      refusal ??
      (found && 'refusal' in found ? found.refusal : null) ??
      this.#sockets.fullFor(request, guest);
    if (why) refuseSocket(stream, why, this.#ports.clock);
    else this.#sockets.accept(request, stream, head, guest);
  }

  #every(periodMs: Ms, run: () => void): void {
    const { clock } = this.#ports;
    const next = (at: Ms): void => {
      clock.at(at, () => {
        if (this.#closed) return;
        run();
        next(Math.max(at + periodMs, clock.now()));
      });
    };
    next(clock.now() + periodMs);
  }
}
