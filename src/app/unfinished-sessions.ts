/**
 * Journals of sessions under way: a file for each process, gone when its session is over. What is still there and
 * belongs to no living process was left behind by one that died.
 *
 * Looking changes nothing. Once it is certain that this process runs, what was found is put away: a journal that holds
 * is erased, since it has been taken up or told; one that is damaged, or none at all, gets another name and is told.
 */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { stateName } from '../../machines/session.view.ts';
import { terminalWords } from '../../machines/text/terminal.ts';
import { fill } from '../../machines/text/text.ts';
import { type GoodPart, goodPartOf } from '../journal/journal.ts';
import { folded, type RecoveredSession, recoverSession } from '../journal/recovery.ts';
import { codeOf } from '../storage/error-code.ts';
import { keptText } from '../storage/kept-text.ts';
import { type Say, unheard } from '../storage/notices.ts';
import { eraseFile, setAside } from '../storage/private-files.ts';
import { isWritten } from '../storage/writers.ts';

export type FoundUnfinished = Readonly<{
  /** What can be gone on with, if anything can. */
  found: RecoveredSession | null;
  /** One line for whoever starts the program; null where there is nothing to tell. */
  said: string | null;
  /** Puts it all away: it has been taken up, or there is nothing to take up. Never throws. */
  forget(): void;
}>;

const words = terminalWords.files;

/** More files than this in the state folder are not looked at. */
const mostFiles = 1000;
/** A session of a day has less. */
const mostBytes = 64 * 1024 * 1024;
/** What a clock that was put back may be off without any doubt about the time. */
const clockSpreadMs = 2000;

const ofBoard = (board: string): string => `session-${board.replace(/[^A-Za-z0-9]+/g, '-')}-`;

let journals = 0;
/** Where this process keeps the journal of its next session: no other one, of it or of another process, stands there. */
export function journalPath(folder: string, board: string): string {
  journals += 1;
  const name = `${Date.now().toString(36)}${journals.toString(36)}`;
  return join(folder, `${ofBoard(board)}${process.pid}-${name}.jsonl`);
}

const agoWord = (ms: number): string =>
  Number.isFinite(ms) ? `${Math.round(ms / 1000)} s ago` : 'some time ago';

/** How it stood, where nothing of it can be gone on with; null where nothing had begun. */
function endOf({ header, events }: GoodPart): string | null {
  const snapshot = folded(header.input, events);
  if (snapshot?.status !== 'active' || snapshot.context.startedAt === null) return null;
  return stateName(snapshot);
}

type Journal = Readonly<{ path: string; changedAt: number }>;
type Looked = Journal &
  Readonly<{
    /** `unread`: it may be whole, but not for us; `damaged`: from some record on, or none at all. */
    is: 'whole' | 'damaged' | 'unread' | 'nothing';
    text: string;
    what: string;
  }>;

/**
 * A process that dies while it writes the first line leaves its beginning, and nothing had begun; one that dies while it
 * erases leaves what it has written over it.
 */
const isUnbegun = (text: string): boolean =>
  /^\0*$/.test(text) ||
  (!text.includes('\n') && (text.startsWith('{"journal":') || '{"journal":'.startsWith(text)));

function looked(journal: Journal): Looked {
  const found = keptText(journal.path, mostBytes);
  if (found.is === 'absent') return { ...journal, is: 'nothing', text: '', what: '' };
  if (found.is !== 'text')
    return { ...journal, is: 'unread', text: '', what: fill(words.journalUnread, { why: found.why }) };
  const { text } = found;
  if (isUnbegun(text)) return { ...journal, is: 'nothing', text, what: '' };
  const part = goodPartOf(text);
  if (!('header' in part)) return { ...journal, is: 'damaged', text, what: words.noJournal };
  if (part.flaw)
    return { ...journal, is: 'damaged', text, what: fill(words.journal, { record: part.flaw.record }) };
  return { ...journal, is: 'whole', text, what: '' };
}

function putAway({ path, is, what }: Looked, say: Say): void {
  try {
    if (is === 'unread') say({ file: path, what, todo: words.todo.owner });
    else if (is === 'damaged')
      say({ file: path, what: fill(what, { aside: setAside(path) }), todo: words.todo.setAside });
    else eraseFile(path);
  } catch (error) {
    const why = codeOf(error) || String(error);
    say({ file: path, what: fill(words.notErased, { why }), todo: words.todo.owner });
  }
}

function journalsOf(folder: string, board: string): readonly Journal[] {
  const begin = ofBoard(board);
  return readdirSync(folder)
    .filter(name => name.startsWith(begin) && /^\d+(-[0-9a-z]+)?\.jsonl$/.test(name.slice(begin.length)))
    .slice(0, mostFiles)
    .filter(name => !isWritten(Number.parseInt(name.slice(begin.length), 10), join(folder, name)))
    .flatMap(name => {
      const stat = statSync(join(folder, name), { throwIfNoEntry: false });
      return stat ? [{ path: join(folder, name), changedAt: stat.mtimeMs }] : [];
    })
    .toSorted((one, other) => other.changedAt - one.changedAt);
}

/**
 * What a process that died left of a session on this board; `canAsk`: whether somebody can say whether to go on. Of
 * several the newest that tells anything counts, however little the others hold.
 */
export function unfinishedSessions(
  folder: string,
  board: string,
  canAsk: boolean,
  say: Say = unheard,
): FoundUnfinished | null {
  const journals = journalsOf(folder, board).map(looked);
  if (journals.length === 0) return null;
  const forget = (): void => {
    for (const journal of journals) putAway(journal, say);
  };
  for (const { text, changedAt, is } of journals) {
    if (is === 'unread' || is === 'nothing') continue;
    const sinceMs = Date.now() - changedAt;
    // Written in the future: the clock was put back, and nobody knows for how long the hands have been away.
    const goneMs = sinceMs < -clockSpreadMs ? Number.POSITIVE_INFINITY : Math.max(0, sinceMs);
    const found = recoverSession(text, goneMs);
    const ago = agoWord(goneMs);
    if (found && canAsk)
      return {
        found,
        said: `the last session broke off at "${found.phase}", ${ago}; the page offers to go on, paused`,
        forget,
      };
    const part = goodPartOf(text);
    const state = found?.phase ?? ('header' in part ? endOf(part) : null);
    if (state !== null)
      return { found: null, said: `the last session broke off at "${state}", ${ago}; it is over`, forget };
  }
  return { found: null, said: null, forget };
}

/** Says which journals that were left behind, of any board, cannot be understood or read. Leaves them as they are. */
export function lookAtJournals(folder: string, say: Say): void {
  for (const name of readdirSync(folder).slice(0, mostFiles)) {
    const found = /^session-.*-(\d+)(?:-[0-9a-z]+)?\.jsonl$/.exec(name);
    const path = join(folder, name);
    if (!found || isWritten(Number(found[1]), path)) continue;
    const { is, what } = looked({ path, changedAt: 0 });
    if (is === 'damaged') say({ file: path, what: fill(what, { aside: path }), todo: words.todo.setAside });
    if (is === 'unread') say({ file: path, what, todo: words.todo.owner });
  }
}
