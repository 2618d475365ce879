/** Runs in a worker thread: does the history's work, one task after the other, and tells what came of each. */
import { parentPort, workerData } from 'node:worker_threads';
import { writtenElsewhere } from '../storage/writers.ts';
import { HistoryRoom } from './history-room.ts';
import type { FromHistory, ToHistory } from './history-thread.ts';

const port = parentPort;
if (!port) throw new Error('this is for a worker thread');

const tell = (message: FromHistory, moved: readonly ArrayBuffer[] = []): void =>
  port.postMessage(message, moved);

const room = new HistoryRoom({
  stateFolder: String(workerData),
  wallNow: () => Date.now(),
  say: notice => tell({ notice }),
});

const encoder = new TextEncoder();

port.on('message', (asked: ToHistory) => {
  const { id } = asked;
  writtenElsewhere(asked.written, asked.askedAt);
  try {
    if (asked.task === 'eraseOld') {
      room.eraseOld(asked.occasion, asked.keepDays);
      tell({ id, answer: null });
      return;
    }
    const answer =
      asked.task === 'answer'
        ? room.answer(asked.request)
        : room.changeRoutines(asked.request, {
            learn: learnt => tell({ learnt }),
            forget: forgotten => tell({ forgotten }),
          });
    const body = encoder.encode(answer.body);
    tell({ id, answer: { ...answer, body } }, [body.buffer]);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    tell({ id, failure: error instanceof Error ? error.message : String(error), code });
  }
});
