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
import * as v from 'valibot';
import { isLiving, thisProcess } from '../storage/processes.ts';

export type Holder = Readonly<{
  pid: number;
  what: string;
  /** When it took the port, ISO 8601 in UTC; null where that is not known. */
  since: string | null;
  /** The system bears it out, not the number alone: that very process lives, or has the port open. */
  isCertain: boolean;
}>;

const noteSchema = v.object({
  pid: v.pipe(v.number(), v.integer(), v.minValue(1)),
  boot: v.string(),
  began: v.nullable(v.string()),
  what: v.string(),
  since: v.pipe(v.string(), v.isoTimestamp()),
});

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

/** What a note says, of a process that may still be there. */
function noted(folder: string, name: string): Holder | null {
  try {
    const text = readFileSync(noteFile(folder, name), 'utf8').slice(0, mostNoteChars);
    const { what, since, ...process } = v.parse(noteSchema, JSON.parse(text));
    if (!isLiving(process)) return null;
    return { pid: process.pid, what, since, isCertain: process.began !== null };
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
  return first === undefined ? null : { pid: first, what: commandOf(first), since: null, isCertain: true };
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
    writeFileSync(file, JSON.stringify({ ...thisProcess(), what, since: new Date().toISOString() }), {
      mode: 0o600,
    });
  } catch {
    return () => {};
  }
  return () => {
    const note = noted(folder, name);
    if (note?.pid === process.pid) rmSync(file, { force: true });
  };
}
