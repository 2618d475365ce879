/** Writes to a port whose other end nobody reads, until a write is stuck; then waits to be ended. */
import { SerialLine } from '../../hardware/port.ts';
import { SystemClock } from '../../src/time/system-clock.ts';

const line = new SerialLine(process.argv[2] ?? '', new SystemClock(), { list: async () => [] });
await line.open();
line.on('close', () => {});
for (let count = 0; count < 200; count++) line.write(new Uint8Array(1024));
setTimeout(() => process.stdout.write('stuck\n'), 100);
process.once('SIGTERM', () => {
  line.close();
  process.exit(143);
});
