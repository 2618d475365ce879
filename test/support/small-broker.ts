/**
 * A broker within a test, and devices on it that answer as they are told to. It speaks MQTT 3.1.1 alone. No time runs on
 * them: however late the machine is, none of them is silent for it.
 */
import { createServer, type Server, type Socket } from 'node:net';
import { Aedes } from 'aedes';
import mqtt, { type MqttClient } from 'mqtt';
import { onTestFinished } from 'vitest';
import type { DeviceState } from '../../src/mqtt/messages.ts';
import { topicsOf } from '../../src/mqtt/topics.ts';
import { deviceState } from './fleet.ts';

export class SmallBroker {
  readonly #aedes: Aedes;
  readonly #sockets = new Set<Socket>();
  #server: Server | null = null;
  #port = 0;
  #keeper: MqttClient | null = null;
  /** What has been published at topics of stops. */
  readonly stops: { topic: string; payload: string; retain: boolean }[] = [];

  private constructor(aedes: Aedes) {
    this.#aedes = aedes;
    aedes.on('publish', ({ topic, payload, retain }) => {
      if (topic.endsWith('/stop')) this.stops.push({ topic, payload: String(payload), retain });
    });
  }

  /** `password`: of everybody, where one is wanted. Gone with the test. */
  static async open({ password }: Readonly<{ password?: string }> = {}): Promise<SmallBroker> {
    const aedes = await Aedes.createBroker({
      ...(password !== undefined && {
        authenticate: (_client, _username, given, done) => {
          done(null, String(given) === password);
        },
      }),
    });
    const broker = new SmallBroker(aedes);
    await broker.listen();
    onTestFinished(async () => {
      await broker.cut();
      await new Promise<void>(resolve => {
        aedes.close(resolve);
      });
    });
    return broker;
  }

  get url(): string {
    return `mqtt://127.0.0.1:${this.#port}`;
  }

  /** On the port that it had before, if it had one. */
  async listen(): Promise<void> {
    const server = createServer(socket => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      this.#aedes.handle(socket);
    });
    await new Promise<void>((resolve, reject) => {
      server.on('error', reject);
      server.listen(this.#port, '127.0.0.1', resolve);
    });
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('it listens nowhere');
    this.#port = address.port;
    this.#server = server;
  }

  /** It hangs up on everybody and listens no more. */
  async cut(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (!server) return;
    const closed = new Promise<void>(resolve => {
      server.close(() => resolve());
    });
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  async client(): Promise<MqttClient> {
    const client = await mqtt.connectAsync(this.url, { protocolVersion: 4, reconnectPeriod: 200 });
    onTestFinished(async () => {
      await client.endAsync(true);
    });
    return client;
  }

  /** Keeps a message for whoever comes later. */
  async keep(topic: string, payload: string | Buffer): Promise<void> {
    this.#keeper ??= await this.client();
    const client = this.#keeper;
    await client.publishAsync(topic, payload, { qos: 1, retain: true });
  }

  /** So many devices that are there, and of which nothing else is known. */
  async rooms(count: number): Promise<void> {
    for (let index = 0; index < count; index++)
      await this.keep(topicsOf(`room-${index}`).availability, 'online');
  }

  /** A device in a session. `answers`: what it says to a stop; null where it says nothing. */
  async device(
    name: string,
    { answers = true, state = {} }: { answers?: boolean | null; state?: Partial<DeviceState> } = {},
  ) {
    const topics = topicsOf(name);
    const client = await this.client();
    const tell = async (changes: Partial<DeviceState> = {}): Promise<void> => {
      const told = deviceState({ at: new Date().toISOString(), runs: false, ...state, ...changes });
      await client.publishAsync(topics.state, JSON.stringify(told), { qos: 1, retain: true });
    };
    client.on('message', (_topic, payload) => {
      if (answers === null) return;
      const { id } = JSON.parse(String(payload)) as { id: string };
      const answer = { v: 1, id, at: new Date().toISOString(), confirmed: answers, tookMs: 14 };
      void client.publishAsync(topics.answer, JSON.stringify(answer), { qos: 1 });
      void tell({ activity: 'stopped' });
    });
    await client.subscribeAsync(topics.stop, { qos: 1 });
    await client.publishAsync(topics.availability, 'online', { qos: 1, retain: true });
    await tell();
    return { client, tell };
  }
}
