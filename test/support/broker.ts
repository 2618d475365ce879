/** A broker within the test's own process, on a free port; it remembers all that is published on it. */
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as passed } from 'node:timers/promises';
import { createServer as createTlsServer } from 'node:tls';
import { Aedes, type AuthenticateError } from 'aedes';
import type { BrokerAddress } from '../../src/mqtt/connection.ts';

/** A busy machine is no fault: what has not come by then hangs. */
const longestMs = 60_000;
const lookMs = 20;

/** Waits until something is so; throws where it never is. */
export async function until(isSo: () => boolean): Promise<void> {
  for (let waitedMs = 0; !isSo(); waitedMs += lookMs) {
    if (waitedMs > longestMs) throw new Error(`it was not so within ${longestMs} ms`);
    await passed(lookMs);
  }
}

export type BrokerOptions = Readonly<{
  /** Who may enter; everybody where nobody is named. */
  user?: Readonly<{ username: string; password: string }>;
  /** Speaks TLS with this. */
  identity?: Readonly<{ cert: string; key: string }>;
  /** A port that is free, and was a broker's before. */
  port?: number;
}>;

export class Broker {
  readonly published: Readonly<{ topic: string; payload: string; retain: boolean; client: string }>[] = [];
  readonly port: number;
  readonly #aedes: Aedes;
  readonly #server: Server;
  readonly #sockets: Set<Socket>;

  static async open({ user, identity, port = 0 }: BrokerOptions = {}): Promise<Broker> {
    const aedes = await Aedes.createBroker();
    if (user)
      aedes.authenticate = (_, username, password, done) => {
        const isUser = username === user.username && String(password) === user.password;
        const refusal: AuthenticateError = Object.assign(new Error('refused'), { returnCode: 4 });
        done(isUser ? null : refusal, isUser);
      };
    const server = identity ? createTlsServer(identity, aedes.handle) : createServer(aedes.handle);
    const sockets = new Set<Socket>();
    server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return new Broker(aedes, server, sockets);
  }

  private constructor(aedes: Aedes, server: Server, sockets: Set<Socket>) {
    this.#aedes = aedes;
    this.#server = server;
    this.#sockets = sockets;
    const address = server.address();
    this.port = typeof address === 'object' && address ? address.port : 0;
    aedes.on('publish', ({ topic, payload, retain }, client) => {
      if (topic.startsWith('$SYS')) return;
      this.published.push({ topic, payload: String(payload), retain, client: client?.id ?? '' });
    });
    // A client that goes without a word is nobody's fault here.
    aedes.on('clientError', () => {});
    aedes.on('connectionError', () => {});
  }

  get address(): BrokerAddress {
    const nobody = { username: null, password: null, ca: null, cert: null, key: null };
    return { host: '127.0.0.1', port: this.port, isSecure: false, ...nobody };
  }

  of(topic: string): readonly string[] {
    return this.published.filter(message => message.topic === topic).map(({ payload }) => payload);
  }

  publish(topic: string, payload: string, retain = false): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#aedes.publish(
        { cmd: 'publish', topic, payload: Buffer.from(payload), qos: 1, retain, dup: false },
        error => (error ? reject(error) : resolve()),
      );
    });
  }

  /** Until something like it was published there; what it was. */
  async heard(topic: string, isIt: (payload: string) => boolean = () => true): Promise<string> {
    await until(() => this.of(topic).some(isIt));
    return this.of(topic).find(isIt) ?? '';
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>(resolve => this.#server.close(() => resolve()));
    await new Promise<void>(resolve => this.#aedes.close(() => resolve()));
  }
}
