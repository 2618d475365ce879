/** Runs in a worker thread: does what waits for the disk, one thing after the other, and tells what came of each. */
import { parentPort } from 'node:worker_threads';
import { codeOf } from '../storage/error-code.ts';
import type { FromThread, Numbered } from '../storage/work-thread.ts';
import { DiskHere } from './disk.ts';
import type { DiskNews, DiskTask } from './disk-thread.ts';
import type { Comes, DiskWork } from './disk-works.ts';
import { saidNotices } from './said-notices.ts';

const port = parentPort;
if (!port) throw new Error('this is for a worker thread');

const tell = (message: FromThread<Comes<DiskWork>, DiskNews>): void => port.postMessage(message);

// What this thread has to say is said by the other one, each sentence once.
saidNotices.listen(notice => tell({ news: { notice } }));
const disk = new DiskHere(saidNotices.say);

let last: Promise<void> = Promise.resolve();
port.on('message', ({ id, task: { work, given } }: Numbered<DiskTask>) => {
  last = last
    .then(() => disk.ask(work, given))
    .then(
      result => tell({ id, result }),
      (error: unknown) =>
        tell({ id, failure: error instanceof Error ? error.message : String(error), code: codeOf(error) }),
    );
});
