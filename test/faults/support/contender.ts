/** One of two controllers that want the same port, at the word of a test. A line in, a line out. */
import { readdirSync, readlinkSync, realpathSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Exit } from '../../../src/app/exit.ts';
import { type OpenLine, openLine } from '../../../src/app/open-port.ts';
import { thisMachine } from '../../../src/app/surroundings.ts';

let open: OpenLine | null = null;

const tell = (said: object): void => void process.stdout.write(`${JSON.stringify(said)}\n`);

/** Closing takes a moment; the next try is to find the port free. */
async function untilClosed(path: string): Promise<void> {
  const target = realpathSync(path);
  const held = (): boolean =>
    readdirSync('/proc/self/fd').some(name => {
      try {
        return readlinkSync(`/proc/self/fd/${name}`) === target;
      } catch {
        return false;
      }
    });
  for (let waited = 0; held() && waited < 2000; waited++)
    await new Promise(resolve => setTimeout(resolve, 1));
}

async function obey(line: string): Promise<void> {
  const [word, path = ''] = line.split(' ');
  if (word === 'try') {
    try {
      open = await openLine(path, 'tactus start', thisMachine());
      tell({ held: true });
    } catch (error) {
      if (!(error instanceof Exit)) throw error;
      await untilClosed(path);
      tell({ held: false, code: error.code, message: error.message });
    }
    return;
  }
  open?.close();
  open = null;
  await untilClosed(path);
  tell({ released: true });
}

createInterface({ input: process.stdin }).on('line', line => {
  obey(line).catch(error => tell({ broken: String(error) }));
});
tell({ ready: true });
