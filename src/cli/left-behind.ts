/**
 * Journals of sessions under way: a file for each process, gone when its session is over. What is still there and
 * belongs to no living process was left behind by one that died.
 */
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { stateName } from '../../machines/session.view.ts';
import { isWritten } from '../history/writers.ts';
import { readJournal, replay } from '../journal.ts';
import { type BrokenOff, brokenOff } from '../recovery.ts';

export type LeftBehind = Readonly<{
  /** What can be gone on with, if anything can. */
  found: BrokenOff | null;
  /** One line for whoever starts the program. */
  said: string;
  /** Forgets it: it has been taken up, or there is nothing to take up. */
  forget(): void;
}>;

/** More files than this in the state folder are not looked at. */
const mostFiles = 1000;
/** What a clock that was put back may be off without any doubt about the time. */
const clockSpreadMs = 2000;

const ofBoard = (board: string): string => `session-${board.replace(/[^A-Za-z0-9]+/g, '-')}-`;

/** Where this process keeps the journal of its session, so that no other one ever writes there. */
export const journalPath = (folder: string, board: string): string =>
  join(folder, `${ofBoard(board)}${process.pid}-${Date.now().toString(36)}.jsonl`);

const agoWord = (ms: number): string =>
  Number.isFinite(ms) ? `${Math.round(ms / 1000)} s ago` : 'some time ago';

/** How it stood, where nothing of it can be gone on with; null where nothing had begun. */
function endOf(text: string): string | null {
  const journal = readJournal(text);
  if (!journal.ok) return null;
  const snapshot = replay(journal.header.input, journal.events);
  if (snapshot.status !== 'active' || snapshot.context.startedAt === null) return null;
  return stateName(snapshot);
}

/** What a process that died left of a session on this board; `canAsk`: whether somebody can say whether to go on. */
export function leftBehind(folder: string, board: string, canAsk: boolean): LeftBehind | null {
  const begin = ofBoard(board);
  const files = readdirSync(folder)
    .filter(name => name.startsWith(begin) && /^\d+(-[0-9a-z]+)?\.jsonl$/.test(name.slice(begin.length)))
    .slice(0, mostFiles)
    .filter(name => !isWritten(Number.parseInt(name.slice(begin.length), 10), join(folder, name)))
    .map(name => ({ path: join(folder, name), changedAt: statSync(join(folder, name)).mtimeMs }))
    .toSorted((one, other) => other.changedAt - one.changedAt);
  const [newest] = files;
  if (!newest) return null;
  const forget = (): void => {
    for (const { path } of files) rmSync(path, { force: true });
  };
  const sinceMs = Date.now() - newest.changedAt;
  // Written in the future: the clock was put back, and nobody knows for how long the hands have been away.
  const goneMs = sinceMs < -clockSpreadMs ? Number.POSITIVE_INFINITY : Math.max(0, sinceMs);
  const text = readFileSync(newest.path, 'utf8');
  const found = brokenOff(text, goneMs);
  const ago = agoWord(goneMs);
  if (found && canAsk)
    return {
      found,
      said: `the last session broke off at "${found.phase}", ${ago}; the page offers to go on, paused`,
      forget,
    };
  const state = found?.phase ?? endOf(text);
  if (state === null) {
    forget();
    return null;
  }
  return { found: null, said: `the last session broke off at "${state}", ${ago}; it is over`, forget };
}
