/**
 * Files that are nobody else's: mode 0600, replaced as a whole or appended to by whole lines, erased so that nothing
 * of them stays in their folder.
 */
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { codeOf, isMissing } from './error-code.ts';

/** Deeper than any home. */
const mostDepth = 64;

/**
 * Makes a folder where it is missing, and those above it, mode 0700. Throws the system's error. One step a folder:
 * Node's own recursive way turns round for ever below a folder in which nothing can be made, such as /proc.
 */
export function privateFolder(path: string): string {
  const missing: string[] = [];
  for (let folder = path; !statSync(folder, { throwIfNoEntry: false }); folder = dirname(folder)) {
    if (missing.length >= mostDepth || dirname(folder) === folder) break;
    missing.unshift(folder);
  }
  for (const folder of missing)
    try {
      mkdirSync(folder, { mode: 0o700 });
    } catch (error) {
      // Another process may just have made it.
      if (codeOf(error) !== 'EEXIST') throw error;
    }
  if (statSync(path).isDirectory()) return path;
  throw Object.assign(new Error(`${path}: is no folder`), { code: 'ENOTDIR', syscall: 'mkdir', path });
}

/** As many as are ever set aside under one name. */
const mostAside = 1000;

/** The first name beside a path that nothing has: `NAME.aside-1`, `NAME.aside-2` … Throws where all are taken. */
function freeName(path: string, mark: string): string {
  for (let count = 1; count <= mostAside; count++) {
    const other = `${path}.${mark}${count}`;
    if (!lstatSync(other, { throwIfNoEntry: false })) return other;
  }
  throw Object.assign(new Error(`${path}: too much has been set aside beside it`), {
    code: 'EEXIST',
    syscall: 'rename',
    path,
  });
}

/**
 * Gives what stands at a path another name beside it, so that nothing takes its place (`mark` instead of `aside-`).
 * Returns that name's path. Throws the system's error. A link is moved, not what it points to.
 */
export function setAside(path: string, mark = 'aside-'): string {
  const other = freeName(path, mark);
  renameSync(path, other);
  settle(dirname(path));
  return other;
}

/** Puts a copy beside a file, under a name as `setAside` gives it. */
export function copyAside(path: string): string {
  const other = freeName(path, 'aside-');
  copyFileSync(path, other, constants.COPYFILE_EXCL);
  chmodSync(other, 0o600);
  settle(dirname(path));
  return other;
}

/** What a process that was killed while it replaced a file has left beside it, once it is this old. */
const leftoverMs = 60_000;

function sweep(path: string): void {
  const begin = `${basename(path)}.`;
  for (const name of readdirSync(dirname(path))) {
    if (!name.startsWith(begin) || !/^[0-9a-f]{8}\.new$/.test(name.slice(begin.length))) continue;
    const left = join(dirname(path), name);
    const { mtimeMs = Number.POSITIVE_INFINITY } = statSync(left, { throwIfNoEntry: false }) ?? {};
    if (Date.now() - mtimeMs > leftoverMs) rmSync(left, { force: true });
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
}

/** What a folder promises after this is on the disk. Where a system cannot do that for folders it does it by itself. */
export function settle(folder: string): void {
  let file: number;
  try {
    file = openSync(folder, 'r');
  } catch {
    return;
  }
  try {
    fsyncSync(file);
  } catch {
    // Not on this system.
  } finally {
    closeSync(file);
  }
}

/** Resolves once all that was written to an open file is on the disk; this very thread waits for it. */
export async function synced(file: number): Promise<void> {
  fdatasyncSync(file);
}

/** What the system says of a write names no file: whoever is told of it hears which one was meant. */
export function ofFile(path: string, error: unknown): unknown {
  return error instanceof Error && 'syscall' in error && !('path' in error)
    ? Object.assign(error, { path })
    : error;
}

/** Puts a text in a file's place, as a whole: whoever reads it, and whenever the power goes, it is the old or the new. */
export function replaceFile(path: string, text: string): void {
  const fresh = `${path}.${randomBytes(4).toString('hex')}.new`;
  const file = openSync(fresh, 'wx', 0o600);
  try {
    writeAll(file, Buffer.from(text));
    fsyncSync(file);
  } catch (error) {
    closeSync(file);
    rmSync(fresh, { force: true });
    throw ofFile(path, error);
  }
  closeSync(file);
  try {
    renameSync(fresh, path);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  }
  settle(dirname(path));
  sweep(path);
}

/** Opens a file for whole lines at its end. `isNew`: it must not be there yet. No link is followed. */
export function openLines(path: string, isNew: boolean): number {
  const how = constants.O_RDWR | constants.O_APPEND | constants.O_NOFOLLOW;
  const file = openSync(path, isNew ? how | constants.O_CREAT | constants.O_EXCL : how, 0o600);
  if (isNew) return file;
  try {
    // A line that was cut off by a crash would swallow the next one. It is ended, and stays as it is.
    const { size } = fstatSync(file);
    const last = Buffer.alloc(1);
    if (size > 0 && readSync(file, last, 0, 1, size - 1) === 1 && last[0] !== 0x0a) appendLine(file, '\n');
  } catch (error) {
    closeSync(file);
    throw error;
  }
  return file;
}

export function appendLine(file: number, line: string): void {
  writeAll(file, Buffer.from(line));
}

/** Writes over all bytes of an open file. */
export function overwrite(file: number): void {
  const { size } = fstatSync(file);
  const zeros = Buffer.alloc(Math.min(size, 65_536));
  for (let written = 0; written < size; )
    written += writeSync(file, zeros, 0, Math.min(zeros.length, size - written), written);
}

/**
 * Erases a file: its bytes are overwritten, then it is gone. Whether a copy is left elsewhere (a backup, a snapshot, a
 * block that a flash disk has set aside) no program can know.
 */
export function eraseFile(path: string): boolean {
  let file: number;
  try {
    file = openSync(path, constants.O_WRONLY | constants.O_NOFOLLOW);
  } catch (error) {
    if (isMissing(error)) return false;
    // Not ours to write, or a link: the name at least goes.
    unlinkSync(path);
    return true;
  }
  try {
    overwrite(file);
    fsyncSync(file);
    ftruncateSync(file, 0);
  } finally {
    closeSync(file);
  }
  try {
    unlinkSync(path);
  } catch (error) {
    // Whoever was erasing it as well was first.
    if (!isMissing(error)) throw error;
  }
  settle(dirname(path));
  return true;
}
