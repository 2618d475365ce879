/**
 * A driver whose board is plugged in and out by a test. It arms once, as a person would, and from then on asks for
 * both motors all the time, worse than any conductor: after a reconnect nothing may come of that.
 */
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { JohnnyFiveDriver } from '../../../hardware/johnny-five-driver.ts';
import { SerialLine } from '../../../hardware/port.ts';
import { SystemClock } from '../../../src/time/system-clock.ts';

const clock = new SystemClock();
const line = new SerialLine(process.argv[2] ?? '', clock, { list: async () => [] });
const tell = (said: object): void => void process.stdout.write(`${JSON.stringify(said)}\n`);

// Begun before its board: a process inherits what its parent has open, and would hold the other end.
while (!existsSync(line.name)) await new Promise(resolve => setTimeout(resolve, 20));
await line.open();
const driver = new JohnnyFiveDriver(line, clock);
line.on('close', (error: Error) => tell({ type: 'closed', why: error.message }));
line.on('open', () => tell({ type: 'opened' }));
driver.listen({
  ready: () => tell({ type: 'ready' }),
  edge: () => {},
  status: () => {},
  silence: () => {},
  lost: () => tell({ type: 'lost', at: Math.round(performance.now()) }),
  restarted: () => {},
});
await driver.connect();
driver.arm();
setInterval(() => driver.apply({ left: 1, right: 1 }, 250), 100);

const listeners = (): number =>
  [line, process, process.stdin].reduce(
    (sum, emitter) =>
      sum + emitter.eventNames().reduce((count, name) => count + emitter.listenerCount(name), 0),
    0,
  );
createInterface({ input: process.stdin }).on('line', () => {
  globalThis.gc?.();
  globalThis.gc?.();
  tell({
    type: 'count',
    rss: process.memoryUsage.rss(),
    heap: process.memoryUsage().heapUsed,
    listeners: listeners(),
    handles: process.getActiveResourcesInfo().filter(name => name !== 'Immediate').length,
  });
});
