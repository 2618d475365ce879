/**
 * Many devices in one process, each with a client and a queue on the disk of its own, at one broker. Begun by a test,
 * to which it says over the channel between processes what it has told, and how much memory it holds.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type BrokerConnection, connectTo } from '../../../src/mqtt/connection.ts';
import { DeviceClient } from '../../../src/mqtt/device-client.ts';
import { discoveryOf, homeAssistantStatus } from '../../../src/mqtt/discovery.ts';
import { EventQueue } from '../../../src/mqtt/event-queue.ts';
import type { DeviceEvent, DeviceState } from '../../../src/mqtt/messages.ts';
import { topicsOf } from '../../../src/mqtt/topics.ts';
import { SystemClock } from '../../../src/time/system-clock.ts';
import { seeded } from '../../../src/time/virtual-clock.ts';
import { plainAddress } from '../../support/broker-watch.ts';
import { deviceName, type ManyGiven, type ManyNews, type ManyWord } from './many-devices-talk.ts';
import { type Told, toldStory } from './told-stories.ts';

/** A moment that is the same for all processes of this machine, in ns, as short as an id may be. */
const momentNow = (): string => process.hrtime.bigint().toString(36);
const tickMs = 10_000;
const clock = new SystemClock();

const tell = (news: ManyNews): void => void process.send?.(news);

class Device {
  readonly #name: string;
  readonly #client: DeviceClient;
  readonly queue: EventQueue;
  told = 0;
  state: DeviceState | null = null;

  constructor(index: number, { port, linePort, folder }: ManyGiven, isAway: () => boolean) {
    const name = deviceName(index);
    this.#name = name;
    const topics = topicsOf(name);
    const random = seeded(index + 1);
    const own = join(folder, name);
    mkdirSync(own, { recursive: true });
    this.queue = new EventQueue({
      path: join(own, 'events.jsonl'),
      say: ({ file, what }) => process.stderr.write(`${file}: ${what}\n`),
      stamp: () => this.#stamp(),
    });
    this.#client = new DeviceClient({
      clock,
      wallNow: () => Date.now(),
      random,
      topics,
      queue: this.queue,
      connect: (version, heard): BrokerConnection => {
        if (isAway()) {
          clock.at(clock.now(), () => heard.lost({ why: 'unreachable', code: 'away' }));
          return { publish: () => {}, subscribe: () => {}, leave: left => left(), cut: () => {} };
        }
        return connectTo(
          {
            address: plainAddress(index === 0 ? linePort : port),
            clientId: `tactus-device-${name}`,
            version,
            will: { topic: topics.availability, payload: 'offline', retain: true },
          },
          heard,
        );
      },
      retained: [discoveryOf({ uniqueId: name, name, version: '0' })],
      renewOn: homeAssistantStatus,
      say: () => {},
      stop: () => this.#client.stopped(true),
    });
  }

  get isUp(): boolean {
    return this.#client.isUp;
  }

  open(): void {
    this.#client.open();
  }

  play(story: readonly Told[], lastsMs: number): void {
    const begun = clock.now();
    for (const told of story)
      clock.at(begun + told.at, () => {
        for (const body of told.events) this.event({ ...this.#stamp(), ...body });
        this.#say(told.state);
      });
    for (let at = tickMs; at < lastsMs; at += tickMs)
      clock.at(begun + at, () => {
        const { state } = this;
        if (state?.runs)
          this.#say({ ...state, secondsLeft: Math.max(0, (state.secondsLeft ?? 0) - tickMs / 1000) });
      });
  }

  event(event: DeviceEvent = { ...this.#stamp(), v: 1, type: 'began' }): void {
    this.#client.event(event);
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  #say(state: DeviceState): void {
    this.state = { ...state, at: new Date().toISOString() };
    this.#client.state(this.state);
  }

  #stamp(): Readonly<{ id: string; at: string }> {
    this.told += 1;
    return { id: `${this.#name}:${this.told}:${momentNow()}`, at: new Date().toISOString() };
  }
}

const { gc } = globalThis;
function tellMemory(): void {
  gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  tell({ is: 'memory', at: performance.now(), heapMb: heapUsed / 2 ** 20, rssMb: rss / 2 ** 20 });
}

async function run(given: ManyGiven): Promise<void> {
  let isAway = false;
  const devices = Array.from({ length: given.count }, (_, index) => new Device(index, given, () => isAway));
  const stories: (readonly Told[])[] = [];
  for (const index of devices.keys()) stories.push(await toldStory(index + 1, given.lastsMs));
  for (const device of devices) device.open();
  setInterval(() => tell({ is: 'up', count: devices.filter(({ isUp }) => isUp).length }), 100).unref();
  const begin = (): void => {
    for (const [index, device] of devices.entries()) device.play(stories[index] ?? [], given.lastsMs);
    tellMemory();
    setInterval(tellMemory, given.memoryEveryMs).unref();
  };
  const obey: Readonly<Record<ManyWord, () => void>> = {
    begin,
    away: () => {
      isAway = true;
    },
    back: () => {
      isAway = false;
    },
    one: () => devices[0]?.event(),
    finish: () =>
      tell({
        is: 'told',
        events: devices.map(({ told }) => told),
        states: devices.map(({ state }) => state),
        left: devices.reduce((sum, { queue }) => sum + queue.count, 0),
      }),
    close: () => void Promise.all(devices.map(device => device.close())).then(() => process.exit(0)),
  };
  process.on('message', (word: ManyWord) => obey[word]());
  // Whoever began it is gone.
  process.on('disconnect', () => process.exit(1));
  tell({ is: 'ready' });
}

const [, , asked] = process.argv;
if (asked !== undefined && process.send) await run(JSON.parse(asked) as ManyGiven);
