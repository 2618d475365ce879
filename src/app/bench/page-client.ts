/** Says what the page says, and hears what the page is shown, without a browser. */
import { once } from 'node:events';
import * as v from 'valibot';
import { WebSocket } from 'ws';
import type { Intent } from '../../../machines/intent.ts';
import type { StateName } from '../../../machines/session.states.ts';
import type { BenchBatch } from '../../server/bench-messages.ts';
import { type FromClient, fromServerSchema, wireVersion } from '../../server/messages.ts';

type Said = FromClient extends infer One ? (One extends FromClient ? Omit<One, 'v' | 'id'> : never) : never;

const joinsWithinMs = 5000;

export class PageClient {
  /** The session's state, as it was last shown; null until it has been. */
  state: StateName | null = null;
  /** What the bench was shown last; null until it has been asked for. */
  batch: BenchBatch | null = null;
  /** What was refused last, with what to do; empty where nothing was. */
  refused = '';
  readonly #socket: WebSocket;
  readonly #heard = new Set<() => void>();
  #id = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', text => this.#hear(String(text)));
    // One that is cut off has nothing more to say; whoever waits for it hears so by its time.
    socket.on('error', () => {});
  }

  /** Rejects where it is not let in, or hears nothing. `looks`: of one that only watches nothing is looked at. */
  static async join(address: string, { looks = true } = {}): Promise<PageClient> {
    const page = new URL(address);
    const socket = new WebSocket(`ws://${page.host}/ws`, { origin: page.origin });
    const client = looks ? new PageClient(socket) : null;
    await once(socket, 'open', { signal: AbortSignal.timeout(joinsWithinMs) });
    if (client === null) {
      const watcher = new PageClient(socket);
      socket.removeAllListeners('message');
      socket.on('message', () => {});
      return watcher;
    }
    await client.until(() => client.state !== null, joinsWithinMs);
    return client;
  }

  say(message: Said): void {
    this.#id += 1;
    this.#socket.send(JSON.stringify({ v: wireVersion, id: this.#id, ...message }));
  }

  intend(...intents: readonly Intent[]): void {
    for (const intent of intents) this.say({ type: 'intent', intent });
  }

  /** Resolves once this holds; rejects where it does not within so long. */
  until(holds: () => boolean, withinMs: number): Promise<void> {
    if (holds()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const look = (): void => {
        if (!holds()) return;
        clearTimeout(late);
        this.#heard.delete(look);
        resolve();
      };
      const late = setTimeout(() => {
        this.#heard.delete(look);
        reject(
          new Error(
            `the page still shows ${this.state ?? 'nothing'} after ${withinMs / 1000} s. ${this.refused}`.trim(),
          ),
        );
      }, withinMs);
      this.#heard.add(look);
    });
  }

  close(): void {
    this.#socket.terminate();
  }

  #hear(text: string): void {
    const message = v.parse(fromServerSchema, JSON.parse(text));
    if (message.type === 'view' || message.type === 'change')
      this.state = message.view.session?.state ?? this.state;
    if (message.type === 'bench') this.batch = message.batch;
    if (message.type === 'refusal') this.refused = `${message.limit}: ${message.next}`;
    for (const heard of this.#heard) heard();
  }
}
