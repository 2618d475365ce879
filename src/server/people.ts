/**
 * Who is there: the clients of the socket, which of them is in control, which are the receiver's.
 *
 * Knows nothing of sockets: a client is whoever can be sent text.
 */
import type { Button, Ms } from '../../machines/vocabulary.ts';
import type { Guest } from './lan/pairing.ts';
import { TokenBucket } from './token-bucket.ts';

export interface Client {
  /** Which paired phone this is; absent on this machine itself. */
  readonly guest?: Guest;
  send(text: string): void;
  /** Bytes that have not left yet. */
  waitingBytes(): number;
  close(code: number, why: string): void;
}

export type Joined = {
  readonly client: Client;
  readonly budget: TokenBucket;
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
  /** The phone that left in control: until somebody else has used it, control is its own when it is back. */
  #keptFor: number | null = null;

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

  /** Whether somebody at this machine itself is in control. */
  get isControlledHere(): boolean {
    return this.#controller !== null && this.#controller.guest === undefined;
  }

  isController(client: Client): boolean {
    return client === this.#controller;
  }

  join(client: Client, now: Ms): void {
    this.#joined.set(client, {
      client,
      budget: new TokenBucket(messagesPerSecond, burst, now),
      shown: new Map(),
      seq: 0,
      faults: 0,
      stoppedAt: Number.NEGATIVE_INFINITY,
      holding: new Set(),
      isReceiver: client.guest?.role === 'receiver',
      atBench: false,
    });
    if (client.guest?.role === 'receiver') return;
    if (client.guest !== undefined && client.guest.id === this.#keptFor) this.giveControl(client);
    this.#controller ??= client;
  }

  leave(client: Client): void {
    this.#joined.delete(client);
    this.#passControl(client);
  }

  /** Gives control to this client, whoever had it. */
  giveControl(client: Client): void {
    this.#controller = client;
    this.#keptFor = null;
  }

  /** Whoever is in control has used it. */
  controlUsed(client: Client): void {
    if (client === this.#controller) this.#keptFor = null;
  }

  becomeReceiver(joined: Joined, is: boolean): void {
    joined.isReceiver = is;
    if (is) this.#passControl(joined.client);
    else this.#controller ??= joined.client;
  }

  /** Who leaves, or becomes the receiver, hands control to whoever was there first; a phone to itself, if it can. */
  #passControl(from: Client): void {
    if (this.#controller !== from) return;
    const others = [...this.#joined.values()].filter(
      ({ client, isReceiver }) => client !== from && !isReceiver,
    );
    const own = others.find(({ client }) => client.guest !== undefined && client.guest.id === from.guest?.id);
    this.#controller = (own ?? others[0])?.client ?? null;
    if (!own) this.#keptFor = from.guest?.id ?? null;
  }
}
