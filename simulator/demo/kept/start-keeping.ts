/** The worker that keeps things, as the page sees it: asked as a controller is, and joined to whichever worker paces. */
import type { PlayedOn } from '../../../src/app/alone/taking.ts';
import type { TakenIn } from '../../page/history/taken-in.ts';
import type { Asking } from '../../page/link/ask.ts';
import { newWorker } from '../workers.ts';
import { keepFound } from './boards-along.ts';
import type { KeeperToPage, KnownOfBoard, PageToKeeper } from './kept-messages.ts';
import type { LoadedOn } from './page-keeps.ts';
import { askToPersist, hasSaved } from './persisting.ts';
import { boardsKept, forgetBefore, forgetBoards, keptBefore } from './storage.ts';
import type { TakenPlayed } from './take-played.ts';

type Answer = Extract<KeeperToPage, { id: number }>;
type HttpLike = Extract<Answer, { status: number }>;
const isHttp = (answer: Answer): answer is HttpLike => 'status' in answer;
const isKnown = (answer: Answer): answer is Extract<Answer, { known: KnownOfBoard }> => 'known' in answer;
const isLoaded = (answer: Answer): answer is Extract<Answer, { isKept: boolean }> => 'isKept' in answer;

/** What is asked to be erased where all is to be. */
const everything = '/kept';
/** All of it as a file, or added from one. */
const alongFile = '/kept/file';

/** A disk that hangs is waited for this long. */
const answerWithinMs = 20_000;
/** More than a page asks for at once. */
const mostWaiting = 64;

export type KeptByBrowser = Readonly<{
  ask: Asking;
  /** Joins the worker that paces from now on. */
  line(port: MessagePort): void;
  /** Takes in what a board has played by itself, each session once. Rejects with a sentence where it cannot be kept. */
  takePlayed(played: PlayedOn): Promise<TakenPlayed>;
  /** For a dialogue with this board. */
  knownOf(board: string): Promise<KnownOfBoard>;
  /** Remembers what a board is given; false where nothing is kept. */
  loaded(loaded: LoadedOn): Promise<boolean>;
}>;

let started: KeptByBrowser | null = null;

/** The one of this page; it begins when it is first asked for. */
export function keptByBrowser(): KeptByBrowser {
  started ??= start();
  return started;
}

function start(): KeptByBrowser {
  const worker = newWorker('keeper');
  const post = (message: PageToKeeper, moved: readonly Transferable[] = []): void =>
    worker.postMessage(message, [...moved]);
  let asked = 0;
  const waiting = new Map<number, (answer: Answer) => void>();
  worker.onmessage = ({ data }: MessageEvent<KeeperToPage>) => {
    if ('taken' in data) forgetBefore();
    else waiting.get(data.id)?.(data);
  };
  post({ open: { before: keptBefore() } });
  /** `of` tells which of its answers this one is. */
  const answered = async <T extends Answer>(
    message: (id: number) => PageToKeeper,
    of: (answer: Answer) => answer is T,
  ): Promise<T> => {
    const answer = await asking(message);
    if (of(answer)) return answer;
    throw new Error('another answer than was asked for');
  };
  const asking = (message: (id: number) => PageToKeeper): Promise<Answer> => {
    if (waiting.size >= mostWaiting) return Promise.reject(new Error('too much is asked for at once'));
    const id = asked++;
    return new Promise<Answer>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('no answer')), answerWithinMs);
      waiting.set(id, answer => {
        clearTimeout(timer);
        resolve(answer);
      });
      post(message(id));
    }).finally(() => waiting.delete(id));
  };
  return {
    line: port => post({ line: true }, [port]),
    ask: async (method, path, body) => {
      const boards = path === alongFile ? { boards: await boardsKept.all() } : {};
      const answer = await answered(id => ({ id, ask: { method, path, body, ...boards } }), isHttp);
      if (method === 'DELETE' && path === everything && answer.status < 300) forgetBoards();
      if (hasSaved(method, answer.status)) await askToPersist(navigator.storage);
      if (!answer.boards) return answer;
      // As this very build's own worker has written it.
      const taken = JSON.parse(answer.body) as TakenIn;
      return { ...answer, body: JSON.stringify(await keepFound(taken, answer.boards, boardsKept)) };
    },
    takePlayed: async played => {
      const { status, body } = await answered(id => ({ id, played }), isHttp);
      if (status >= 300) throw new Error(messageIn(body));
      return takenIn(body);
    },
    knownOf: async board => (await answered(id => ({ id, knownOf: board }), isKnown)).known,
    loaded: async loaded => (await answered(id => ({ id, loaded }), isLoaded)).isKept,
  };
}

function messageIn(body: string): string {
  const value: unknown = JSON.parse(body);
  return typeof value === 'object' && value !== null && 'message' in value ? String(value.message) : body;
}

function takenIn(body: string): TakenPlayed {
  const value: unknown = JSON.parse(body);
  const isTaken = typeof value === 'object' && value !== null && 'count' in value && 'isOff' in value;
  return isTaken ? { count: Number(value.count), isOff: value.isOff === true } : { count: 0, isOff: false };
}
