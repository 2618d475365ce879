/** Page and socket on one loopback port. */
import {
  createServer,
  type Server as HttpServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Ms } from '../../machines/vocabulary.ts';
import type { Clock } from '../clock.ts';
import type { Answer } from './answer.ts';
import { type Api, bodyBytes } from './api.ts';
import { MessageBudget } from './budget.ts';
import { type Asked, apiRefusal, loopbackHosts, pageRefusal, socketRefusal } from './handshake.ts';
import { messageBytes } from './messages.ts';
import { headersFor, type PageFile } from './page-files.ts';
import type { Client, Viewers } from './viewers.ts';

const mostClients = 50;
const mostConnections = 100;
/** Changes within this are sent together. */
const gatherMs: Ms = 30;
/** A page that hears nothing for a second shows that; so it hears something twice a second at least. */
const beatMs: Ms = 400;
const pingMs: Ms = 5000;
/** Changes of routines, preferences and history, of all clients together. */
const changesPerSecond = 10;
/** A report brings its own style and nothing else. */
const reportPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

const asked = ({ method, url, headers }: IncomingMessage): Asked => ({
  method,
  url,
  host: headers.host,
  origin: headers.origin,
});

/** A request that dawdles is cut off; Node looks only twice a minute unless told. */
const requestTimes = { headersTimeout: 5000, requestTimeout: 10_000, connectionsCheckingInterval: 1000 };

export type ServerPorts = Readonly<{
  clock: Clock;
  viewers: Viewers;
  files: ReadonlyMap<string, PageFile>;
  /** What a page asks for beside the live session. */
  api?: Api;
  /** How many clients are there, whenever that changes. */
  peopled?(count: number): void;
}>;

export class Server {
  readonly #ports: ServerPorts;
  readonly #http: HttpServer;
  readonly #sockets = new WebSocketServer({
    noServer: true,
    maxPayload: messageBytes,
    perMessageDeflate: false,
    maxFragments: 16,
  });
  readonly #alive = new WeakSet<WebSocket>();
  #hosts: ReadonlySet<string> = new Set();
  #headers: Readonly<Record<string, string>> = {};
  readonly #changes: MessageBudget;
  #gathering = false;
  #closed = false;

  constructor(ports: ServerPorts) {
    this.#ports = ports;
    this.#changes = new MessageBudget(changesPerSecond, changesPerSecond * 2, ports.clock.now());
    this.#http = createServer(requestTimes, (request, response) => {
      const path = request.url?.split('?')[0] ?? '/';
      if (ports.api?.knows(path)) {
        this.#askApi(ports.api, path, request, response);
        return;
      }
      const refusal = pageRefusal(asked(request), this.#hosts);
      const file = ports.files.get(path === '/index.html' ? '/' : path);
      const status = refusal?.status ?? (file ? 200 : 404);
      const body = refusal
        ? Buffer.from(`${refusal.why}\n`)
        : (file?.body ?? Buffer.from('there is no such page\n'));
      response.writeHead(status, {
        ...this.#headers,
        'Content-Type': status === 200 && file ? file.type : 'text/plain; charset=utf-8',
        'Content-Length': body.length,
      });
      response.end(request.method === 'HEAD' ? undefined : body);
    });
    this.#http.maxConnections = mostConnections;
    this.#http.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
    this.#http.on('clientError', (_error, socket) => socket.destroy());
  }

  /** Listens on loopback; resolves with the page's address. Rejects with the system's error (EADDRINUSE, EACCES). */
  async listen(port: number): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.#http.once('error', reject);
      this.#http.listen(port, '127.0.0.1', () => {
        this.#http.off('error', reject);
        resolve();
      });
    });
    const address = this.#http.address();
    const actual = typeof address === 'object' && address !== null ? address.port : port;
    this.#hosts = loopbackHosts(actual);
    this.#headers = headersFor(
      [...this.#hosts]
        .filter(host => !host.startsWith('['))
        .map(host => `ws://${host}`)
        .join(' '),
    );
    this.#every(beatMs, () => this.#ports.viewers.update(true));
    this.#every(pingMs, () => this.#ping());
    return `http://127.0.0.1:${actual}/`;
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

  close(): void {
    this.#closed = true;
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#sockets.close();
    this.#http.close();
    this.#http.closeAllConnections();
  }

  /** Reads a body within its bounds and has it answered. */
  #askApi(api: Api, path: string, request: IncomingMessage, response: ServerResponse): void {
    const tell = ({ status, type, body, isReport }: Answer): void => {
      const bytes = Buffer.from(body);
      response.writeHead(status, {
        ...(isReport ? { ...this.#headers, 'Content-Security-Policy': reportPolicy } : this.#headers),
        'Content-Type': type,
        'Content-Length': bytes.length,
        // What was not read to its end cannot be followed by anything else.
        ...(status === 413 && { Connection: 'close' }),
      });
      response.end(bytes);
    };
    const refuse = (status: number, message: string): void =>
      tell({ status, type: 'application/json; charset=utf-8', body: `${JSON.stringify({ message })}\n` });
    const contentType = request.headers['content-type'];
    const refusal = apiRefusal({ ...asked(request), contentType }, this.#hosts);
    if (refusal) {
      refuse(refusal.status, refusal.why);
      request.resume();
      return;
    }
    if (request.method !== 'GET' && !this.#changes.take(this.#ports.clock.now())) {
      refuse(429, 'too many changes at once');
      request.resume();
      return;
    }
    const parts: Buffer[] = [];
    let length = 0;
    request.on('error', () => response.destroy());
    request.on('data', (part: Buffer) => {
      length += part.length;
      if (length <= bodyBytes) parts.push(part);
      else if (!response.headersSent) refuse(413, `at most ${bodyBytes / 1024} KB`);
    });
    request.on('end', () => {
      if (response.headersSent) return;
      try {
        tell(api.answer(request.method ?? 'GET', path, Buffer.concat(parts).toString('utf8')));
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? String(error.code) : '';
        refuse(
          code === 'ENOSPC' || code === 'EACCES' || code === 'EROFS' ? 507 : 500,
          `cannot be done ${code}`.trim(),
        );
      }
    });
  }

  #upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    // A socket without an error listener ends the process.
    stream.on('error', () => stream.destroy());
    const refusal =
      socketRefusal(asked(request), this.#hosts) ??
      (this.#sockets.clients.size >= mostClients ? { status: 503, why: 'too many are watching' } : null);
    if (refusal || this.#closed) {
      const { status, why } = refusal ?? { status: 503, why: 'closing' };
      stream.end(`HTTP/1.1 ${status} ${why}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    this.#sockets.handleUpgrade(request, stream, head, socket => this.#joined(socket));
  }

  #joined(socket: WebSocket): void {
    const { viewers } = this.#ports;
    const client: Client = {
      send: text => {
        if (socket.readyState === socket.OPEN) socket.send(text);
      },
      waitingBytes: () => socket.bufferedAmount,
      close: (code, why) => {
        socket.close(code, why.slice(0, 100));
        // A client that does not even read the goodbye is cut off.
        const { clock } = this.#ports;
        clock.at(clock.now() + 1000, () => socket.terminate());
      },
    };
    this.#alive.add(socket);
    socket.on('error', () => socket.terminate());
    socket.on('pong', () => this.#alive.add(socket));
    socket.on('message', (data, isBinary) => {
      if (isBinary) socket.close(1003, 'text only');
      else viewers.hear(client, data.toString());
    });
    socket.on('close', () => {
      viewers.leave(client);
      this.#ports.peopled?.(viewers.count);
    });
    viewers.join(client);
    this.#ports.peopled?.(viewers.count);
  }

  /** A client that did not answer the last ping is gone, whatever its line says. */
  #ping(): void {
    for (const socket of this.#sockets.clients) {
      if (!this.#alive.has(socket)) socket.terminate();
      this.#alive.delete(socket);
      if (socket.readyState === socket.OPEN) socket.ping();
    }
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
