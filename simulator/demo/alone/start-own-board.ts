/** The worker with a board by itself in it, as the page sees it. */
import type { StartOwnBoard } from '../../page/alone/own-board.ts';
import type { FromBoardWorker, ToBoardWorker } from '../messages.ts';
import { newWorker } from '../workers.ts';

let worker: Worker | null = null;

/** Fetches what it needs, where there may be nothing to fetch it from later. Nothing runs in it yet. */
export function bringOwnBoard(): Worker {
  worker ??= newWorker('board');
  return worker;
}

/** Of the board's memory, which is noise at power-on: another each time. */
const newSeed = (): number => Math.floor(Math.random() * 2 ** 31);

export const startOwnBoard: StartOwnBoard = listener => {
  const own = bringOwnBoard();
  const post = (message: ToBoardWorker): void => own.postMessage(message);
  const plugIn = (): void => post({ seed: newSeed() });
  own.onmessage = ({ data }: MessageEvent<FromBoardWorker>) => {
    if ('seen' in data) listener.seen(data.seen);
    else listener.stoodStill();
  };
  own.onerror = event => listener.failed(event.message);
  plugIn();
  return {
    button: (button, down) => post({ button, down }),
    stand: stands => post({ stands }),
    replug: plugIn,
  };
};
