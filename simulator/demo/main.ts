/** The page that runs with no server: the same page, with its controller in a worker of its own. */
import { offerOwnBoard } from '../page/alone/own-board.ts';
import { offerBoardTools } from '../page/board/board-tools.ts';
import { askInBrowser } from '../page/link/ask.ts';
import type { ChannelListener, Connect } from '../page/link/channel.ts';
import { fetchAll } from '../page/shell/fetched-later.ts';
import { offerKeeping } from '../page/shell/page-keeping.ts';
import { showPage } from '../page/shell/show-page.ts';
import { bringOwnBoard, startOwnBoard } from './alone/start-own-board.ts';
import { boardTools, bringBoardTools } from './board/board-tools-here.ts';
import { isSerialAllowed } from './board/serial.ts';
import { keptPage } from './install/kept-page.ts';
import { SessionWorker } from './session/session-worker.ts';

const kept = keptPage();
let sessions: SessionWorker | null = null;

const connect: Connect = page => {
  const listener: ChannelListener = {
    ...page,
    opened: () => {
      page.opened();
      // Once it is loaded it needs no network, whatever one turns to.
      void fetchAll().then(() => kept?.keep());
      bringOwnBoard();
      bringBoardTools();
    },
  };
  const own = new SessionWorker(listener);
  sessions = own;
  askInBrowser(own.ask);
  return { send: text => own.send(text) };
};

offerOwnBoard(startOwnBoard);
if (isSerialAllowed()) offerBoardTools(boardTools(() => sessions));
if (kept) offerKeeping(kept);
showPage(connect);
