/** What a broker refuses, as the end of a command. */
import { fleetWords } from '../../../machines/text/fleet.ts';
import { fill } from '../../../machines/text/text.ts';
import { BrokerRefusal } from '../../mqtt/fleet-line.ts';
import { Exit, shown } from '../exit.ts';

const exitKinds = {
  credentials: 'notPermitted',
  certificate: 'notPermitted',
  topics: 'notPermitted',
  publish: 'notPermitted',
  unreachable: 'noDevice',
  version: 'noDevice',
} as const satisfies Readonly<Record<BrokerRefusal['kind'], Exit['kind']>>;

/** Throws Exit for a refusal of the broker's, and anything else as it is. */
export function refusedBy(broker: string, error: unknown): never {
  if (!(error instanceof BrokerRefusal)) throw error;
  const { kind, topic, message } = error;
  // Neither version of MQTT: whatever listens there is no broker of use.
  const sentence = fleetWords.refused[kind === 'version' ? 'unreachable' : kind];
  throw new Exit(exitKinds[kind], fill(sentence, { broker, topic, why: shown(message) }));
}
