/**
 * A worker thread that does one thing after another for this one, and tells what came of each. What hangs, on a disk
 * that is gone say, does not come back: another thread takes its place.
 */
import { Worker } from 'node:worker_threads';
import type { Ms } from '../../machines/vocabulary.ts';
import type { Cancel, Clock } from '../time/clock.ts';

/** What such a thread says: news of its own, or what came of what it was asked for. */
export type FromThread<Result, News> =
  | Readonly<{ news: News }>
  | Readonly<{ id: number; result: Result }>
  | Readonly<{ id: number; failure: string; code: string }>;

export type Numbered<Task> = Readonly<{ id: number; task: Task }>;

/** Something of the thread's went wrong; `code` is the system's word where it was about a file. */
export class WorkFailure extends Error {
  readonly code: string;

  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}

export type WorkThreadPorts<News> = Readonly<{
  clock: Clock;
  /** What a bundler made of its program. */
  worker: URL;
  /** What it is begun with. */
  given: unknown;
  /** More than this is not waited for at once. */
  mostWaiting: number;
  /** What takes longer hangs. */
  longestMs: Ms;
  /** So long is waited for the rest where it is closed. */
  closingMs: Ms;
  /** Of its memory. */
  mostMegabytes: number;
  heard(news: News): void;
}>;

type Waiting<Result> = Readonly<{
  settle(come: Readonly<{ result: Result }> | Readonly<{ failure: string; code: string }> | null): void;
  giveUp: Cancel;
}>;

export class WorkThread<Task, Result, News> {
  readonly #ports: WorkThreadPorts<News>;
  readonly #waiting = new Map<number, Waiting<Result>>();
  #worker: Worker | null = null;
  #lastId = 0;
  #isClosed = false;
  #idle: () => void = () => {};

  constructor(ports: WorkThreadPorts<News>) {
    this.#ports = ports;
  }

  /** Null where too much waits already, or where no answer comes. Rejects with WorkFailure. */
  ask(task: Task): Promise<Readonly<{ result: Result }> | null> {
    const { clock, mostWaiting, longestMs } = this.#ports;
    if (this.#waiting.size >= mostWaiting || this.#isClosed) return Promise.resolve(null);
    this.#lastId += 1;
    const id = this.#lastId;
    this.#worker ??= this.#started();
    const worker = this.#worker;
    const giveUp = clock.at(clock.now() + longestMs, () => {
      this.#lost(worker);
      void worker.terminate();
    });
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, {
        settle: come => {
          if (come !== null && 'failure' in come) reject(new WorkFailure(come.failure, come.code));
          else resolve(come);
        },
        giveUp,
      });
      worker.postMessage({ id, task } satisfies Numbered<Task>);
    });
  }

  /** Resolves once what was begun is done, or given up. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (this.#waiting.size > 0)
      await this.#within(
        new Promise(resolve => {
          this.#idle = () => resolve(undefined);
        }),
      );
    const worker = this.#worker;
    this.#lost(worker);
    // One that hangs in the system's hands cannot be ended either.
    if (worker) await this.#within(worker.terminate());
  }

  /** Once this has come, or has been waited for too long. */
  async #within(come: Promise<unknown>): Promise<void> {
    const { clock, closingMs } = this.#ports;
    let cancel: Cancel = () => {};
    const late = new Promise<void>(resolve => {
      cancel = clock.at(clock.now() + closingMs, resolve);
    });
    await Promise.race([come, late]);
    cancel();
  }

  #started(): Worker {
    const { given, worker: url, mostMegabytes } = this.#ports;
    const worker = new Worker(url, {
      workerData: given,
      resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
      // What it opens it closes; what it is told to look after belongs to this thread.
      trackUnmanagedFds: false,
    });
    // It keeps no process alive.
    worker.unref();
    worker.on('message', (message: FromThread<Result, News>) => this.#heard(message));
    // Out of its memory, say: the exit that follows is what counts.
    worker.on('error', () => {});
    worker.on('exit', () => this.#lost(worker));
    return worker;
  }

  #heard(message: FromThread<Result, News>): void {
    if ('news' in message) {
      this.#ports.heard(message.news);
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
