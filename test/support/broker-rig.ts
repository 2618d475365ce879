/** A run that tells a broker of itself, all in virtual time: nothing of a thread or a network, everything else as it is. */
import { BrokerFollower } from '../../src/app/mqtt/live-mqtt.ts';
import { BrokerSide } from '../../src/mqtt/broker-side.ts';
import { topicsOf } from '../../src/mqtt/topics.ts';
import type { Run } from '../../src/session/run.ts';
import type { VirtualClock } from '../../src/time/virtual-clock.ts';
import { FakeBroker } from './fake-broker.ts';

const began = Date.parse('2026-11-30T12:00:00.000Z');

export class BrokerRig {
  readonly topics = topicsOf('couch');
  readonly broker: FakeBroker;
  readonly said: string[] = [];
  readonly follower: BrokerFollower;
  /** What the firmware says to a stop. */
  confirms = true;
  /** While it does, nothing that is told arrives at the broker's side. */
  holds = false;

  constructor(run: Run, clock: VirtualClock) {
    this.broker = new FakeBroker(clock);
    const wallNow = (): number => began + Math.floor(clock.now());
    const address = { host: 'broker', port: 1883, isSecure: false };
    const secrets = { username: null, password: null, ca: null, cert: null, key: null };
    let ids = 0;
    this.follower = new BrokerFollower({
      clock,
      wallNow,
      sessions: { run, listen: listener => run.listen(listener) },
      board: 'real',
      silent: () => Promise.resolve(this.confirms),
      newId: () => {
        ids += 1;
        return `0123456789abcdef-${ids}`;
      },
      say: line => this.said.push(line),
      address,
      name: 'couch',
      thread: {
        notice: () => {},
        begin: heard => {
          const side = new BrokerSide(
            {
              address: { ...address, ...secrets },
              name: 'couch',
              queuePath: null,
              retained: [],
              renewOn: null,
            },
            {
              clock,
              wallNow,
              tell: heard,
              connect: ({ version }, told) => this.broker.connect(version, told),
            },
          );
          return {
            ask: async task => (this.holds ? null : { result: await side.done(task) }),
            close: async () => {},
          };
        },
      },
    });
  }
}

/** Lets what promises wait for happen; no time passes. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}
