/** Whoever listens to everything on a broker of a test's own, comes back at once, and forgets nothing. */
import type { BrokerAddress } from '../../src/mqtt/connection.ts';
import { type BrokerConnection, connectTo } from '../../src/mqtt/connection.ts';
import { topicsOf } from '../../src/mqtt/topics.ts';

export type Seen = Readonly<{
  topic: string;
  payload: string;
  /** It stood there before anybody listened. */
  isRetained: boolean;
  /** By the clock of this process. */
  at: number;
}>;

export const plainAddress = (port: number): BrokerAddress => ({
  host: '127.0.0.1',
  port,
  isSecure: false,
  username: null,
  password: null,
  ca: null,
  cert: null,
  key: null,
});

const againMs = 50;

export class BrokerWatch {
  readonly seen: Seen[] = [];
  readonly #address: BrokerAddress;
  readonly #topics: readonly string[];
  readonly #heard: (seen: Seen) => void;
  #connection: BrokerConnection | null = null;
  #granted = 0;
  #isOver = false;
  #again: NodeJS.Timeout | null = null;

  /** `heard`: in place of keeping it. */
  constructor(
    address: BrokerAddress,
    topics: readonly string[] = ['#'],
    heard: (seen: Seen) => void = seen => this.seen.push(seen),
  ) {
    this.#address = address;
    this.#topics = topics;
    this.#heard = heard;
    this.#connect();
  }

  /** Whether every topic is granted, on the connection there is now. */
  get isListening(): boolean {
    return this.#granted === this.#topics.length;
  }

  /** The payloads that came at a topic, in their order. */
  at(topic: string): readonly string[] {
    return this.seen.filter(one => one.topic === topic).map(({ payload }) => payload);
  }

  /** What a device says last of whether it is on; null before it has said anything. */
  availability(name: string): string | null {
    return this.at(topicsOf(name).availability).at(-1) ?? null;
  }

  /** Resolves once the broker has it. */
  publish(topic: string, payload: string, retain = false): Promise<void> {
    return new Promise((resolve, reject) => {
      if (!this.#connection) throw new Error('nobody is there to publish to');
      this.#connection.publish({ topic, payload, retain }, ({ taken }) =>
        taken ? resolve() : reject(new Error(`the broker did not take what was published at ${topic}`)),
      );
    });
  }

  end(): void {
    this.#isOver = true;
    if (this.#again) clearTimeout(this.#again);
    this.#connection?.cut();
  }

  #connect(): void {
    if (this.#isOver) return;
    const clientId = `watch-${Math.random().toString(36).slice(2)}`;
    this.#connection = connectTo(
      { address: this.#address, clientId, version: 5 },
      {
        connected: () => {
          for (const topic of this.#topics)
            this.#connection?.subscribe(topic, ({ taken }) => {
              if (taken) this.#granted += 1;
            });
        },
        message: (topic, payload, isRetained) =>
          this.#heard({
            topic,
            payload: Buffer.from(payload).toString('utf8'),
            isRetained,
            at: performance.now(),
          }),
        lost: () => {
          this.#granted = 0;
          this.#again = setTimeout(() => this.#connect(), againMs);
        },
      },
    );
  }
}
