/** Runs in a worker thread: everything between this device and its broker. */
import { parentPort, workerData } from 'node:worker_threads';
import { codeOf } from '../storage/error-code.ts';
import type { FromThread, Numbered } from '../storage/work-thread.ts';
import { SystemClock } from '../time/system-clock.ts';
import type { MqttGiven, MqttNews, MqttResult, MqttTask } from './between-threads.ts';
import { BrokerSide } from './broker-side.ts';

const port = parentPort;
if (!port) throw new Error('this is for a worker thread');

const tell = (message: FromThread<MqttResult, MqttNews>): void => port.postMessage(message);
const given: MqttGiven = workerData;
const side = new BrokerSide(given, {
  clock: new SystemClock(),
  wallNow: () => Date.now(),
  tell: news => tell({ news }),
});

port.on('message', ({ id, task }: Numbered<MqttTask>) => {
  side.done(task).then(
    result => tell({ id, result }),
    (error: unknown) =>
      tell({ id, failure: error instanceof Error ? error.message : String(error), code: codeOf(error) }),
  );
});
