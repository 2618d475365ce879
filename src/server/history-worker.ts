/** Runs in a worker thread: does the history's work, one task after the other, and tells what came of each. */
import { parentPort, workerData } from 'node:worker_threads';
import { codeOf } from '../storage/error-code.ts';
import type { FromThread, Numbered } from '../storage/work-thread.ts';
import { writtenElsewhere } from '../storage/writers.ts';
import { HistoryApi } from './history-api.ts';
import type { HistoryNews, HistoryResult, HistoryTask } from './history-thread.ts';

const port = parentPort;
if (!port) throw new Error('this is for a worker thread');

const tell = (message: FromThread<HistoryResult, HistoryNews>, moved: readonly ArrayBuffer[] = []): void =>
  port.postMessage(message, moved);

const room = new HistoryApi({
  stateFolder: String(workerData),
  wallNow: () => Date.now(),
  say: notice => tell({ news: { notice } }),
});

const encoder = new TextEncoder();

port.on('message', ({ id, task }: Numbered<HistoryTask>) => {
  writtenElsewhere(task.written, task.askedAt);
  try {
    if (task.work === 'eraseOld') {
      room.eraseOld(task.occasion, task.keepDays);
      tell({ id, result: null });
      return;
    }
    const answer =
      task.work === 'answer'
        ? room.answer(task.request)
        : room.routines(task.request, {
            stamps: task.stamps,
            learn: (learnt, stamp = '') => tell({ news: { learnt, stamp } }),
            forget: forgotten => tell({ news: { forgotten } }),
          });
    const body = encoder.encode(answer.body);
    tell({ id, result: { ...answer, body } }, [body.buffer]);
  } catch (error) {
    tell({ id, failure: error instanceof Error ? error.message : String(error), code: codeOf(error) });
  }
});
