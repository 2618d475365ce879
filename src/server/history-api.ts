/**
 * What is answered about the history, what is erased of it by its age, and what is done with routines of one's own. Its
 * work grows with every session that is kept and with what is sent, so that it is done in a thread of its own wherever
 * motors may be running: see history-thread.ts.
 */
import type { Ms } from '../../machines/vocabulary.ts';
import { historyIn, retentionIn } from '../history/history-folder.ts';
import type { Erased } from '../history/retention.ts';
import type { HistoryStore } from '../history/store.ts';
import type { Say } from '../storage/notices.ts';
import { OwnRoutines } from '../storage/own-routines.ts';
import type { HttpAnswer, MadeAnswer } from './answer.ts';
import { answerHistory, type HistoryRequest } from './history-answers.ts';
import { answerRoutines } from './routines-api.ts';

/** Why something may be too old now: somebody said for how long sessions are kept, or one is over, with this id. */
export type AgeOccasion = Readonly<{ why: 'agreed' } | { why: 'over'; id: string | null }>;

/** The history as pages and sessions need it, wherever its work is done. */
export interface KeptHistory {
  /** Where it stands. */
  readonly folder: string;
  /** Throws, or rejects, only where we are at fault or the system refuses. */
  answer(request: HistoryRequest): MadeAnswer | Promise<MadeAnswer>;
  /**
   * Routines, the library's and one's own; keeps or erases one. They are looked at anew each time, since another process
   * may have changed them, and reading what was sent, right or wrong, takes as long as it is. What has become of them is
   * told to whoever knows them here.
   */
  routines(request: HistoryRequest, known: KnownRoutines): MadeAnswer | Promise<MadeAnswer>;
  /** Erases what is too old. `keepDays`: null where it is in doubt for how long sessions are kept. Never throws. */
  eraseOld(occasion: AgeOccasion, keepDays: number | null): void;
  /** Resolves once what was begun is done, or given up. */
  close(): Promise<void>;
}

/** Those who know the routines that are kept, and hear of what others do with them. */
export type KnownRoutines = Pick<OwnRoutines, 'stamps' | 'learn' | 'forget'>;

export type HistoryRoomPorts = Readonly<{
  stateFolder: string;
  /** Ms since 1970. */
  wallNow(): Ms;
  say: Say;
}>;

/** The history in this very thread. */
export class HistoryApi implements KeptHistory {
  readonly #ports: HistoryRoomPorts;
  readonly #store: HistoryStore;
  readonly #own: OwnRoutines;

  constructor(ports: HistoryRoomPorts) {
    this.#ports = ports;
    this.#store = historyIn(ports.stateFolder, ports.wallNow, ports.say);
    this.#own = new OwnRoutines(ports.stateFolder, ports.say);
  }

  get folder(): string {
    return this.#store.folder;
  }

  answer(request: HistoryRequest): HttpAnswer {
    return answerHistory(this.#store, request);
  }

  routines({ method, id, body }: HistoryRequest, known: KnownRoutines): HttpAnswer {
    const own = this.#own;
    own.lookAnew();
    own.differences(known.stamps, known);
    return answerRoutines(
      {
        all: () => own.all(),
        find: wanted => own.find(wanted),
        keep: routine => {
          const isKept = own.keep(routine);
          if (isKept) known.learn(routine, own.stampOf(routine.id));
          return isKept;
        },
        erase: erased => {
          const isErased = own.erase(erased);
          if (isErased) known.forget(erased);
          return isErased;
        },
      },
      method,
      id,
      body,
    );
  }

  eraseOld(occasion: AgeOccasion, keepDays: number | null): Erased {
    const { stateFolder, wallNow, say } = this.#ports;
    const retention = retentionIn(stateFolder, {
      wallNow,
      say,
      store: this.#store,
      keepDays: () => keepDays,
    });
    return occasion.why === 'agreed' ? retention.asked() : retention.atEnd(occasion.id);
  }

  async close(): Promise<void> {}
}
