/**
 * Lines without a socket, for phones whose browser opens none under a certificate that it does not know (WebKit bug
 * 41419; every browser on an iPhone): what is told comes as server-sent events, what is said goes by POST. The same
 * words, the same checks, the same limits.
 *
 *   GET  /line       events: first `line` with the line's id, then one `message` for each
 *   POST /line/ID    one message; an empty one says only that somebody is there
 */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { answerWords } from '../../machines/text/answers.ts';
import type { Ms } from '../../machines/vocabulary.ts';
import type { HttpAnswer } from './answer.ts';
import type { Guest } from './lan/pairing.ts';
import { addressOf, refusing } from './requests.ts';
import type { SocketsPorts } from './sockets.ts';
import type { Client } from './viewers.ts';

/** The page says that it is there each 4 s; who has not for so long is gone, whatever the line says. */
const silentMs: Ms = 10_000;

type Stream = Readonly<{ guest: Guest; address: string; client: Client; response: ServerResponse }> & {
  heardAt: Ms;
};

const done: HttpAnswer = { status: 204, type: 'text/plain; charset=utf-8', body: '' };

export class Streams {
  readonly #ports: SocketsPorts;
  readonly #open = new Map<string, Stream>();

  constructor(ports: SocketsPorts) {
    this.#ports = ports;
  }

  get count(): number {
    return this.#open.size;
  }

  of(address: string): number {
    return [...this.#open.values()].filter(one => one.address === address).length;
  }

  ofGuest({ id }: Guest): number {
    return [...this.#open.values()].filter(({ guest }) => guest.id === id).length;
  }

  /** Begins a line for a request that has passed every check. */
  begin(
    request: IncomingMessage,
    response: ServerResponse,
    headers: OutgoingHttpHeaders,
    guest: Guest,
  ): void {
    const { viewers, clock } = this.#ports;
    const id = randomBytes(16).toString('hex');
    response.writeHead(200, { ...headers, 'Content-Type': 'text/event-stream; charset=utf-8' });
    response.write(`event: line\ndata: ${id}\n\n`);
    const client: Client = {
      guest,
      // JSON text has no line breaks of its own.
      send: text => response.write(`data: ${text}\n\n`),
      waitingBytes: () => response.writableLength,
      close: () => response.destroy(),
    };
    this.#open.set(id, { guest, address: addressOf(request), client, response, heardAt: clock.now() });
    response.on('error', () => response.destroy());
    response.on('close', () => {
      this.#open.delete(id);
      viewers.leave(client);
      this.#ports.peopled?.();
    });
    viewers.join(client);
    this.#ports.peopled?.();
  }

  /** What is said on a line, by the phone that it is. */
  hear(path: string, guest: Guest, body: string): HttpAnswer {
    const stream = this.#open.get(path.split('/')[2] ?? '');
    if (!stream || stream.guest.id !== guest.id) return refusing({ status: 404, why: answerWords.noLine });
    stream.heardAt = this.#ports.clock.now();
    if (body !== '') this.#ports.viewers.hear(stream.client, body);
    return done;
  }

  /** Lets go of lines on which nobody has been heard. */
  sweep(): void {
    const now = this.#ports.clock.now();
    for (const { heardAt, response } of this.#open.values()) if (now - heardAt > silentMs) response.destroy();
  }

  dismiss({ id }: Guest): void {
    for (const [line, { guest, response, client }] of this.#open) {
      if (guest.id !== id) continue;
      this.#open.delete(line);
      this.#ports.viewers.leave(client);
      response.destroy();
    }
  }

  close(): void {
    for (const { response } of this.#open.values()) response.destroy();
  }
}
