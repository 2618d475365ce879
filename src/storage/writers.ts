/** Whether whoever began a session's file, or its journal, is still writing it. */
import { readdirSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { uptime } from 'node:os';
import { join } from 'node:path';
import { isRunning } from './processes.ts';

/** What the time of a change and the time since the machine's start may disagree by. */
const spreadMs = 5000;

/** What this very process is writing. */
const here = new Set<string>();
export const writesHere = (path: string): void => {
  here.add(path);
};
export const letGo = (path: string): void => {
  here.delete(path);
};

/** Whether a process has a file open, as Linux tells; null where nobody tells, or not us. */
function holds(pid: number, path: string): boolean | null {
  const folder = `/proc/${pid}/fd`;
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch {
    return null;
  }
  const wanted = realpathSync(path);
  return names.some(name => {
    try {
      return readlinkSync(join(folder, name)) === wanted;
    } catch {
      // Closed meanwhile.
      return false;
    }
  });
}

/**
 * Whether process `pid` is still writing `path`, as far as can be told. A number alone says little: after a restart,
 * and within a container, another process soon has it, this one perhaps. Where no system tells who has a file open,
 * nobody is writing what was last changed before this machine was started.
 */
export function isWritten(pid: number, path: string): boolean {
  if (here.has(path)) return true;
  const changedAt = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  if (changedAt === undefined || pid === process.pid || !isRunning(pid)) return false;
  return holds(pid, path) ?? Date.now() - changedAt < uptime() * 1000 + spreadMs;
}
