/** Entry of a Node worker thread that holds an emulated board. */
import { parentPort } from 'node:worker_threads';
import type { ToBoard } from './messages.ts';
import { serveBoard } from './serve.ts';

const port = parentPort;
if (!port) throw new Error('simulator/avr/worker is an entry for a worker thread');

const obey = serveBoard(
  {
    now: () => performance.now(),
    schedule: (run, delayMs) => {
      const timer = setTimeout(run, delayMs);
      return () => clearTimeout(timer);
    },
  },
  message => port.postMessage(message),
);
port.on('message', (message: ToBoard) => obey(message));
