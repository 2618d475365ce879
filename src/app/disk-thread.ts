/** Has the disk waited for in a thread of its own. */
import type { Ms } from '../../machines/vocabulary.ts';
import type { FileNotice, Say } from '../storage/notices.ts';
import { WorkFailure, WorkThread } from '../storage/work-thread.ts';
import type { Clock } from '../time/clock.ts';
import type { Comes, Disk, DiskWork, Given } from './disk-works.ts';

/** What the thread is asked for. */
export type DiskTask = { [Work in DiskWork]: Readonly<{ work: Work; given: Given<Work> }> }[DiskWork];
export type DiskNews = Readonly<{ notice: FileNotice }>;

/** More than is ever asked for while the disk does what it is for. */
const mostWaiting = 64;
const longestMs: Ms = 120_000;
/** At the end it is waited for so long; what is not done by then, the next start finds as it was. */
const closingMs: Ms = 1000;
const mostMegabytes = 128;

export type DiskThreadPorts = Readonly<{
  clock: Clock;
  say: Say;
  /** What a bundler made of disk-worker.ts. */
  worker: URL;
}>;

export class DiskThread implements Disk {
  readonly #thread: WorkThread<DiskTask, Comes<DiskWork>, DiskNews>;

  constructor({ clock, say, worker }: DiskThreadPorts) {
    this.#thread = new WorkThread({
      clock,
      worker,
      given: null,
      mostWaiting,
      longestMs,
      closingMs,
      mostMegabytes,
      heard: ({ notice }) => say(notice),
    });
  }

  async ask<Work extends DiskWork>(work: Work, given: Given<Work>): Promise<Comes<Work>> {
    const come = await this.#thread.ask({ work, given } as DiskTask);
    if (come === null) throw new WorkFailure('the disk does not answer', 'ETIMEDOUT');
    // The thread answers with what its table has for this very work.
    return come.result as Comes<Work>;
  }

  close(): Promise<void> {
    return this.#thread.close();
  }
}
