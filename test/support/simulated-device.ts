/**
 * A device on a broker without a board or a person: the very client that `start --mqtt` has, fed with sessions that never
 * end, so that many of them run in one process. Each counts what it has said, and keeps nothing of it.
 */
import { randomBytes } from 'node:crypto';
import { BrokerSide } from '../../src/mqtt/broker-side.ts';
import type { BrokerAddress } from '../../src/mqtt/connection.ts';
import type { BrokerSaid } from '../../src/mqtt/connection-teller.ts';
import type { DeviceEvent, DeviceState } from '../../src/mqtt/messages.ts';
import type { Cancel, Clock } from '../../src/time/clock.ts';

export type SimulatedDeviceOptions = Readonly<{
  address: BrokerAddress;
  /** As `namePattern` has it. */
  name: string;
  clock: Clock;
  /** How often something happens in its session. */
  everyMs: number;
  /** Where its events wait beyond this process; without it in memory. */
  queuePath?: string;
  /** How long its firmware takes to confirm a stop; null where it never does. */
  confirmsAfterMs?: number | null;
  /** Ms since 1970; the real one where nothing is said. */
  wallNow?: () => number;
}>;

const stages = ['warmUp', 'strokes', 'pressureRamp', 'cooldown'] as const;
const sessionS = 1200;
/** As `start` says that it is there. */
const beatMs = 5000;

export class SimulatedDevice {
  /** Names of all events that were handed over, in order. */
  readonly events: string[] = [];
  readonly said: BrokerSaid[] = [];
  stops = 0;
  readonly #options: SimulatedDeviceOptions;
  readonly #side: BrokerSide;
  readonly #boot = randomBytes(8).toString('hex');
  #step = 0;
  #isStopped = false;
  #next: Cancel = () => {};
  #beat: Cancel = () => {};

  constructor(options: SimulatedDeviceOptions) {
    this.#options = options;
    const { address, name, clock, queuePath = null } = options;
    this.#side = new BrokerSide(
      { address, name, queuePath, retained: [], renewOn: null },
      {
        clock,
        wallNow: () => this.#wall,
        tell: news => {
          if (news === 'stop') this.#stop();
          else if ('said' in news) this.said.push(news.said);
        },
      },
    );
  }

  get isUp(): boolean {
    return this.#side.isUp;
  }

  /** Connects, and goes on by itself from then on. `afterMs`: so that many do not all speak at once. */
  start(afterMs = 0): void {
    const { clock } = this.#options;
    this.#next = clock.at(clock.now() + afterMs, () => {
      this.#alive();
      this.#go();
    });
  }

  /** Says that it is off, and goes. */
  async close(): Promise<void> {
    this.#next();
    this.#beat();
    await this.#side.done('close');
  }

  get #wall(): number {
    return this.#options.wallNow?.() ?? Date.now();
  }

  #alive(): void {
    const { clock } = this.#options;
    void this.#side.done({ state: this.#state, events: [], dropped: 0 });
    this.#beat = clock.at(clock.now() + beatMs, () => this.#alive());
  }

  #go(): void {
    const { clock, everyMs } = this.#options;
    this.#step += 1;
    this.#isStopped = false;
    const activity = this.#step % 2 === 0 ? 'underway' : 'asking';
    this.#tell({ type: 'activity', activity });
    this.#next = clock.at(clock.now() + everyMs, () => this.#go());
  }

  #tell(body: Readonly<{ type: 'activity'; activity: 'underway' | 'asking' | 'stopped' }>): void {
    const id = `${this.#boot}-${this.events.length + 1}`;
    const event: DeviceEvent = { v: 1, id, at: new Date(this.#wall).toISOString(), ...body };
    this.events.push(id);
    void this.#side.done({ state: this.#state, events: [event], dropped: 0 });
  }

  #stop(): void {
    const { clock, confirmsAfterMs = 15 } = this.#options;
    this.stops += 1;
    this.#isStopped = true;
    this.#tell({ type: 'activity', activity: 'stopped' });
    if (confirmsAfterMs === null) return;
    clock.at(clock.now() + confirmsAfterMs, () => void this.#side.done({ stopped: true }));
  }

  get #state(): DeviceState {
    const runs = !this.#isStopped;
    return {
      v: 1,
      at: new Date(this.#wall).toISOString(),
      activity: runs ? (this.#step % 2 === 0 ? 'underway' : 'asking') : 'stopped',
      stage: stages[this.#step % stages.length] ?? 'strokes',
      phase: { number: (this.#step % 5) + 1, of: 5 },
      zone: 'calf',
      side: this.#step % 2 === 0 ? 'left' : 'right',
      secondsLeft: Math.max(0, sessionS - this.#step),
      runs,
      pressure: 'light',
      board: 'emulated',
      outcome: null,
    };
  }
}
