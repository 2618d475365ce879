/** Takes a device that is gone off a broker: what is kept of it there, and what Home Assistant was told of it. */
import { fleetWords } from '../../../machines/text/fleet.ts';
import { fill } from '../../../machines/text/text.ts';
import { everyDiscovery, nameAnnounced } from '../../mqtt/discovery.ts';
import { fleetLimits, type HeardMessage } from '../../mqtt/fleet.ts';
import type { FleetLine } from '../../mqtt/fleet-line.ts';
import { topicsOf } from '../../mqtt/topics.ts';
import { Exit } from '../exit.ts';

const words = fleetWords.forget;

/** All that is kept of one device, by its topics. */
export class KeptTraces {
  readonly #name: string;
  readonly #topics = new Set<string>();
  #isLive = false;

  constructor(name: string) {
    this.#name = name;
  }

  /** What has to be listened to. */
  get watched(): readonly string[] {
    return [...Object.values(topicsOf(this.#name)), everyDiscovery()];
  }

  hear({ topic, payload, retained }: HeardMessage): void {
    const own = topicsOf(this.#name);
    const text = payload.length > fleetLimits.payloadBytes ? '' : Buffer.from(payload).toString('utf8');
    if (topic === own.availability && text !== '') this.#isLive = text === 'online';
    if (!retained || payload.length === 0) return;
    if (Object.values(own).includes(topic) || nameAnnounced(topic, text) === this.#name)
      this.#topics.add(topic);
  }

  /** Throws Exit where there is nothing, or where it would all be back in a moment. */
  async erase(line: Pick<FleetLine, 'publish'>, broker: string): Promise<readonly string[]> {
    const name = this.#name;
    if (this.#topics.size === 0) throw new Exit('noInput', fill(words.unknown, { name, broker }));
    if (this.#isLive) throw new Exit('busy', fill(words.live, { name }));
    // Home Assistant first: it would else show a device of which nothing is known.
    const topics = [...this.#topics].toSorted();
    for (const topic of topics) await line.publish(topic, '', { retain: true });
    return topics;
  }
}
