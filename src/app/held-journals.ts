/** Journals that somebody asked for, and that another process may be writing already. */

import { terminalWords } from '../../machines/text/terminal.ts';
import { fill } from '../../machines/text/text.ts';
import { FileBusy, holderOfFile } from '../storage/lock.ts';
import { Exit, shown } from './exit.ts';
import type { JournalFile } from './journal-file.ts';

const journalHeld = (path: string, pid: number): Exit =>
  new Exit(
    'busy',
    `${shown(path)}: ${fill(terminalWords.files.journalHeld, { pid })}; ${terminalWords.files.todo.otherJournal}`,
  );

/** Throws Exit 75 where a session of another process writes the journal that was asked for. */
export function refuseHeldJournal(path: string | undefined): void {
  const pid = path === undefined ? null : holderOfFile(path);
  if (path !== undefined && pid !== null && pid !== process.pid) throw journalHeld(path, pid);
}

/** This process runs: what was recorded until now is written. Throws Exit 75 where another one was first. */
export function release(journals: readonly JournalFile[]): void {
  for (const journal of journals)
    try {
      journal.release();
    } catch (error) {
      throw error instanceof FileBusy ? journalHeld(error.path, error.pid) : error;
    }
}
