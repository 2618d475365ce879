/** The thread that waits for a slow disk instead of the loop, in virtual time: nothing depends on how fast a machine is. */
import { DiskHere } from '../../src/app/disk.ts';
import type { Comes, Disk, DiskWork, Given } from '../../src/app/disk-works.ts';
import type { HistoryRequest } from '../../src/server/history-answers.ts';
import { HistoryApi, type KeptHistory } from '../../src/server/history-api.ts';
import type { Say } from '../../src/storage/notices.ts';
import type { VirtualClock } from '../../src/time/virtual-clock.ts';
import { hangsMs, slow } from './slow-fs.ts';

/** One thing after another, each two seconds after the last. */
class Thread {
  readonly #clock: VirtualClock;
  #freeAt = 0;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  done<T>(work: () => T | Promise<T>): Promise<T> {
    const clock = this.#clock;
    this.#freeAt = Math.max(this.#freeAt, clock.now()) + hangsMs;
    return new Promise((resolve, reject) => {
      clock.at(this.#freeAt, () => {
        slow.isElsewhere = true;
        try {
          Promise.resolve(work()).then(resolve, reject);
        } catch (error) {
          reject(error);
        }
        slow.isElsewhere = false;
      });
    });
  }

  /** Once all of it is done. */
  over(): Promise<void> {
    return this.done(() => {});
  }
}

export class SlowDisk implements Disk {
  readonly #thread: Thread;
  readonly #here: DiskHere;

  constructor(clock: VirtualClock, say: Say) {
    this.#thread = new Thread(clock);
    this.#here = new DiskHere(say);
  }

  ask<Work extends DiskWork>(work: Work, given: Given<Work>): Promise<Comes<Work>> {
    return this.#thread.done(() => this.#here.ask(work, given));
  }

  close(): Promise<void> {
    return this.#thread.over();
  }
}

export class SlowHistory implements KeptHistory {
  readonly #thread: Thread;
  readonly #room: HistoryApi;

  constructor(clock: VirtualClock, stateFolder: string, say: Say) {
    this.#thread = new Thread(clock);
    this.#room = new HistoryApi({ stateFolder, wallNow: () => Date.now(), say });
  }

  get folder(): string {
    return this.#room.folder;
  }

  answer(request: HistoryRequest) {
    return this.#thread.done(() => this.#room.answer(request));
  }

  routines(...given: Parameters<KeptHistory['routines']>) {
    return this.#thread.done(() => this.#room.routines(...given));
  }

  eraseOld(...given: Parameters<KeptHistory['eraseOld']>): void {
    void this.#thread.done(() => this.#room.eraseOld(...given));
  }

  close(): Promise<void> {
    return this.#thread.over();
  }
}
