/**
 * A line between a client and a server that can become slow, half-open, cut or closed: what networks do to TCP.
 *
 * - slow: so many bytes a second in each direction, the rest waits
 * - half-open: nothing comes through any more in either direction, no end either, and neither side is told
 * - deaf: what the server says does not come through any more; what the client says does
 * - cut: both sides see the end of it
 * - closed: nobody is let in; what stands already goes on
 */
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { freePort } from './mosquitto.ts';

const sliceMs = 50;
/** What waits in a slow line; the sender has to wait beyond that. */
const mostWaiting = 64 * 1024;

type Pair = {
  readonly sockets: readonly [client: Socket, server: Socket];
  isDead: boolean;
  isDeaf: boolean;
  hasClientLeft: boolean;
};

export class FaultyLine {
  readonly port: number;
  readonly #target: number;
  readonly #pairs = new Set<Pair>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #server: Server | null = null;
  #isDead = false;
  #halfOpenAt = 0;
  #noticedAt = 0;
  /** In each direction of each connection; null where it is as fast as it can be. */
  bytesPerSecond: number | null = null;

  private constructor(port: number, target: number) {
    this.port = port;
    this.#target = target;
  }

  /** To a port of loopback. Resolves once it lets connections in. */
  static async to(target: number): Promise<FaultyLine> {
    const line = new FaultyLine(await freePort(), target);
    await line.open();
    return line;
  }

  /** How many clients still wait at what is half-open: they have not noticed. */
  get unnoticed(): number {
    return [...this.#pairs].filter(({ isDead, hasClientLeft }) => isDead && !hasClientLeft).length;
  }

  /** How long it was half-open before the last client left so far did. */
  get noticedMs(): number {
    return this.#noticedAt - this.#halfOpenAt;
  }

  async open(): Promise<void> {
    if (this.#server) return;
    const server = createServer({ allowHalfOpen: true, noDelay: true }, socket => this.#join(socket));
    this.#server = server;
    server.listen(this.port, '127.0.0.1');
    await once(server, 'listening');
  }

  /** Whoever comes from now on is refused. */
  async close(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (!server) return;
    // It ends once its connections do, which nobody waits for here; no new one is let in from now on.
    server.close();
  }

  /** Every connection that stands is over, and both sides see it. */
  cut(): void {
    for (const { sockets } of this.#pairs) for (const socket of sockets) socket.destroy();
    this.#pairs.clear();
  }

  /**
   * Nothing passes any more through what stands now, and nobody is told. Whoever comes anew meets a sound line, unless
   * it `staysSo`.
   */
  halfOpen({ staysSo = false } = {}): void {
    this.#isDead = staysSo;
    this.#halfOpenAt = performance.now();
    for (const pair of this.#pairs) pair.isDead = true;
  }

  /** Nothing that the server says comes through any more on what stands now. */
  deafen(): void {
    for (const pair of this.#pairs) pair.isDeaf = true;
  }

  async end(): Promise<void> {
    await this.close();
    this.cut();
    for (const timer of this.#timers) clearInterval(timer);
  }

  #join(client: Socket): void {
    const server = connect({ port: this.#target, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    const pair: Pair = {
      sockets: [client, server],
      isDead: this.#isDead,
      isDeaf: false,
      hasClientLeft: false,
    };
    for (const end of ['end', 'close'] as const)
      client.once(end, () => {
        if (pair.isDead && !pair.hasClientLeft) this.#noticedAt = performance.now();
        pair.hasClientLeft = true;
      });
    this.#pairs.add(pair);
    this.#carry(client, server, pair);
    this.#carry(server, client, pair);
  }

  #carry(from: Socket, to: Socket, pair: Pair): void {
    const [, server] = pair.sockets;
    let waiting: Buffer[] = [];
    let bytes = 0;
    let isOver = false;
    const pass = (most: number): void => {
      const all = Buffer.concat(waiting);
      const now = all.subarray(0, most);
      waiting = all.length > now.length ? [all.subarray(now.length)] : [];
      bytes = all.length - now.length;
      if (pair.isDead || (pair.isDeaf && from === server)) return;
      if (now.length > 0 && !to.destroyed) to.write(now);
      if (isOver && bytes === 0) to.end();
      if (bytes < mostWaiting) from.resume();
    };
    const timer = setInterval(() => {
      if (this.bytesPerSecond !== null) pass(Math.ceil((this.bytesPerSecond * sliceMs) / 1000));
      else if (bytes > 0) pass(bytes);
    }, sliceMs);
    this.#timers.add(timer);
    from.on('data', chunk => {
      if (pair.isDead) return;
      waiting.push(chunk);
      bytes += chunk.length;
      if (this.bytesPerSecond === null) pass(bytes);
      else if (bytes >= mostWaiting) from.pause();
    });
    from.on('end', () => {
      isOver = true;
      if (this.bytesPerSecond === null) pass(bytes);
    });
    // What is wrong with one side is told by its end.
    from.on('error', () => {});
    from.on('close', () => {
      clearInterval(timer);
      this.#timers.delete(timer);
      if (pair.isDead) return;
      // What was on its way before the end still arrives.
      pass(bytes);
      to.destroySoon();
      this.#pairs.delete(pair);
    });
  }
}
