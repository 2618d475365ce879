/**
 * The broker's thread, as the session's sees it: it is told the newest state and a bounded number of events, one small
 * message at a time, and nothing is ever waited for. Where it ends or hangs the session goes on, and another one is begun.
 */
import type { Ms } from '../../machines/vocabulary.ts';
import type { FileNotice } from '../storage/notices.ts';
import { WorkThread } from '../storage/work-thread.ts';
import type { Cancel, Clock } from '../time/clock.ts';
import { beatMs, type MqttGiven, type MqttNews, type MqttResult, type MqttTask } from './between-threads.ts';
import type { BrokerSaid } from './connection-teller.ts';
import type { DeviceEvent, DeviceState } from './messages.ts';

/** It keeps them on the disk: so many are only there while it is busy, or gone. */
const mostEvents = 200;
const mostWaiting = 8;
/** A disk that takes its time is no hang. */
const longestMs: Ms = 15_000;
/** Saying goodbye to a broker takes 600 ms at most. */
const closingMs: Ms = 750;
const mostMegabytes = 128;
const firstRestartMs: Ms = 30_000;
const longestRestartMs: Ms = 600_000;
/** After so many answers in a row a thread is one that goes on. */
const steadyAnswers = 12;

/** What is asked of a thread of its own. */
export type AskedThread = Pick<WorkThread<MqttTask, MqttResult, MqttNews>, 'ask' | 'close'>;

export type MqttThreadPorts = Readonly<{
  clock: Clock;
  /** Begins the thread: it is told what is heard of it. */
  begin(heard: (news: MqttNews) => void): AskedThread;
  notice(notice: FileNotice): void;
  say(said: BrokerSaid | Readonly<{ word: 'threadLost'; code: string }>): void;
  /** Somebody wants a stop, now. */
  stop(): void;
}>;

/** In a worker thread. `worker`: what a bundler made of mqtt-worker.ts. */
export const mqttWorkThread =
  (clock: Clock, worker: URL, given: MqttGiven): MqttThreadPorts['begin'] =>
  heard =>
    new WorkThread({ clock, worker, given, mostWaiting, longestMs, closingMs, mostMegabytes, heard });

export class MqttThread {
  readonly #ports: MqttThreadPorts;
  readonly #thread: AskedThread;
  #state: DeviceState;
  #isNews = true;
  #events: DeviceEvent[] = [];
  #dropped = 0;
  #isBusy = false;
  #isClosed = false;
  #known: string | null = null;
  #losses = 0;
  #answers = 0;
  #beat: Cancel = () => {};

  constructor(state: DeviceState, ports: MqttThreadPorts) {
    this.#state = state;
    this.#ports = ports;
    this.#thread = ports.begin(news => this.#heard(news));
    this.#send();
  }

  tell(state: DeviceState, events: readonly DeviceEvent[] = []): void {
    this.#state = state;
    this.#isNews = true;
    this.#keep(events);
    this.#send();
  }

  /** Whether the stop that was wanted has been confirmed by the firmware. */
  stopped(confirmed: boolean): void {
    // Who asked may be gone meanwhile: then nobody waits for it.
    this.#thread.ask({ stopped: confirmed }).catch(() => {});
  }

  /** Has it say what there is still to say, and that this device is off. Resolves in any case. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    if (!this.#isBusy) this.#send();
    this.#isClosed = true;
    this.#beat();
    const last = this.#isBusy && this.#isNews ? this.#asked(this.#taken()) : Promise.resolve(null);
    const closed = this.#asked('close');
    await this.#thread.close();
    await Promise.all([last, closed]);
  }

  #heard(news: MqttNews): void {
    const { stop, say, notice } = this.#ports;
    if (news === 'stop') stop();
    else if ('said' in news) say(news.said);
    else notice(news.notice);
  }

  #keep(events: readonly DeviceEvent[]): void {
    this.#events.push(...events);
    const over = this.#events.length - mostEvents;
    if (over > 0) this.#dropped += this.#events.splice(0, over).length;
  }

  #taken(): Extract<MqttTask, { state: DeviceState }> {
    const task = { state: this.#state, events: this.#events, dropped: this.#dropped };
    this.#events = [];
    this.#dropped = 0;
    this.#isNews = false;
    return task;
  }

  /** What there is to tell, unless it is still being told something. */
  #send(): void {
    if (this.#isBusy || this.#isClosed) return;
    this.#beat();
    this.#isBusy = true;
    const task = this.#taken();
    void this.#asked(task).then(result => {
      if (result === null) this.#lost(task);
      else this.#told(result);
    });
  }

  /** Null where no answer comes. */
  async #asked(task: MqttTask): Promise<MqttResult | null> {
    try {
      return (await this.#thread.ask(task))?.result ?? null;
    } catch {
      return null;
    }
  }

  #told({ thread }: MqttResult): void {
    this.#isBusy = false;
    this.#answers += 1;
    if (this.#known !== null && this.#known !== thread) this.#sayLost();
    else if (this.#answers > steadyAnswers) this.#losses = 0;
    this.#known = thread;
    if (this.#isNews) this.#send();
    else this.#again(beatMs);
  }

  /** It has ended, or hangs. What it was told may have arrived; who reads it drops what comes twice. */
  #lost({ events, dropped }: Extract<MqttTask, { state: DeviceState }>): void {
    if (this.#isClosed) return;
    this.#sayLost();
    const since = this.#events;
    this.#events = [];
    this.#dropped += dropped;
    this.#keep([...events, ...since]);
    this.#isNews = true;
    this.#known = null;
    this.#again(Math.min(longestRestartMs, firstRestartMs * 2 ** Math.min(this.#losses - 1, 10)), true);
  }

  /** Once, however often it comes, until one has gone on for a while. */
  #sayLost(): void {
    if (this.#losses === 0) this.#ports.say({ word: 'threadLost', code: '' });
    this.#losses += 1;
    this.#answers = 0;
  }

  /** `isBusy`: nothing is sent before. */
  #again(ms: Ms, isBusy = false): void {
    const { clock } = this.#ports;
    this.#isBusy = isBusy;
    this.#beat();
    if (this.#isClosed) return;
    this.#beat = clock.at(clock.now() + ms, () => {
      this.#isBusy = false;
      this.#send();
    });
  }
}
