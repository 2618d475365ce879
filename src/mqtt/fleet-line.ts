/** The line to a broker by which a list of devices is kept: it listens, publishes, and comes back by itself. */
import { randomBytes } from 'node:crypto';
import type { IClientPublishOptions, MqttClient } from 'mqtt';
import type { Ms } from '../../machines/vocabulary.ts';
import type { Clock } from '../time/clock.ts';
import { type BrokerConnection, clientOptions, isOtherVersion, type MqttVersion } from './connection.ts';
import type { HeardMessage } from './fleet.ts';

export const lineLimits = {
  /** From the first byte to the last topic granted. */
  openMs: 10_000,
  /** Until the broker has confirmed what was published. */
  publishMs: 5000,
  /** What is kept at a broker has come once nothing more does for so long, */
  quietMs: 700,
  /** or after so long, however much there is. */
  settleMs: 5000,
  closeMs: 1000,
  againMs: 2000,
  /** A broker that keeps to MQTT 5 sends nothing larger. */
  packetBytes: 65_536,
} as const;

/** Why there is no line, or why something was not published. */
export class BrokerRefusal extends Error {
  readonly kind: 'credentials' | 'certificate' | 'unreachable' | 'topics' | 'publish' | 'version';
  /** The topic, where it is about one. */
  readonly topic: string;

  constructor(kind: BrokerRefusal['kind'], why: string, topic = '') {
    super(why);
    this.kind = kind;
    this.topic = topic;
  }
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;

/** What a refused connection comes to. Codes: CONNACK of MQTT 5 and 3.1.1, of Node's TLS, and of the system. */
function refusalOf(error: unknown): BrokerRefusal {
  const code = codeOf(error);
  const why = String(code ?? (error instanceof Error ? error.message : error));
  if (isOtherVersion(code)) return new BrokerRefusal('version', why);
  if ([4, 5, 134, 135, 138, 140].includes(Number(code))) return new BrokerRefusal('credentials', why);
  return /CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_(VERIFY|GET)/.test(why)
    ? new BrokerRefusal('certificate', why)
    : new BrokerRefusal('unreachable', why);
}

export type FleetLineOptions = Readonly<{
  connection: BrokerConnection;
  clock: Clock;
  topics: readonly string[];
  heard(message: HeardMessage): void;
  /** The broker is gone; it is asked for again and again. */
  lost?(): void;
  found?(): void;
}>;

/** What `work` comes to, if it comes within its time. */
function within<T>(clock: Clock, ms: Ms, work: Promise<T>, late: () => Error): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.at(clock.now() + ms, () => reject(late()));
    work.then(resolve, reject).finally(cancel);
  });
}

export class FleetLine {
  readonly #client: MqttClient;
  readonly #clock: Clock;
  #heardAt: Ms;
  #isClosing = false;

  private constructor(client: MqttClient, clock: Clock) {
    this.#client = client;
    this.#clock = clock;
    this.#heardAt = clock.now();
  }

  /** Resolves once every topic is granted. Throws BrokerRefusal. */
  static async open(options: FleetLineOptions): Promise<FleetLine> {
    try {
      return await FleetLine.#openAs(options, 5);
    } catch (error) {
      if (!(error instanceof BrokerRefusal) || error.kind !== 'version') throw error;
      return await FleetLine.#openAs(options, 4);
    }
  }

  static async #openAs(
    { connection, clock, topics, heard, lost = () => {}, found = () => {} }: FleetLineOptions,
    version: MqttVersion,
  ): Promise<FleetLine> {
    const { default: mqtt } = await import('mqtt');
    const client = mqtt.connect({
      ...clientOptions(connection, version),
      clientId: `tactus-fleet-${randomBytes(4).toString('hex')}`,
      clean: true,
      keepalive: 20,
      connectTimeout: lineLimits.openMs,
      reconnectPeriod: lineLimits.againMs,
      reconnectOnConnackError: true,
      ...(version === 5 && { properties: { maximumPacketSize: lineLimits.packetBytes } }),
    });
    const line = new FleetLine(client, clock);
    client.on('message', (topic, payload, { retain }) => {
      line.#heardAt = clock.now();
      heard({ topic, payload, retained: retain });
    });
    try {
      await within(
        clock,
        lineLimits.openMs,
        line.#opened(topics),
        () => new BrokerRefusal('unreachable', `no answer within ${lineLimits.openMs / 1000} s`),
      );
    } catch (error) {
      client.end(true);
      throw error;
    }
    line.#heardAt = clock.now();
    client.on('close', () => {
      if (!line.#isClosing) lost();
    });
    client.on('connect', found);
    return line;
  }

  #opened(topics: readonly string[]): Promise<void> {
    const client = this.#client;
    return new Promise((resolve, reject) => {
      client.on('error', error => reject(refusalOf(error)));
      // A line that breaks off without an error: it is not a broker's.
      client.once('close', () => reject(new BrokerRefusal('unreachable', 'the connection was closed')));
      client.once('connect', () => {
        client.subscribeAsync([...topics], { qos: 1 }).then(
          () => resolve(),
          error => reject(new BrokerRefusal('topics', String(codeOf(error) ?? error), topics[0])),
        );
      });
    });
  }

  /** Resolves once the broker has it. Throws BrokerRefusal. `expiresS`: after that it is passed on to nobody. */
  async publish(
    topic: string,
    payload: string,
    { retain = false, expiresS }: Readonly<{ retain?: boolean; expiresS?: number }> = {},
  ): Promise<void> {
    const options: IClientPublishOptions = {
      qos: 1,
      retain,
      ...(expiresS !== undefined && { properties: { messageExpiryInterval: expiresS } }),
    };
    try {
      // The package would keep it until the broker is back: a stop would then meet another session.
      if (!this.#client.connected) throw new Error('the connection is down');
      await within(
        this.#clock,
        lineLimits.publishMs,
        this.#client.publishAsync(topic, payload, options),
        () => new Error(`no confirmation within ${lineLimits.publishMs / 1000} s`),
      );
    } catch (error) {
      const why = String(codeOf(error) ?? (error instanceof Error ? error.message : error));
      throw new BrokerRefusal('publish', why, topic);
    }
  }

  /** Resolves once what the broker keeps has come. */
  async settled(): Promise<void> {
    const clock = this.#clock;
    const latest = clock.now() + lineLimits.settleMs;
    for (;;) {
      const until = Math.min(latest, this.#heardAt + lineLimits.quietMs);
      if (clock.now() >= until) return;
      await new Promise<void>(resolve => {
        clock.at(until, resolve);
      });
    }
  }

  /** Resolves once it is closed, or after a moment. */
  async close(): Promise<void> {
    this.#isClosing = true;
    const gone = this.#client.endAsync();
    await within(this.#clock, lineLimits.closeMs, gone, () => new Error('late')).catch(() => {
      this.#client.end(true);
    });
  }
}
