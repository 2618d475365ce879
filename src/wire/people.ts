/**
 * Who is there: the clients of the socket, which of them is in control, which are the receiver's.
 *
 * Knows nothing of sockets: a client is whoever can be sent text.
 */
import type { Button, Ms } from '../../machines/vocabulary.ts';
import { MessageBudget } from './budget.ts';

export interface Client {
  send(text: string): void;
  /** Bytes that have not left yet. */
  waitingBytes(): number;
  close(code: number, why: string): void;
}

export type Joined = {
  readonly client: Client;
  readonly budget: MessageBudget;
  /** Section by section what this client has been shown, as text. */
  shown: Map<string, string>;
  seq: number;
  faults: number;
  /** When it last said stop. */
  stoppedAt: Ms;
  /** Buttons this client holds down: let go when it leaves. */
  readonly holding: Set<Button>;
  /** The page of the person being massaged: less and stop, nothing else. */
  isReceiver: boolean;
  /** Whether it looks at the bench. */
  atBench: boolean;
};

export const messagesPerSecond = 20;
const burst = 40;

export class People {
  readonly #joined = new Map<Client, Joined>();
  #controller: Client | null = null;

  get count(): number {
    return this.#joined.size;
  }

  get all(): Iterable<Joined> {
    return this.#joined.values();
  }

  get receivers(): number {
    return [...this.#joined.values()].filter(({ isReceiver }) => isReceiver).length;
  }

  find(client: Client): Joined | undefined {
    return this.#joined.get(client);
  }

  isController(client: Client): boolean {
    return client === this.#controller;
  }

  join(client: Client, now: Ms): void {
    this.#joined.set(client, {
      client,
      budget: new MessageBudget(messagesPerSecond, burst, now),
      shown: new Map(),
      seq: 0,
      faults: 0,
      stoppedAt: Number.NEGATIVE_INFINITY,
      holding: new Set(),
      isReceiver: false,
      atBench: false,
    });
    this.#controller ??= client;
  }

  leave(client: Client): void {
    this.#joined.delete(client);
    this.#passControl(client);
  }

  /** Gives control to this client, whoever had it. */
  giveControl(client: Client): void {
    this.#controller = client;
  }

  becomeReceiver(joined: Joined, is: boolean): void {
    joined.isReceiver = is;
    if (is) this.#passControl(joined.client);
    else this.#controller ??= joined.client;
  }

  /** Who leaves, or becomes the receiver, hands control to whoever was there first. */
  #passControl(from: Client): void {
    if (this.#controller !== from) return;
    const next = [...this.#joined.values()].find(({ client, isReceiver }) => client !== from && !isReceiver);
    this.#controller = next?.client ?? null;
  }
}
