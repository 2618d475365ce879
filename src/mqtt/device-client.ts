/**
 * A device on a broker: its availability, its state, its events each in turn, and stops that come from there. It keeps a
 * connection as long as it is open, bounds all that waits, and knows nothing of who it works for.
 */
import type { Ms } from '../../machines/vocabulary.ts';
import { atMost } from '../time/at-most.ts';
import type { Cancel, Clock } from '../time/clock.ts';
import { BesideState } from './beside-state.ts';
import type { BrokerAnswer, BrokerConnection, ConnectionHeard, Message } from './connection.ts';
import { type BrokerSaid, ConnectionTeller } from './connection-teller.ts';
import type { EventQueue } from './event-queue.ts';
import type { Loss } from './losses.ts';
import type { DeviceEvent, DeviceState } from './messages.ts';
import { StopWishes } from './stop-wishes.ts';
import type { Topics } from './topics.ts';

export type DeviceClientPorts = Readonly<{
  clock: Clock;
  /** Ms since 1970. */
  wallNow(): number;
  /** Uniform in [0, 1). */
  random(): number;
  topics: Topics;
  queue: EventQueue;
  connect(version: 4 | 5, heard: ConnectionHeard): BrokerConnection;
  /** Stands retained beside the state, published anew with each connection and whenever `renewOn` says `online`. */
  retained?: readonly Message[];
  renewOn?: string;
  say(said: BrokerSaid): void;
  /** Somebody wants a stop, now; `stopped` is told what has come of it. */
  stop(): void;
}>;

const firstRetryMs: Ms = 1000;
const longestRetryMs: Ms = 60_000;
/** So long a connection has to hold before its loss counts as a new one. */
const steadyMs: Ms = 30_000;
/** A broker that has not acknowledged by then is not there. */
const acknowledgedWithinMs: Ms = 10_000;
/** What a broker does not take is offered to it again. */
const offeredAgainMs: Ms = 60_000;
/** What is still to be told has half of it. */
const leaveWithinMs: Ms = 600;
const mostAnswers = 32;

/** Errors that another try cures only once somebody has done something. */
const patient = new Set<Loss['why']>(['refused', 'refusedUser', 'takenOver']);

export class DeviceClient {
  readonly #ports: DeviceClientPorts;
  readonly #stops: StopWishes;
  readonly #teller: ConnectionTeller;
  readonly #beside: BesideState;
  #connection: BrokerConnection | null = null;
  #isUp = false;
  #isOpen = false;
  #isLeaving = false;
  #version: 4 | 5 = 5;
  #state: DeviceState | null = null;
  /** What the broker has of it; null where it has to be told. */
  #stateThere: DeviceState | null = null;
  #isStateOnItsWay = false;
  #isEventOnItsWay = false;
  #answers = 0;
  #tries = 0;
  #retry: Cancel = () => {};
  #steady: Cancel = () => {};
  /** Called once nothing waits any more. */
  #settled: () => void = () => {};
  #offerAgain: Cancel = () => {};

  constructor(ports: DeviceClientPorts) {
    this.#ports = ports;
    this.#beside = new BesideState(ports.retained ?? []);
    this.#teller = new ConnectionTeller(ports.clock, said => ports.say(said));
    this.#stops = new StopWishes({
      clock: ports.clock,
      wallNow: () => ports.wallNow(),
      stop: () => ports.stop(),
      answer: answer => this.#answer(JSON.stringify(answer)),
    });
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  /** Begins, and goes on until it is closed. */
  open(): void {
    if (this.#isOpen || this.#isLeaving) return;
    this.#isOpen = true;
    if (this.#connection === null) this.#connect();
  }

  /** How it stands now. Only the newest is ever sent. */
  state(state: DeviceState): void {
    this.#state = state;
    this.#sendState();
  }

  event(event: DeviceEvent): void {
    if (this.#ports.queue.add(event) > 0) this.#teller.once('dropped');
    this.#sendEvent();
  }

  /** So many events never came here. */
  dropped(count: number): void {
    if (count === 0) return;
    this.#ports.queue.addDropped(count);
    this.#teller.once('dropped');
  }

  /** Whether a stop that was wanted has been confirmed by the firmware. */
  stopped(confirmed: boolean): void {
    this.#stops.carriedOut(confirmed);
  }

  /** As if this device had lost its network, until it is opened again: whoever it works for does not answer. */
  suspend(): void {
    if (!this.#isOpen || this.#isLeaving) return;
    this.#isOpen = false;
    this.#retry();
    this.#connection?.cut();
  }

  /** Says that it is off, and goes. Resolves in any case. */
  async close(): Promise<void> {
    if (this.#isLeaving) return;
    const { clock, queue } = this.#ports;
    this.#isLeaving = true;
    this.#isOpen = false;
    for (const cancel of [this.#retry, this.#steady, this.#offerAgain]) cancel();
    this.#teller.close();
    this.#stops.close();
    const connection = this.#connection;
    if (connection && this.#isUp)
      await atMost(clock, leaveWithinMs, done => {
        void atMost(clock, leaveWithinMs / 2, told => this.#whenSettled(told)).then(() =>
          this.#sayFarewell(connection, done),
        );
      });
    this.#isUp = false;
    connection?.cut();
    queue.close();
  }

  #connect(): void {
    const { connect } = this.#ports;
    let mine: BrokerConnection | null = null;
    const isMine = (): boolean => mine !== null && this.#connection === mine;
    mine = connect(this.#version, {
      connected: () => {
        if (isMine()) this.#connected();
      },
      message: (topic, payload, isOld) => {
        if (isMine()) this.#heard(topic, payload, isOld);
      },
      lost: loss => {
        if (isMine()) this.#lost(loss);
      },
    });
    this.#connection = mine;
  }

  #connected(): void {
    const { clock, topics, renewOn } = this.#ports;
    this.#isUp = true;
    this.#steady();
    this.#steady = clock.at(clock.now() + steadyMs, () => {
      this.#tries = 0;
      this.#teller.holds();
    });
    this.#teller.connected(this.#version);
    // Before anybody is told that this device is on: from then on it can be stopped.
    this.#connection?.subscribe(topics.stop, answer => {
      if (!answer.taken && answer.code !== null) this.#teller.once('noStop', String(answer.code));
    });
    if (renewOn !== undefined) this.#connection?.subscribe(renewOn, () => {});
    this.#publish({ topic: topics.availability, payload: 'online', retain: true });
    this.#beside.publish((message, answered) => this.#publish(message, answered));
    this.#stateThere = null;
    this.#sendState();
    this.#sendEvent();
  }

  #heard(topic: string, payload: Uint8Array, isOld: boolean): void {
    const { topics, renewOn } = this.#ports;
    if (topic === topics.stop) {
      if (isOld) this.#teller.once('staleStop');
      else this.#stops.came(payload);
    } else if (topic === renewOn && payload.length === 6 && String(Buffer.from(payload)) === 'online')
      this.#beside.publish((message, answered) => this.#publish(message, answered));
  }

  #lost(loss: Loss): void {
    const { clock, random, queue } = this.#ports;
    this.#isUp = false;
    this.#connection = null;
    this.#isStateOnItsWay = false;
    this.#isEventOnItsWay = false;
    this.#answers = 0;
    this.#beside.lost();
    queue.takeBack();
    this.#steady();
    if (!this.#isOpen) return;
    // One that does not know MQTT 5 says so, and is spoken to as it likes.
    if (loss.why === 'oldProtocol' && this.#version === 5) {
      this.#version = 4;
      this.#retry = clock.at(clock.now(), () => this.#connect());
      return;
    }
    this.#teller.lost(loss);
    const waitMs = patient.has(loss.why)
      ? longestRetryMs
      : Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(this.#tries, 10));
    this.#tries += 1;
    // Many devices that have lost the same broker do not all come back at once.
    const spread = 0.75 + random() / 2;
    this.#retry = clock.at(clock.now() + waitMs * spread, () => this.#connect());
  }

  #sendState(): void {
    const state = this.#state;
    if (!this.#isUp || this.#isStateOnItsWay || state === null || state === this.#stateThere) return;
    this.#isStateOnItsWay = true;
    const message = { topic: this.#ports.topics.state, payload: JSON.stringify(state), retain: true };
    this.#publish(message, () => {
      this.#isStateOnItsWay = false;
      // What is not taken is not offered again: the next one may be.
      this.#stateThere = state;
      this.#sendState();
      this.#settle();
    });
  }

  #sendEvent(): void {
    const { topics, queue, clock } = this.#ports;
    if (!this.#isUp || this.#isEventOnItsWay) return;
    const event = queue.first();
    if (event === null) return;
    this.#isEventOnItsWay = true;
    this.#publish({ topic: topics.event, payload: JSON.stringify(event), retain: false }, answer => {
      this.#isEventOnItsWay = false;
      if (answer.taken) {
        queue.done(event.id);
        this.#sendEvent();
        this.#settle();
      } else if (answer.code !== null) {
        queue.takeBack();
        this.#offerAgain();
        this.#isEventOnItsWay = true;
        this.#offerAgain = clock.at(clock.now() + offeredAgainMs, () => {
          this.#isEventOnItsWay = false;
          this.#sendEvent();
        });
      }
    });
  }

  #answer(payload: string): void {
    if (!this.#isUp || this.#answers >= mostAnswers) return;
    this.#answers += 1;
    this.#publish({ topic: this.#ports.topics.answer, payload, retain: false }, () => {
      this.#answers -= 1;
    });
  }

  /** On the connection there is. Where the broker says nothing for too long, that is over. */
  #publish(message: Message, answered: (answer: BrokerAnswer) => void = () => {}): void {
    const { clock } = this.#ports;
    const connection = this.#connection;
    if (!connection) return;
    const giveUp = clock.at(clock.now() + acknowledgedWithinMs, () => connection.cut());
    connection.publish(message, answer => {
      giveUp();
      if (!answer.taken && answer.code !== null) this.#teller.once('notTaken', String(answer.code));
      // Nobody has refused it: the line is gone, or about to be.
      if (!answer.taken && answer.code === null) connection.cut();
      // Of a connection that is gone everything has been taken back already.
      if (connection === this.#connection) answered(answer);
    });
  }

  #whenSettled(told: () => void): void {
    this.#settled = told;
    this.#settle();
  }

  #settle(): void {
    if (this.#ports.queue.count === 0 && !this.#isStateOnItsWay) this.#settled();
  }

  #sayFarewell(connection: BrokerConnection, left: () => void): void {
    const { topics } = this.#ports;
    const farewell = { topic: topics.availability, payload: 'offline', retain: true };
    connection.publish(farewell, () => connection.leave(left));
  }
}
