/**
 * Who holds a port. The system's own lock (serialport's `flock`) decides that exactly one process has it; a note in a
 * folder, and where there is none the system's table of open files, say which one.
 */
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

export type Holder = Readonly<{ pid: number; what: string }>;

/** A note of ours is a hundred bytes. */
const mostNoteChars = 1000;
const mostProcesses = 4096;

const realName = (name: string): string => {
  try {
    return realpathSync(name);
  } catch {
    return name;
  }
};

const noteFile = (folder: string, name: string): string =>
  join(folder, 'ports', `${realName(name).replace(/[^A-Za-z0-9]+/g, '-')}.json`);

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process may not be signalled, and is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function noted(folder: string, name: string): Holder | null {
  try {
    const note: unknown = JSON.parse(readFileSync(noteFile(folder, name), 'utf8').slice(0, mostNoteChars));
    if (typeof note !== 'object' || note === null || !('pid' in note) || !('what' in note)) return null;
    const { pid, what } = note;
    if (typeof pid !== 'number' || typeof what !== 'string' || !Number.isInteger(pid) || pid < 1) return null;
    return isAlive(pid) ? { pid, what } : null;
  } catch {
    return null;
  }
}

const commandOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').filter(Boolean).join(' ').slice(0, 120);
  } catch {
    return '';
  }
};

const hasOpen = (pid: number, wanted: string): boolean => {
  try {
    return readdirSync(`/proc/${pid}/fd`).some(
      descriptor => readlinkSync(`/proc/${pid}/fd/${descriptor}`) === wanted,
    );
  } catch {
    // It has ended meanwhile, or belongs to somebody else.
    return false;
  }
};

/** The fourth field of /proc/PID/stat, behind a name in brackets that may hold anything (proc(5)). */
const parentOf = (pid: number): number => {
  try {
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1] ?? 0);
  } catch {
    return 0;
  }
};

/** Another process that has the port open, by Linux' table of open files; what may not be read is passed over. */
function seenOpen(name: string): Holder | null {
  const wanted = realName(name);
  let processes: number[];
  try {
    processes = readdirSync('/proc')
      .filter(entry => /^\d+$/.test(entry))
      .map(Number);
  } catch {
    return null;
  }
  const found = processes
    .slice(0, mostProcesses)
    .filter(pid => pid !== process.pid && parentOf(pid) !== process.pid && hasOpen(pid, wanted));
  // A process that is just starting another has two faces for a moment: the older one is meant.
  const first = found.find(pid => !found.includes(parentOf(pid)));
  return first === undefined ? null : { pid: first, what: commandOf(first) };
}

/** Another process that holds this port, as far as anyone can tell; null where nobody seems to. */
export function holderOf(folder: string, name: string): Holder | null {
  const note = noted(folder, name);
  if (note && note.pid !== process.pid) return note;
  return name.startsWith('tcp:') ? null : seenOpen(name);
}

/** Notes that this process holds it, from now until the answer is called. Notes are a courtesy: none is no failure. */
export function noteHolder(folder: string, name: string, what: string): () => void {
  const file = noteFile(folder, name);
  try {
    mkdirSync(join(folder, 'ports'), { recursive: true, mode: 0o700 });
    writeFileSync(file, JSON.stringify({ pid: process.pid, what }), { mode: 0o600 });
  } catch {
    return () => {};
  }
  return () => {
    const note = noted(folder, name);
    if (note?.pid === process.pid) rmSync(file, { force: true });
  };
}
