/** The live controller on a broker: what its sessions are told as, and stops that come from there. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { brokerWords } from '../../../machines/text/broker.ts';
import { fill } from '../../../machines/text/text.ts';
import type { Ms } from '../../../machines/vocabulary.ts';
import { version } from '../../installed.ts';
import type { MqttGiven } from '../../mqtt/between-threads.ts';
import type { BrokerAddress } from '../../mqtt/connection.ts';
import { DeviceStory } from '../../mqtt/device-story.ts';
import { discoveryOf, homeAssistantStatus } from '../../mqtt/discovery.ts';
import { renewedEveryMs } from '../../mqtt/messages.ts';
import { MqttThread, type MqttThreadPorts, mqttWorkThread } from '../../mqtt/mqtt-thread.ts';
import type { Sessions } from '../../session/sessions.ts';
import { codeOf } from '../../storage/error-code.ts';
import { FileBusy, holdFile } from '../../storage/lock.ts';
import type { Say } from '../../storage/notices.ts';
import type { Cancel, Clock } from '../../time/clock.ts';
import { shown } from '../exit.ts';
import { leavingLines } from './asked.ts';
import { deviceId, nameOfId } from './device-id.ts';

/** Stops that come one after the other are one event, unless what came of them differs. */
const stopEventMs: Ms = 1000;

export type BrokerFollowerPorts = Readonly<{
  clock: Clock;
  /** Ms since 1970. */
  wallNow(): number;
  sessions: Pick<Sessions, 'run' | 'listen'>;
  board: 'emulated' | 'real';
  /** Lets go of the motors, and whether the firmware has confirmed it. */
  silent(): Promise<boolean>;
  newId(): string;
  say(line: string): void;
  thread: Pick<MqttThreadPorts, 'begin' | 'notice'>;
  /** In whose words it is said how the connection stands. */
  address: Pick<BrokerAddress, 'host' | 'port'>;
  name: string;
}>;

/** Follows the sessions, and has the broker's thread told. */
export class BrokerFollower {
  readonly #ports: BrokerFollowerPorts;
  readonly #story: DeviceStory;
  readonly #thread: MqttThread;
  readonly #unlisten: () => void;
  #tick: Cancel = () => {};
  #stopEvent: Readonly<{ at: Ms; confirmed: boolean }> | null = null;
  #isClosed = false;

  constructor(ports: BrokerFollowerPorts) {
    const { sessions, clock, board, wallNow, newId, thread } = ports;
    this.#ports = ports;
    this.#story = new DeviceStory(sessions.run, { board, wallNow, newId });
    this.#thread = new MqttThread(this.#story.state(sessions.run), {
      ...thread,
      clock,
      say: said => this.#say(said.word, said.code),
      stop: () => this.#stop(),
    });
    this.#unlisten = sessions.listen({
      changed: () => this.#look(false),
      ended: () => this.#look(true),
    });
    this.#renew();
    this.#look(false);
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#unlisten();
    this.#tick();
    const { state, events } = this.#story.leave();
    if (state) this.#thread.tell(state, events);
    await this.#thread.close();
  }

  #look(hasEnded: boolean): void {
    const { run } = this.#ports.sessions;
    const { state, events } = this.#story.look(run, hasEnded);
    if (!state) return;
    this.#thread.tell(state, events);
    this.#renew();
  }

  /** After a while without a change the state is told anew: by its age whoever listens knows that it is so still. */
  #renew(): void {
    const { clock, sessions } = this.#ports;
    const afterMs = this.#story.runs ? renewedEveryMs.running : renewedEveryMs.resting;
    this.#tick();
    this.#tick = clock.at(clock.now() + afterMs, () => {
      this.#thread.tell(this.#story.state(sessions.run));
      this.#renew();
    });
  }

  /** The page's STOP, on the very same way: everyone may. The motors are off before anybody is told. */
  #stop(): void {
    if (this.#isClosed) return;
    const { sessions, silent } = this.#ports;
    sessions.run.intend({ intent: 'stop' });
    const came = (confirmed: boolean): void => {
      this.#thread.stopped(confirmed);
      this.#tellStop(confirmed);
    };
    silent().then(came, () => came(false));
  }

  #tellStop(confirmed: boolean): void {
    const { clock, sessions, say } = this.#ports;
    const last = this.#stopEvent;
    const at = clock.now();
    if (last !== null && last.confirmed === confirmed && at - last.at < stopEventMs) return;
    this.#stopEvent = { at, confirmed };
    say(brokerWords.stopped);
    if (this.#isClosed) return;
    this.#thread.tell(this.#story.state(sessions.run), [
      this.#story.stamped({ type: 'remoteStop', confirmed }),
    ]);
  }

  #say(word: Exclude<keyof typeof brokerWords, 'queue' | 'refusedOption'>, code: string): void {
    const { address, name, say } = this.#ports;
    const values = { host: shown(address.host), port: address.port, name, code: shown(code) };
    say(fill(brokerWords[word], values));
  }
}

export type LiveMqttParts = Readonly<{
  clock: Clock;
  sessions: Sessions;
  board: 'emulated' | 'real';
  silent(): Promise<boolean>;
  address: BrokerAddress;
  /** What it was asked to be called. */
  name: string | undefined;
  folder: string;
  worker: URL;
  /** One line for whoever sits here. */
  say(line: string): void;
  notice: Say;
}>;

/** Says what leaves and where to, and begins. */
export function liveMqtt(parts: LiveMqttParts): Readonly<{ close(): Promise<void> }> {
  const { address, folder, clock, worker, say, notice } = parts;
  const id = deviceId(folder, notice);
  const name = parts.name ?? nameOfId(id);
  for (const line of leavingLines(address, name)) say(line);
  const queue = heldQueue(join(folder, 'mqtt-events.jsonl'), notice);
  const given: MqttGiven = {
    address,
    name,
    queuePath: queue.path,
    retained: [discoveryOf({ uniqueId: id, name, version })],
    renewOn: homeAssistantStatus,
  };
  const boot = randomBytes(8).toString('hex');
  let events = 0;
  const follower = new BrokerFollower({
    ...parts,
    name,
    wallNow: () => Date.now(),
    newId: () => {
      events += 1;
      return `${boot}-${events}`;
    },
    thread: { begin: mqttWorkThread(clock, worker, given), notice },
  });
  return {
    close: async () => {
      await follower.close();
      queue.release();
    },
  };
}

/** One process at a time has its events wait there. */
function heldQueue(path: string, notice: Say): Readonly<{ path: string | null; release(): void }> {
  const words = brokerWords.queue;
  try {
    return { path, release: holdFile(path) };
  } catch (error) {
    const isBusy = error instanceof FileBusy;
    notice({
      file: path,
      what: isBusy
        ? fill(words.busy, { pid: error.pid })
        : fill(words.memoryOnly, { why: codeOf(error) || 'cannot be written' }),
      todo: isBusy ? words.todo.busy : words.todo.memoryOnly,
    });
    return { path: null, release: () => {} };
  }
}
