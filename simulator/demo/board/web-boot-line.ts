/** A serial port of the browser's opened to talk to a bootloader: the board is reset by it. */
import { HeardBytes } from '../../../hardware/flash/heard.ts';
import { type BootLines, resetMs } from '../../../hardware/flash/open-boot-line.ts';
import type { Ms } from '../../../machines/vocabulary.ts';
import type { Clock } from '../../../src/time/clock.ts';
import { openWebLine, type WebPort } from './web-port.ts';

export const webBootLines = (port: WebPort, clock: Clock): BootLines => ({
  clock,
  open: async baudRate => {
    const heard = new HeardBytes(clock);
    const pause = (ms: Ms): Promise<void> => new Promise(resolve => clock.at(clock.now() + ms, resolve));
    const line = await openWebLine(port, baudRate, clock, {
      heard: bytes => heard.hear(bytes),
      ended: why => heard.fail(why),
    });
    await line.signal(false);
    await pause(resetMs);
    await line.signal(true);
    await pause(resetMs);
    return {
      write: async bytes => {
        if (heard.failure) throw heard.failure;
        await line.write(bytes);
      },
      read: (count, withinMs) => heard.take(count, withinMs),
      drain: () => heard.forget(),
      close: async () => {
        await line.close();
        // Opened again at once, DTR would not have been up long enough to be let go again: no reset.
        await pause(resetMs);
      },
    };
  },
});
