/** One session after another on the same board, and whoever listens hears all of them. */
import type { Driver } from '../../hardware/driver.ts';
import type { Cue } from '../../machines/cues/schema.ts';
import type { Routine } from '../../machines/routine/schema.ts';
import type { ReceiverMeans } from '../../machines/session.lists.ts';
import type { Unfinished } from '../../machines/session.types.ts';
import type { BodySide, Ms } from '../../machines/vocabulary.ts';
import type { JournalSink } from '../journal/journal.ts';
import { type Clock, countedFrom } from '../time/clock.ts';
import { Run } from './run.ts';
import { Listeners, type SessionsListener } from './run-listener.ts';
import type { Trace } from './trace.ts';

export type SessionsOptions = Readonly<{
  clock: Clock;
  driver: Driver;
  product: string;
  trace?: Trace;
  /** Where each session is recorded. */
  journal?: Recording;
  /** What is fitted for the person being massaged. */
  receiver?: ReceiverMeans;
  /** Whether all was clear lately; asked whenever a session begins. */
  isRemembered?: () => boolean;
  /** Where each session is kept, as far as that was chosen. */
  history?: SessionKeeping | undefined;
  /** How far apart the onsets of a GLIDE are felt as one movement; asked at each. */
  glideMs?: () => Ms;
  /** How somebody likes it, asked anew for each session. */
  settings?: () => SessionSettings;
}>;

/** What a person likes to have the same each time. */
export type SessionSettings = Readonly<{
  easierSide?: BodySide;
  strokeCues?: boolean;
  cues?: readonly Cue[];
  turned?: boolean;
  /** Session time at which it all has to be over. */
  endsAt?: Ms;
}>;

/** Keeps one session after another beyond its end. */
export interface SessionKeeping {
  /** A name for the session that opens now; null where nothing is to be kept. */
  newId(): string | null;
  /** Follows a run that has not opened yet. */
  follow(run: Run): void;
}

/** Keeps the journal of one session after another. */
export interface Recording {
  /** Why nothing is recorded any more; null while all is well. */
  readonly failure: string | null;
  /** A sink for a new session's journal. */
  begin(): JournalSink;
  /** A session is over: its outcome has been told. */
  over(): void;
}

/** What the first session of this process goes on with. */
export type First = Readonly<{ routine: Routine; easierSide?: BodySide; unfinished?: Unfinished }>;

export class Sessions {
  #run: Run;
  readonly #options: SessionsOptions;
  readonly #listeners = new Listeners<SessionsListener>();

  constructor(options: SessionsOptions, first: First) {
    this.#options = options;
    this.#run = this.#open(first);
  }

  get run(): Run {
    return this.#run;
  }

  listen(listener: SessionsListener): () => void {
    return this.#listeners.add(listener);
  }

  /** Whether another session may begin: nothing has begun in this one, or it is over, and the board is free. */
  get mayBegin(): boolean {
    const { snapshot, outcome, isSuspended } = this.#run;
    if (isSuspended) return false;
    return outcome !== null || (snapshot.status === 'active' && snapshot.context.startedAt === null);
  }

  /** Begins anew, with screening; false where a session is under way. */
  begin(routine: Routine): boolean {
    if (!this.mayBegin) return false;
    this.#run.close();
    this.#run = this.#open({ routine });
    this.#listeners.tell('changed');
    return true;
  }

  #open(first: First): Run {
    const { clock, driver, product, trace, journal, receiver, isRemembered, history, glideMs } =
      this.#options;
    const id = history?.newId() ?? null;
    const run = new Run({
      ...this.#options.settings?.(),
      ...first,
      ...(id !== null && { id }),
      clock: countedFrom(clock, clock.now()),
      driver,
      speaks: true,
      boardReady: driver.isPresent,
      product,
      ...(receiver && { receiver }),
      ...(glideMs && { glideMs }),
      ...(isRemembered && { isRemembered: isRemembered() }),
      ...(trace && { trace }),
      ...(journal && { journal: journal.begin(), recordingFailure: () => journal.failure }),
    });
    history?.follow(run);
    run.listen({
      pressed: (button, down) => this.#listeners.tell('pressed', button, down),
      entered: state => this.#listeners.tell('entered', state),
      changed: () => this.#listeners.tell('changed'),
      refused: line => this.#listeners.tell('refused', line),
      screened: screened => this.#listeners.tell('screened', screened),
      reopened: () => this.#listeners.tell('reopened'),
      otherRoutine: () => this.#listeners.tell('otherRoutine'),
      again: () => {
        // Within a moment of the run that is over: the next one begins after it.
        clock.at(clock.now(), () => {
          if (this.#run === run) this.begin(run.routine);
        });
      },
      ended: line => {
        journal?.over();
        this.#listeners.tell('ended', line);
      },
    });
    run.open();
    return run;
  }
}
