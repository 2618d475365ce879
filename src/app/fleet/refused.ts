/** What a broker refuses, as the end of a command. */
import { fleetWords } from '../../../machines/text/fleet.ts';
import { fill } from '../../../machines/text/text.ts';
import { BrokerRefusal } from '../../mqtt/broker-refusal.ts';
import { Exit, shown } from '../exit.ts';

const exitKinds = {
  unreachable: 'noDevice',
  refused: 'noDevice',
  noTls: 'noDevice',
  refusedUser: 'notPermitted',
  unknownCertificate: 'notPermitted',
  otherCertificate: 'notPermitted',
  oldCertificate: 'notPermitted',
  topics: 'notPermitted',
  publish: 'notPermitted',
} as const satisfies Readonly<Record<BrokerRefusal['kind'], Exit['kind']>>;

/** What it is in one sentence. */
export const refusalSentence = (broker: string, { kind, topic, message }: BrokerRefusal): string =>
  fill(fleetWords.refused[kind], { broker: shown(broker), topic, why: shown(message) });

/** Throws Exit for a refusal of the broker's, and anything else as it is. */
export function refusedBy(broker: string, error: unknown): never {
  if (!(error instanceof BrokerRefusal)) throw error;
  throw new Exit(exitKinds[error.kind], refusalSentence(broker, error));
}
