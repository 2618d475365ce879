/**
 * A lock beside a file, so that of two processes one after the other changes it: `FILE.lock`, with the name of whoever
 * holds it. One that a process left when it was killed belongs to nobody.
 */
import { randomBytes } from 'node:crypto';
import { closeSync, linkSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import * as v from 'valibot';
import { codeOf } from './error-code.ts';
import { ofFile } from './private-files.ts';
import { isLiving, type ProcessName, thisProcess } from './processes.ts';

const nameSchema = v.object({ pid: v.number(), boot: v.string(), began: v.nullable(v.string()) });

/** A change takes a few milliseconds. Whoever waits longer is told, and the loop of a session is not held up. */
const waitMs = 100;
const lookMs = 4;

/** Somebody else has it. */
export class FileBusy extends Error {
  readonly code = 'EBUSY';
  readonly syscall = 'open';
  readonly path: string;
  readonly pid: number;

  constructor(path: string, pid: number) {
    super(`${path}: another process (${pid}) is changing it`);
    this.path = path;
    this.pid = pid;
  }
}

const textOf = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
};

function nameIn(text: string): ProcessName | null {
  try {
    const found = v.safeParse(nameSchema, JSON.parse(text));
    return found.success ? found.output : null;
  } catch {
    return null;
  }
}

/** Takes a lock that nobody living holds out of the way; another one that came meanwhile is put back. */
function clear(lock: string, text: string): void {
  const moved = `${lock}.${randomBytes(4).toString('hex')}`;
  try {
    renameSync(lock, moved);
    if (textOf(moved) !== text) linkSync(moved, lock);
  } catch {
    // Another process was first.
  }
  rmSync(moved, { force: true });
}

/** The process that holds a file; null where none that lives does. */
export function holderOfFile(path: string): number | null {
  const name = nameIn(textOf(`${path}.lock`) ?? '');
  return name && isLiving(name) ? name.pid : null;
}

/** Takes the lock of a file, from now until the answer is called. Throws FileBusy, or the system's error. */
export function holdFile(path: string): () => void {
  const lock = `${path}.lock`;
  const mine = JSON.stringify(thisProcess());
  const until = performance.now() + waitMs;
  let isCleared = false;
  while (!laid(path, lock, mine)) {
    const isOver = performance.now() >= until;
    const text = textOf(lock);
    const name = nameIn(text ?? '');
    // One without a name is of a process that dies, or is about to write it.
    const isNobodys = text !== null && (name ? !isLiving(name) : isOver);
    if (isOver && (isCleared || !isNobodys)) throw new FileBusy(path, name?.pid ?? 0);
    if (isNobodys) clear(lock, text);
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, lookMs);
    isCleared ||= isNobodys && isOver;
  }
  return () => {
    if (textOf(lock) === mine) rmSync(lock, { force: true });
  };
}

/** Lays the note, whole from the first moment on: whether there was none. Throws the system's error. */
function laid(path: string, lock: string, name: string): boolean {
  // Swept with whatever else is left beside the file.
  const fresh = `${path}.${randomBytes(4).toString('hex')}.new`;
  try {
    try {
      written(fresh, name);
      linkSync(fresh, lock);
    } finally {
      rmSync(fresh, { force: true });
    }
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    if (!withoutLinks.has(codeOf(error))) throw ofFile(path, error);
  }
  try {
    written(lock, name);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** What is said where a disk has no second names for a file, as one of a camera or a stick. */
const withoutLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

function written(path: string, text: string): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    writeSync(file, text);
  } finally {
    closeSync(file);
  }
}

/** Does something while nobody else changes a file. */
export function whileHeld<T>(path: string, change: () => T): T {
  const letGo = holdFile(path);
  try {
    return change();
  } finally {
    letGo();
  }
}
