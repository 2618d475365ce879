/** The broker's side of a device: what it is told by whoever paces, done with a client of its own. */
import { randomBytes } from 'node:crypto';
import type { Cancel, Clock } from '../time/clock.ts';
import {
  type MqttGiven,
  type MqttNews,
  type MqttResult,
  type MqttTask,
  silentMs,
} from './between-threads.ts';
import {
  type BrokerConnection,
  type ConnectionHeard,
  type ConnectionOptions,
  connectTo,
} from './connection.ts';
import { DeviceClient } from './device-client.ts';
import { EventQueue } from './event-queue.ts';
import { topicsOf } from './topics.ts';

export type BrokerSidePorts = Readonly<{
  clock: Clock;
  /** Ms since 1970. */
  wallNow(): number;
  tell(news: MqttNews): void;
  /** Without it, over the network. */
  connect?: (options: ConnectionOptions, heard: ConnectionHeard) => BrokerConnection;
}>;

export class BrokerSide {
  readonly #clock: Clock;
  readonly #client: DeviceClient;
  readonly #thread = randomBytes(8).toString('hex');
  #silent: Cancel = () => {};

  constructor(given: MqttGiven, { clock, wallNow, tell, connect = connectTo }: BrokerSidePorts) {
    this.#clock = clock;
    const { address, name, queuePath, retained, renewOn } = given;
    const topics = topicsOf(name);
    const will = { topic: topics.availability, payload: 'offline', retain: true };
    this.#client = new DeviceClient({
      clock,
      wallNow,
      random: () => Math.random(),
      topics,
      queue: new EventQueue({
        path: queuePath,
        say: notice => tell({ notice }),
        stamp: () => ({
          id: `${this.#thread}-${randomBytes(6).toString('hex')}`,
          at: new Date(wallNow()).toISOString(),
        }),
      }),
      connect: (version, heard) =>
        connect({ address, clientId: `tactus-device-${name}`, version, will }, heard),
      retained,
      ...(renewOn !== null && { renewOn }),
      say: said => tell({ said }),
      stop: () => tell('stop'),
    });
  }

  get isUp(): boolean {
    return this.#client.isUp;
  }

  /** Resolves once it is done; a farewell takes its time. */
  async done(task: MqttTask): Promise<MqttResult> {
    if (task === 'close') {
      this.#silent();
      await this.#client.close();
    } else if ('stopped' in task) this.#client.stopped(task.stopped);
    else {
      this.#client.dropped(task.dropped);
      for (const event of task.events) this.#client.event(event);
      this.#client.state(task.state);
      this.#heardOf();
    }
    return { thread: this.#thread };
  }

  /** Whoever paces says every few seconds that it is there. While it hangs this device is not on, whatever else it may be. */
  #heardOf(): void {
    this.#silent();
    this.#silent = this.#clock.at(this.#clock.now() + silentMs, () => this.#client.suspend());
    this.#client.open();
  }
}
