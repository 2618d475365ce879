/** The page that runs with no server: the same page, with its controller in a worker of its own. */
import { askInBrowser } from '../page/ask.ts';
import type { Connect, Ears } from '../page/channel.ts';
import { fetchAll, showPage } from '../page/tactus-page.ts';
import { canUseSerial, openSerial } from './serial.ts';
import { startDemoWorker } from './start-worker.ts';
import { readKept } from './storage.ts';

/** The emulated chip's memory is noise at power-on: another each time. */
const seed = Math.floor(Math.random() * 2 ** 31);

let useBoard: (() => Promise<void>) | null = null;

const connect: Connect = page => {
  const ears: Ears = {
    ...page,
    opened: () => {
      page.opened();
      // Once it is loaded it needs no network, whatever one turns to.
      void fetchAll();
    },
  };
  let worker = startDemoWorker({ board: 'emulated', seed, kept: readKept() }, ears);
  useBoard = async () => {
    const port = await openSerial();
    worker.end();
    ears.closed();
    worker = startDemoWorker({ board: 'serial', kept: readKept() }, ears, port);
  };
  askInBrowser((method, path, body) => worker.ask(method, path, body));
  return { send: text => worker.send(text) };
};

showPage(connect, canUseSerial() ? { useBoard: () => useBoard?.() ?? Promise.resolve() } : {});
