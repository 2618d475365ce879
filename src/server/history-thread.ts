/** The history in a thread of its own, so that nothing of its work is done on the loop that the motors are paced by. */
import { join } from 'node:path';
import type { Routine } from '../../machines/routine/schema.ts';
import { answerWords } from '../../machines/text/answers.ts';
import type { Ms } from '../../machines/vocabulary.ts';
import type { FileNotice, Say } from '../storage/notices.ts';
import { WorkThread } from '../storage/work-thread.ts';
import { writtenHere } from '../storage/writers.ts';
import type { Clock } from '../time/clock.ts';
import { type HttpAnswer, type MadeAnswer, refused } from './answer.ts';
import type { HistoryRequest } from './history-answers.ts';
import type { AgeOccasion, KeptHistory, KnownRoutines } from './history-api.ts';

/** What the thread is asked for. `written`: the files that this process was writing at `askedAt`, ms since 1970. */
export type HistoryTask = Readonly<{ written: readonly string[]; askedAt: Ms }> & HistoryWork;
type HistoryWork =
  | Readonly<{ work: 'answer'; request: HistoryRequest }>
  | Readonly<{ work: 'routines'; request: HistoryRequest; stamps: ReadonlyMap<string, string> }>
  | Readonly<{ work: 'eraseOld'; occasion: AgeOccasion; keepDays: number | null }>;

/** Null where nothing is answered. */
export type HistoryResult = HttpAnswer<Uint8Array> | null;

export type HistoryNews =
  | Readonly<{ notice: FileNotice }>
  | Readonly<{ learnt: Routine; stamp: string } | { forgotten: string }>;

/** More than one page asks for at once. */
const mostWaiting = 16;
/** Five thousand long sessions on a small computer take less; what takes longer hangs. */
const longestMs: Ms = 120_000;
/** At the end erasing by age is waited for so long; the next session's end does what is left. */
const closingMs: Ms = 1000;
/** What it may take for itself; a file that needs more is none of ours. */
const usualMegabytes = 512;

export type HistoryThreadPorts = Readonly<{
  stateFolder: string;
  clock: Clock;
  /** Ms since 1970. */
  wallNow(): Ms;
  say: Say;
  /** What a bundler made of history-worker.ts. */
  worker: URL;
  /** Of its memory; 512 where nothing is said. */
  mostMegabytes?: number;
}>;

const busy = refused(503, answerWords.historyBusy);

export class HistoryThread implements KeptHistory {
  readonly folder: string;
  readonly #ports: HistoryThreadPorts;
  readonly #thread: WorkThread<HistoryTask, HistoryResult, HistoryNews>;
  #known: KnownRoutines | null = null;

  constructor(ports: HistoryThreadPorts) {
    const { stateFolder, clock, worker, mostMegabytes = usualMegabytes } = ports;
    this.#ports = ports;
    this.folder = join(stateFolder, 'history');
    this.#thread = new WorkThread({
      clock,
      worker,
      given: stateFolder,
      mostWaiting,
      longestMs,
      closingMs,
      mostMegabytes,
      heard: news => this.#heard(news),
    });
  }

  /** As all of these: rejects with WorkFailure. 503 where too much is asked at once, or where no answer comes. */
  answer(request: HistoryRequest): Promise<MadeAnswer> {
    return this.#answered({ work: 'answer', request });
  }

  routines(request: HistoryRequest, known: KnownRoutines): Promise<MadeAnswer> {
    this.#known = known;
    return this.#answered({ work: 'routines', request, stamps: known.stamps });
  }

  eraseOld(occasion: AgeOccasion, keepDays: number | null): void {
    // What is left out now is done at the next session's end.
    this.#ask({ work: 'eraseOld', occasion, keepDays }).catch(() => {});
  }

  close(): Promise<void> {
    return this.#thread.close();
  }

  async #answered(work: HistoryWork): Promise<MadeAnswer> {
    return (await this.#ask(work))?.result ?? busy;
  }

  #ask(work: HistoryWork): Promise<Readonly<{ result: HistoryResult }> | null> {
    return this.#thread.ask({ ...work, written: writtenHere(), askedAt: this.#ports.wallNow() });
  }

  #heard(news: HistoryNews): void {
    if ('notice' in news) this.#ports.say(news.notice);
    else if ('learnt' in news) this.#known?.learn(news.learnt, news.stamp);
    else this.#known?.forget(news.forgotten);
  }
}
