/** The one small file in which it is kept that a screening was clear. Mode 0600, erased when it is to be forgotten. */
import {
  accessSync,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { terminalWords } from '../../machines/text/terminal.ts';
import { fill } from '../../machines/text/text.ts';
import { codeOf, isMissing } from '../storage/error-code.ts';
import { keptText } from '../storage/kept-text.ts';
import type { Say } from '../storage/notices.ts';
import { eraseFile, replaceFile } from '../storage/private-files.ts';
import type { MemoryStore } from '../storage/screening-memory.ts';
import type { Disk } from './disk-works.ts';

const words = terminalWords.files;
const mostBytes = 1000;

const whyOf = (error: unknown): string => codeOf(error) || String(error);

/** What cannot be erased may have had to be: it is believed only where it could be forgotten. */
function couldBeErased(path: string): boolean {
  try {
    if (!lstatSync(path).isFile()) return false;
    accessSync(dirname(path), constants.W_OK);
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

export function memoryFile(path: string, say: Say): MemoryStore {
  const tell = (what: string, why: string, todo: string): void =>
    say({ file: path, what: fill(what, { why }), todo });
  return {
    read: () => {
      const found = keptText(path, mostBytes);
      if (found.is === 'absent') return null;
      if (found.is !== 'text') {
        tell(found.why, '', words.todo.forget);
        return null;
      }
      if (couldBeErased(path)) return found.isSound ? found.text : null;
      tell(words.notBelieved, '', words.todo.forget);
      return null;
    },
    write: text => {
      try {
        replaceFile(path, text);
        return true;
      } catch (error) {
        tell(words.notWritten, whyOf(error), words.todo.space);
        return false;
      }
    },
    erase: () => {
      try {
        eraseFile(path);
        return true;
      } catch (error) {
        // Where the name has to stay, what it says may still go.
        if (isMissing(error) || emptied(path)) return true;
        tell(words.notForgotten, whyOf(error), words.todo.forget);
        return false;
      }
    },
  };
}

/**
 * The same for a live controller: what waits for the disk is done elsewhere. What is to be forgotten is made unreadable
 * at once all the same, by a write that waits for nothing: no other process believes it from then on.
 */
export function memoryOn(disk: Pick<Disk, 'ask'>, path: string, say: Say): MemoryStore {
  const done = (text: string | null): Promise<boolean> =>
    disk.ask('screening', { path, text }).catch((error: unknown) => {
      const isForgetting = text === null;
      const what = fill(isForgetting ? words.notForgotten : words.notWritten, { why: whyOf(error) });
      say({ file: path, what, todo: isForgetting ? words.todo.forget : words.todo.space });
      return false;
    });
  return {
    read: memoryFile(path, say).read,
    write: done,
    erase: () => {
      makeUnreadable(path);
      return done(null);
    },
  };
}

/** Writes over what it says. Where that cannot be, erasing it says why. */
function makeUnreadable(path: string): void {
  let file: number;
  try {
    file = openSync(path, constants.O_WRONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch {
    return;
  }
  try {
    const { size } = fstatSync(file);
    writeSync(file, Buffer.alloc(Math.min(size, mostBytes)), 0, Math.min(size, mostBytes), 0);
  } catch {
    // As it was.
  } finally {
    closeSync(file);
  }
}

function emptied(path: string): boolean {
  try {
    truncateSync(path, 0);
    return true;
  } catch {
    return false;
  }
}
