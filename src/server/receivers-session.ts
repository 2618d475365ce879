/** The receiver's side: the session hears whether such a page is there, and it says less and stop. */
import type { Run } from '../session/run.ts';
import type { Sessions } from '../session/sessions.ts';
import type { FromClient } from './messages.ts';
import type { People } from './people.ts';

type Intended = Extract<FromClient, { type: 'intent' }>;

/** What the page of the person being massaged may say of the session: `undo` takes their own less back. */
const receiversIntents: ReadonlySet<string> = new Set(['less', 'undo', 'stop']);

export const isReceivers = (message: FromClient): message is Intended =>
  message.type === 'intent' && receiversIntents.has(message.intent.intent);

/** Whether what was refused is something that they may have said. */
export const mayBeReceivers = (asked: string): boolean => receiversIntents.has(asked);

export class ReceiversSession {
  readonly #sessions: Sessions;
  readonly #people: People;
  /** The session that has been told of the receiver's page. */
  #told: Run | null = null;

  constructor(sessions: Sessions, people: People) {
    this.#sessions = sessions;
    this.#people = people;
  }

  /** The session under way hears once that a page of the receiver's has come, and once that the last has gone. */
  tell(): void {
    const { run } = this.#sessions;
    if (this.#people.receivers > 0 && this.#told !== run) {
      this.#told = run;
      run.receiverIsHere(true);
    } else if (this.#people.receivers === 0 && this.#told !== null) {
      const told = this.#told;
      this.#told = null;
      if (told === run) run.receiverIsHere(false);
    }
  }
}
