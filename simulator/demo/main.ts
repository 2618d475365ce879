/** The page that runs with no server: the same page, with its controller in a worker of its own. */
import { offerOwnBoard } from '../page/alone/own-board.ts';
import { askInBrowser } from '../page/link/ask.ts';
import type { ChannelListener, Connect } from '../page/link/channel.ts';
import { fetchAll } from '../page/shell/fetched-later.ts';
import { offerKeeping } from '../page/shell/page-keeping.ts';
import { showPage } from '../page/shell/show-page.ts';
import { keptPage } from './install/kept-page.ts';
import { canUseSerial, openSerial } from './serial.ts';
import { bringOwnBoard, startOwnBoard } from './start-own-board.ts';
import { startDemoWorker } from './start-worker.ts';

/** The emulated chip's memory is noise at power-on: another each time. */
const seed = Math.floor(Math.random() * 2 ** 31);

const kept = keptPage();
let useBoard: (() => Promise<void>) | null = null;

const connect: Connect = page => {
  const listener: ChannelListener = {
    ...page,
    opened: () => {
      page.opened();
      // Once it is loaded it needs no network, whatever one turns to.
      void fetchAll().then(() => kept?.keep());
      bringOwnBoard();
    },
  };
  let worker = startDemoWorker({ board: 'emulated', seed }, listener);
  useBoard = async () => {
    const port = await openSerial();
    worker.end();
    listener.closed();
    worker = startDemoWorker({ board: 'serial' }, listener, port);
  };
  askInBrowser((method, path, body) => worker.ask(method, path, body));
  return { send: text => worker.send(text) };
};

offerOwnBoard(startOwnBoard);
if (kept) offerKeeping(kept);
showPage(connect, canUseSerial() ? { useBoard: () => useBoard?.() ?? Promise.resolve() } : {});
