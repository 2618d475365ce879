/** A broker in virtual time: it takes what it is let take, and remembers all that was ever sent to it. */
import type { BrokerAnswer, BrokerConnection, ConnectionHeard, Message } from '../../src/mqtt/connection.ts';
import type { Loss } from '../../src/mqtt/losses.ts';
import type { VirtualClock } from '../../src/time/virtual-clock.ts';

type Waiting = Readonly<{ message: Message; answered: (answer: BrokerAnswer) => void }>;

/** What a connection meets: it comes about, is refused, or nothing is ever heard. */
export type Door = Loss | 'open' | 'silent';

export class FakeBroker {
  /** All that was sent, in order, whatever became of it. */
  readonly sent: Message[] = [];
  /** All that was acknowledged. */
  readonly taken: Message[] = [];
  readonly subscribed: string[] = [];
  readonly tries: Readonly<{ at: number; version: 4 | 5 }>[] = [];
  door: Door = 'open';
  knowsMqtt5 = true;
  /** Whether what is sent is acknowledged at once. */
  acknowledges = true;
  /** Topics that are refused, with the broker's code. */
  readonly refuses = new Map<string, number>();
  /** How connections ended, as their client wanted it. */
  readonly ends: ('left' | 'cut')[] = [];
  readonly #clock: VirtualClock;
  #heard: ConnectionHeard | null = null;
  #waiting: Waiting[] = [];

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  get isUp(): boolean {
    return this.#heard !== null;
  }

  /** What waits to be acknowledged. */
  get waiting(): readonly Message[] {
    return this.#waiting.map(({ message }) => message);
  }

  of(topic: string): readonly string[] {
    return this.sent.filter(message => message.topic === topic).map(({ payload }) => payload);
  }

  /** As somebody publishes something there. */
  publish(topic: string, payload: string | Uint8Array, isOld = false): void {
    if (this.subscribed.includes(topic)) this.#heard?.message(topic, Buffer.from(payload), isOld);
  }

  acknowledge(): void {
    const waiting = this.#waiting.splice(0);
    for (const { message, answered } of waiting) {
      this.taken.push(message);
      answered({ taken: true });
    }
  }

  /** The line is gone. */
  drop(loss: Loss = { why: 'closed', code: 'closed' }): void {
    const heard = this.#heard;
    this.#heard = null;
    for (const { answered } of this.#waiting.splice(0)) answered({ taken: false, code: null });
    heard?.lost(loss);
  }

  readonly connect = (version: 4 | 5, heard: ConnectionHeard): BrokerConnection => {
    const clock = this.#clock;
    this.tries.push({ at: clock.now(), version });
    const door: Door = version === 5 && !this.knowsMqtt5 ? { why: 'oldProtocol', code: '1' } : this.door;
    let isOver = false;
    const mine = (): boolean => this.#heard === heard;
    clock.at(clock.now() + 5, () => {
      if (isOver || door === 'silent') return;
      if (door !== 'open') {
        isOver = true;
        heard.lost(door);
        return;
      }
      this.subscribed.length = 0;
      this.#heard = heard;
      heard.connected();
    });
    const end = (how: 'left' | 'cut'): void => {
      if (isOver) return;
      isOver = true;
      this.ends.push(how);
      if (mine()) this.drop();
      else clock.at(clock.now(), () => heard.lost({ why: 'closed', code: 'closed' }));
    };
    return {
      publish: (message, answered) => {
        if (!mine()) return;
        this.sent.push(message);
        const code = this.refuses.get(message.topic);
        if (code !== undefined) answered({ taken: false, code });
        else {
          this.#waiting.push({ message, answered });
          if (this.acknowledges) clock.at(clock.now() + 1, () => this.acknowledge());
        }
      },
      subscribe: (topic, answered) => {
        const code = this.refuses.get(topic);
        if (code === undefined) this.subscribed.push(topic);
        answered(code === undefined ? { taken: true } : { taken: false, code });
      },
      leave: left => {
        end('left');
        left();
      },
      cut: () => end('cut'),
    };
  };
}
