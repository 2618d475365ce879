/** Real boards behind the browser's serial ports, offered to the page. What flashing takes is fetched once the page runs. */
import { type BoardTools, BoardTrouble } from '../../page/board/board-tools.ts';
import type { SessionWorker } from '../session/session-worker.ts';
import { choosePort, whyNoSerial } from './serial.ts';

const fetchRealBoard = () => import('./real-board.ts');

/** Fetches it, where there may be nothing to fetch it from later. */
export function bringBoardTools(): void {
  // What does not come now is asked for once more when it is wanted.
  fetchRealBoard().catch(() => {});
}

/** `sessions`: who runs them, once the page is connected. */
export const boardTools = (sessions: () => SessionWorker | null): BoardTools => ({
  get cannot() {
    return whyNoSerial();
  },
  choose: async () => {
    const port = await choosePort().catch((error: unknown) => {
      throw new BoardTrouble(error instanceof Error ? error.message : String(error), 'choose');
    });
    const { RealBoard } = await fetchRealBoard();
    return new RealBoard(port, sessions);
  },
});
