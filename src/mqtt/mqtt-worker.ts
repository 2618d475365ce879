/** Runs in a worker thread: everything between this device and its broker. */
import { randomBytes } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { codeOf } from '../storage/error-code.ts';
import type { FromThread, Numbered } from '../storage/work-thread.ts';
import type { Cancel } from '../time/clock.ts';
import { SystemClock } from '../time/system-clock.ts';
import {
  type MqttGiven,
  type MqttNews,
  type MqttResult,
  type MqttTask,
  silentMs,
} from './between-threads.ts';
import { connectTo } from './connection.ts';
import { DeviceClient } from './device-client.ts';
import { EventQueue } from './event-queue.ts';
import { topicsOf } from './topics.ts';

const port = parentPort;
if (!port) throw new Error('this is for a worker thread');

const tell = (message: FromThread<MqttResult, MqttNews>): void => port.postMessage(message);
const given: MqttGiven = workerData;
const thread = randomBytes(8).toString('hex');
const clock = new SystemClock();
const topics = topicsOf(given.name);

const client = new DeviceClient({
  clock,
  wallNow: () => Date.now(),
  random: () => Math.random(),
  topics,
  queue: new EventQueue({
    path: given.queuePath,
    say: notice => tell({ news: { notice } }),
    stamp: () => ({ id: `${thread}-${randomBytes(6).toString('hex')}`, at: new Date().toISOString() }),
  }),
  connect: (version, heard) =>
    connectTo(
      {
        address: given.address,
        clientId: `tactus-device-${given.name}`,
        version,
        will: { topic: topics.availability, payload: 'offline', retain: true },
      },
      heard,
    ),
  retained: given.retained,
  ...(given.renewOn !== null && { renewOn: given.renewOn }),
  say: said => tell({ news: { said } }),
  stop: () => tell({ news: 'stop' }),
});

/** Whoever paces says every few seconds that it is there. While it hangs this device is not on, whatever else it may be. */
let silent: Cancel = () => {};
function heardOf(): void {
  silent();
  silent = clock.at(clock.now() + silentMs, () => client.suspend());
  client.open();
}

async function done(task: MqttTask): Promise<void> {
  if (task === 'close') {
    silent();
    await client.close();
    return;
  }
  if ('stopped' in task) {
    client.stopped(task.stopped);
    return;
  }
  client.dropped(task.dropped);
  for (const event of task.events) client.event(event);
  client.state(task.state);
  heardOf();
}

port.on('message', ({ id, task }: Numbered<MqttTask>) => {
  done(task).then(
    () => tell({ id, result: { thread } }),
    (error: unknown) =>
      tell({ id, failure: error instanceof Error ? error.message : String(error), code: codeOf(error) }),
  );
});
