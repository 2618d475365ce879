/** The history in a thread of its own, so that nothing of its work is done on the loop that the motors are paced by. */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Routine } from '../../machines/routine/schema.ts';
import { answerWords } from '../../machines/text/answers.ts';
import type { Ms } from '../../machines/vocabulary.ts';
import type { Cancel, Clock } from '../clock.ts';
import type { Notice, Say } from '../storage/notices.ts';
import { writtenHere } from '../storage/writers.ts';
import { type Answer, type MadeAnswer, refused } from './answer.ts';
import type { AgeOccasion, HistoryRequest, KeptHistory, KnownRoutines } from './history-room.ts';

/** What the thread is asked for. */
export type HistoryTask =
  | Readonly<{ task: 'answer' | 'changeRoutines'; request: HistoryRequest }>
  | Readonly<{ task: 'eraseOld'; occasion: AgeOccasion; keepDays: number | null }>;

/** `written`: the files that this process was writing at the time `askedAt`, ms since 1970. */
export type ToHistory = Readonly<{ id: number; written: readonly string[]; askedAt: Ms }> & HistoryTask;

export type FromHistory =
  | Readonly<{ notice: Notice }>
  | Readonly<{ learnt: Routine } | { forgotten: string }>
  | Readonly<{ id: number; answer: Answer<Uint8Array> | null }>
  | Readonly<{ id: number; failure: string; code: string }>;

/** More than one page asks for at once. */
const mostWaiting = 16;
/** Five thousand long sessions on a small computer take less; what takes longer hangs. */
const longestMs: Ms = 120_000;
/** At the end erasing by age is waited for so long; the next session's end does what is left. */
const closingMs: Ms = 1000;
/** What it may take for itself; a file that needs more is none of ours. */
const usualMegabytes = 512;

/** Something of the thread's went wrong; `code` is the system's word where it was about a file. */
export class HistoryFailure extends Error {
  readonly code: string;

  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}

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

type Waiting = Readonly<{
  settle(message: Extract<FromHistory, { id: number }> | null): void;
  giveUp: Cancel;
}>;

const busy = refused(503, answerWords.historyBusy);

export class HistoryThread implements KeptHistory {
  readonly folder: string;
  readonly #ports: HistoryThreadPorts;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #lastId = 0;
  #isClosed = false;

  constructor(ports: HistoryThreadPorts) {
    this.#ports = ports;
    this.folder = join(ports.stateFolder, 'history');
  }

  /** As all of these: rejects with HistoryFailure. 503 where too much is asked at once, or where no answer comes. */
  answer(request: HistoryRequest): Promise<MadeAnswer> {
    return this.#answered({ task: 'answer', request });
  }

  changeRoutines(request: HistoryRequest, known: KnownRoutines): Promise<MadeAnswer> {
    this.#known = known;
    return this.#answered({ task: 'changeRoutines', request });
  }
  #known: KnownRoutines | null = null;

  #answered(task: HistoryTask): Promise<MadeAnswer> {
    if (this.#waiting.size >= mostWaiting || this.#isClosed) return Promise.resolve(busy);
    return new Promise((resolve, reject) => {
      this.#ask(task, message => {
        if (message === null || ('answer' in message && message.answer === null)) resolve(busy);
        else if ('failure' in message) reject(new HistoryFailure(message.failure, message.code));
        else if (message.answer) resolve(message.answer);
      });
    });
  }

  eraseOld(occasion: AgeOccasion, keepDays: number | null): void {
    // What is left out now is done at the next session's end.
    if (this.#waiting.size >= mostWaiting || this.#isClosed) return;
    this.#ask({ task: 'eraseOld', occasion, keepDays }, () => {});
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (this.#waiting.size > 0) await this.#settled();
    const worker = this.#worker;
    this.#lost(worker);
    await worker?.terminate();
  }

  /** Once nothing is waited for any more, or for too long. */
  #settled(): Promise<void> {
    const { clock } = this.#ports;
    return new Promise(resolve => {
      const cancel = clock.at(clock.now() + closingMs, resolve);
      this.#idle = () => {
        cancel();
        resolve();
      };
    });
  }
  #idle: () => void = () => {};

  #ask(task: HistoryTask, settle: Waiting['settle']): void {
    const { clock, wallNow } = this.#ports;
    this.#lastId += 1;
    const id = this.#lastId;
    this.#worker ??= this.#started();
    const worker = this.#worker;
    // One that hangs, on a disk that is gone say, does not come back: another one takes its place.
    const giveUp = clock.at(clock.now() + longestMs, () => {
      this.#lost(worker);
      void worker.terminate();
    });
    this.#waiting.set(id, { settle, giveUp });
    worker.postMessage({ ...task, id, written: writtenHere(), askedAt: wallNow() } satisfies ToHistory);
  }

  #started(): Worker {
    const { stateFolder, worker: url, mostMegabytes = usualMegabytes } = this.#ports;
    const worker = new Worker(url, {
      workerData: stateFolder,
      resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
    });
    // It keeps no process alive.
    worker.unref();
    worker.on('message', (message: FromHistory) => this.#heard(message));
    // Out of its memory, say: the exit that follows is what counts.
    worker.on('error', () => {});
    worker.on('exit', () => this.#lost(worker));
    return worker;
  }

  #heard(message: FromHistory): void {
    if ('notice' in message) {
      this.#ports.say(message.notice);
      return;
    }
    if ('learnt' in message || 'forgotten' in message) {
      if ('learnt' in message) this.#known?.learn(message.learnt);
      else this.#known?.forget(message.forgotten);
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    waiting?.giveUp();
    waiting?.settle(message);
    if (this.#waiting.size === 0) this.#idle();
  }

  /** Whatever this one was asked for gets no answer any more. */
  #lost(worker: Worker | null): void {
    if (worker !== this.#worker) return;
    this.#worker = null;
    const all = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { giveUp, settle } of all) {
      giveUp();
      settle(null);
    }
    this.#idle();
  }
}
