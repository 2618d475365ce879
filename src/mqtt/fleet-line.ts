/** The line to a broker by which a list of devices is kept: it listens, publishes, and comes back by itself. */
import { randomBytes } from 'node:crypto';
import type { Ms } from '../../machines/vocabulary.ts';
import type { Cancel, Clock } from '../time/clock.ts';
import { BrokerRefusal } from './broker-refusal.ts';
import { type BrokerAddress, type BrokerAnswer, type BrokerConnection, connectTo } from './connection.ts';
import type { HeardMessage } from './fleet.ts';
import type { Loss } from './losses.ts';

export const lineLimits = {
  /** Until every topic is granted. */
  openMs: 15_000,
  /** Until the broker has confirmed what was published. */
  publishMs: 5000,
  /** What is kept at a broker has come once nothing more does for so long, and three times as long as it takes to answer, */
  quietMs: 700,
  /** or after so long, however much there is. */
  settleMs: 8000,
  closeMs: 1000,
  /** A broker of MQTT 3.1.1 passes on whatever somebody has left at a topic of a device's. */
  unreadBytes: 4 * 1024 * 1024,
  /** Until a broker that is gone is asked for again. */
  againMs: 2000,
} as const;

export type FleetLineOptions = Readonly<{
  address: BrokerAddress;
  clock: Clock;
  topics: readonly string[];
  heard(message: HeardMessage): void;
  /** The broker is gone; it is asked for again and again. */
  lost?(): void;
  found?(): void;
  connect?: typeof connectTo;
}>;

const noDeed = (): void => {};

/** Of those that never were there what there is to say; of those that hang up at once, that nobody answers. */
const refusalOf = ({ why, code }: Loss): BrokerRefusal =>
  new BrokerRefusal(
    why === 'takenOver' || why === 'oldProtocol' || why === 'closed' ? 'unreachable' : why,
    code,
  );

export class FleetLine {
  readonly #options: FleetLineOptions;
  readonly #clientId = `tactus-fleet-${randomBytes(6).toString('hex')}`;
  #version: 4 | 5 = 5;
  #connection: BrokerConnection | null = null;
  #isUp = false;
  #isClosing = false;
  #heardAt: Ms;
  /** How long the broker has taken to grant the topics. */
  #answerMs: Ms = 0;
  #again: Cancel = noDeed;
  /** Once only: whoever waits for the first connection. */
  #opened: (refusal: BrokerRefusal | null) => void = noDeed;

  private constructor(options: FleetLineOptions) {
    this.#options = options;
    this.#heardAt = options.clock.now();
  }

  /** Resolves once every topic is granted. Throws BrokerRefusal. */
  static async open(options: FleetLineOptions): Promise<FleetLine> {
    const { clock } = options;
    const line = new FleetLine(options);
    const refusal = await new Promise<BrokerRefusal | null>(resolve => {
      const late = clock.at(clock.now() + lineLimits.openMs, () =>
        line.#opened(new BrokerRefusal('unreachable', `no answer within ${lineLimits.openMs / 1000} s`)),
      );
      line.#opened = found => {
        late();
        line.#opened = noDeed;
        resolve(found);
      };
      line.#connect();
    });
    if (refusal === null) return line;
    line.#isClosing = true;
    line.#again();
    line.#connection?.cut();
    throw refusal;
  }

  #connect(): void {
    const { address, connect = connectTo, clock, heard } = this.#options;
    let mine: BrokerConnection | null = null;
    const isMine = (): boolean => mine !== null && this.#connection === mine;
    mine = connect(
      {
        address,
        clientId: this.#clientId,
        version: this.#version,
        mostUnreadBytes: lineLimits.unreadBytes,
      },
      {
        connected: () => {
          if (isMine()) this.#connected();
        },
        message: (topic, payload, isOld) => {
          if (!isMine()) return;
          this.#heardAt = clock.now();
          heard({ topic, payload, retained: isOld });
        },
        lost: loss => {
          if (isMine()) this.#lost(loss);
        },
      },
    );
    this.#connection = mine;
  }

  #connected(): void {
    const { topics, found = noDeed, clock } = this.#options;
    this.#isUp = true;
    let open = topics.length;
    const askedAt = clock.now();
    for (const topic of topics)
      this.#connection?.subscribe(topic, answer => {
        if (!answer.taken) {
          if (answer.code !== null) this.#opened(new BrokerRefusal('topics', String(answer.code), topic));
          return;
        }
        open -= 1;
        if (open > 0) return;
        this.#heardAt = clock.now();
        this.#answerMs = this.#heardAt - askedAt;
        this.#opened(null);
        found();
      });
  }

  #lost(loss: Loss): void {
    const { clock, lost = noDeed } = this.#options;
    const wasUp = this.#isUp;
    this.#isUp = false;
    this.#connection = null;
    if (this.#isClosing) return;
    const isOlder = loss.why === 'oldProtocol' && this.#version === 5;
    if (isOlder) this.#version = 4;
    else if (!wasUp) this.#opened(refusalOf(loss));
    if (wasUp) lost();
    this.#again();
    this.#again = clock.at(clock.now() + (isOlder ? 0 : lineLimits.againMs), () => this.#connect());
  }

  /** Resolves once the broker has it. Throws BrokerRefusal. What cannot be said now is not said later. */
  async publish(topic: string, payload: string, { retain = false } = {}): Promise<void> {
    const { clock } = this.#options;
    const connection = this.#connection;
    if (!connection || !this.#isUp)
      throw new BrokerRefusal('unreachable', 'the connection to the broker is lost');
    const answer = await new Promise<BrokerAnswer>(resolve => {
      const late = clock.at(clock.now() + lineLimits.publishMs, () => resolve({ taken: false, code: null }));
      connection.publish({ topic, payload, retain }, answered => {
        late();
        resolve(answered);
      });
    });
    if (answer.taken) return;
    if (answer.code !== null) throw new BrokerRefusal('publish', `code ${answer.code}`, topic);
    throw new BrokerRefusal('unreachable', 'it has not confirmed what was sent');
  }

  /** Resolves once what the broker keeps has come. */
  async settled(): Promise<void> {
    const { clock } = this.#options;
    const latest = clock.now() + lineLimits.settleMs;
    for (;;) {
      const quietMs = Math.max(lineLimits.quietMs, 3 * this.#answerMs);
      const until = Math.min(latest, this.#heardAt + quietMs);
      if (clock.now() >= until) return;
      await new Promise<void>(resolve => {
        clock.at(until, resolve);
      });
    }
  }

  /** Resolves once it is closed, or after a moment. */
  async close(): Promise<void> {
    const { clock } = this.#options;
    this.#isClosing = true;
    this.#again();
    const connection = this.#connection;
    if (!connection) return;
    await new Promise<void>(resolve => {
      const late = clock.at(clock.now() + lineLimits.closeMs, resolve);
      connection.leave(() => {
        late();
        resolve();
      });
    });
    connection.cut();
  }
}
