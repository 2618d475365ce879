/** Keeps one session after another, as far as somebody chose to have them kept. */
import type { User } from '../../machines/routine/names.ts';
import type { Run } from '../session/run.ts';
import type { Preferences } from '../storage/preferences-schema.ts';
import { SessionRecorder } from './recorder.ts';
import { historyVersion } from './records.ts';
import type { SessionSink } from './session-place.ts';
import type { HistoryStore } from './store.ts';

/** Who steers time, where it can be steered. */
export interface TimeSteering {
  /** Whether it goes otherwise than on the wall just now. */
  readonly isSteered: boolean;
  /** Calls each time that it begins to, or goes on otherwise for a moment. */
  onSteered(steered: () => void): void;
}

export type KeeperOptions = Readonly<{
  store: Pick<HistoryStore, 'newId' | 'begin'>;
  preferences(): Pick<Preferences, 'keep'>;
  /** A session is over, the one with this id where it was kept: what is too old may go. */
  over?(id: string | null): void;
  /** Where somebody asked for a journal. */
  journal?: string | undefined;
  wallNow(): number;
  product: string;
  pid: number;
  /** Whose hands it was begun for, as far as anyone said. */
  user(): User | null;
  /** What comes of steered time is practice, and is kept as that. */
  steering?: TimeSteering | undefined;
  /** Letter of the first receiver; each session after that has the next one. */
  firstClient?: string | undefined;
  /** Whether the questions were gone through with that first receiver, as the therapist stated. */
  intakeAttested?: boolean | undefined;
  /** Nothing is kept any more, and why. */
  failed?(failure: string): void;
}>;

const after = (client: string | null): string | null =>
  client === null || client === 'Z' ? null : String.fromCharCode(client.charCodeAt(0) + 1);

export class HistoryKeeper {
  readonly #options: KeeperOptions;
  #client: string | null;
  #attested: boolean;
  #file: SessionSink | null = null;
  #recorder: SessionRecorder | null = null;

  constructor(options: KeeperOptions) {
    this.#options = options;
    options.steering?.onSteered(() => this.#recorder?.steered());
    this.#client = options.firstClient ?? null;
    this.#attested = options.intakeAttested ?? false;
  }

  /** The letter of whoever is next. */
  get client(): string | null {
    return this.#client;
  }

  /** A name for the session that opens now; null where nothing is to be kept. */
  newId(): string | null {
    return this.#options.preferences().keep === 'off' ? null : this.#options.store.newId();
  }

  /** Keeps what comes of a run from its first stroke on. */
  follow(run: Run): void {
    const { keep: keeps } = this.#options.preferences();
    this.close();
    let letter: string | null = null;
    run.listen({
      entered: state => {
        // A letter is used up by whoever's session really began.
        if (state !== 'warmUp' || letter !== null || this.#client === null) return;
        letter = this.#client;
        this.#client = after(this.#client);
      },
    });
    const { id } = run;
    const { store, over, journal } = this.#options;
    // What was kept before goes in its time, whatever is kept now.
    run.listen({ ended: () => over?.(id) });
    if (keeps === 'off' || id === null) return;
    let file: SessionSink | null = null;
    const { steering } = this.#options;
    this.#recorder = new SessionRecorder(run, {
      keeps,
      begun: begun => {
        const { user, wallNow, product, pid } = this.#options;
        file = store.begin({
          type: 'session',
          v: historyVersion,
          id,
          startedAt: new Date(wallNow()).toISOString(),
          product,
          for: user(),
          client: this.#client,
          intakeAttested: this.#attested,
          pid,
          ...(journal !== undefined && { journal }),
          ...begun,
        });
        this.#attested = false;
        this.#file = file;
        this.#tell(file);
      },
      keep: record => {
        file?.keep(record);
        this.#tell(file);
      },
      isSteered: () => steering?.isSteered ?? false,
      over: () => file?.close(),
    });
  }

  close(): void {
    this.#file?.close();
    this.#file = null;
    this.#recorder = null;
  }

  #told: SessionSink | null = null;

  #tell(file: SessionSink | null): void {
    if (!file?.failure || this.#told === file) return;
    this.#told = file;
    this.#options.failed?.(file.failure);
  }
}
