/** The session machine with its journal: nothing is told to it that the journal does not hold first. */
import { type Actor, createActor } from 'xstate';
import type { SessionEvent } from '../../machines/session.events.ts';
import { sessionMachine } from '../../machines/session.ts';
import type { Emitted, SessionInput } from '../../machines/session.types.ts';
import type { SessionSnapshot } from '../../machines/session.view.ts';
import { catalogue } from '../../machines/text/text.ts';
import type { UnstampedEvent } from '../../machines/touch/meaning.ts';
import type { Ms } from '../../machines/vocabulary.ts';
import { JournalWriter } from '../journal/journal.ts';
import { stamped } from './intent-events.ts';
import { type RunOptions, sessionInputOf } from './run-options.ts';

const journalOf = ({ journal, product, id }: RunOptions, input: SessionInput): JournalWriter | null =>
  journal
    ? new JournalWriter(journal, {
        product,
        screeningVersion: catalogue.screening.version,
        ...(id !== undefined && { id }),
        input,
      })
    : null;

export class JournaledSession {
  readonly #actor: Actor<typeof sessionMachine>;
  readonly #journal: JournalWriter | null;
  #emitted: Emitted[] = [];

  constructor(options: RunOptions) {
    const input = sessionInputOf(options);
    this.#journal = journalOf(options, input);
    this.#actor = createActor(sessionMachine, { input });
    this.#actor.on('*', emitted => this.#emitted.push(emitted));
    // An error ends the actor and is thrown on by `tell`; without a listener xstate would throw it once more, later.
    this.#actor.subscribe({ error: () => {} });
    this.#actor.start();
  }

  get snapshot(): SessionSnapshot {
    return this.#actor.getSnapshot();
  }

  /** Tells it of something at `at`; throws what the machine throws. */
  tell(wish: UnstampedEvent, at: Ms): SessionEvent {
    const event = stamped(wish, at);
    this.#journal?.append(event);
    this.#actor.send(event);
    const { error } = this.snapshot;
    if (error !== undefined) throw error;
    return event;
  }

  /** What it has emitted since this was last asked. */
  emitted(): readonly Emitted[] {
    const emitted = this.#emitted;
    this.#emitted = [];
    return emitted;
  }
}
