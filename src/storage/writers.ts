/** Whether whoever began a session's file, or its journal, is still writing it. */
import { readdirSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { uptime } from 'node:os';
import { join } from 'node:path';
import { isRunning } from './processes.ts';

/** What the time of a change and the time since the machine's start may disagree by. */
const spreadMs = 5000;

/** A file's time of change is the kernel's, which ticks a little behind. */
const tickMs = 100;

/** What this very process is writing. */
const here = new Set<string>();
/** Where another thread of this process tells what that is: when it last did, ms since 1970. */
let toldAt: number | null = null;
export const writesHere = (path: string): void => {
  here.add(path);
};
export const letGo = (path: string): void => {
  here.delete(path);
};

export const writtenHere = (): readonly string[] => [...here];

/** For a thread that writes nothing itself: what the others were writing at that time, ms since 1970. */
export function writtenElsewhere(paths: readonly string[], at: number): void {
  here.clear();
  for (const path of paths) here.add(path);
  toldAt = at;
}

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
  if (changedAt === undefined) return false;
  // What has been begun since then is nobody's to erase.
  if (pid === process.pid) return toldAt !== null && changedAt > toldAt - tickMs;
  if (!isRunning(pid)) return false;
  return holds(pid, path) ?? Date.now() - changedAt < uptime() * 1000 + spreadMs;
}
