/** A board in a Node worker thread. */
import { Worker, type WorkerOptions } from 'node:worker_threads';
import type { BoardChannel, FromBoard } from './messages.ts';

/** Starts what a bundler made of `worker.ts`, from its URL. */
export function startWorker(url: URL, options: WorkerOptions = {}): BoardChannel {
  const worker = new Worker(url, options);
  // A forgotten board must not keep the process alive.
  worker.unref();
  return {
    post: message => worker.postMessage(message),
    listen: (heard, ended) => {
      let failure: Error | undefined;
      worker.on('message', (message: FromBoard) => heard(message));
      worker.on('error', error => {
        failure = error instanceof Error ? error : new Error(String(error));
      });
      worker.on('exit', () => ended(failure));
    },
    end: async () => {
      await worker.terminate();
    },
  };
}
