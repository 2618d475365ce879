/** Why a list of devices has no line to its broker, or something was not published. */
import type { Loss } from './losses.ts';

type RefusalKind = Exclude<Loss['why'], 'takenOver' | 'oldProtocol' | 'closed'> | 'topics' | 'publish';

export class BrokerRefusal extends Error {
  readonly kind: RefusalKind;
  /** The topic, where it is about one. */
  readonly topic: string;

  constructor(kind: RefusalKind, why: string, topic = '') {
    super(why);
    this.kind = kind;
    this.topic = topic;
  }
}
