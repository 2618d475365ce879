/**
 * Files that are nobody else's: mode 0600, replaced as a whole or appended to by whole lines, erased so that nothing
 * of them stays in their folder.
 */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';

export const isMissing = (error: unknown): boolean => codeOf(error) === 'ENOENT';

/** Makes a folder where it is missing, mode 0700. */
export function privateFolder(path: string): string {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  return path;
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
}

/** What a folder promises after this is on the disk. Where a system cannot do that for folders it does it by itself. */
function settle(folder: string): void {
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
    throw error;
  }
  closeSync(file);
  renameSync(fresh, path);
  settle(dirname(path));
}

/** Opens a file for whole lines at its end. `isNew`: it must not be there yet. No link is followed. */
export function openLines(path: string, isNew: boolean): number {
  const how = constants.O_RDWR | constants.O_APPEND | constants.O_NOFOLLOW;
  const file = openSync(path, isNew ? how | constants.O_CREAT | constants.O_EXCL : how, 0o600);
  if (isNew) return file;
  // A line that was cut off by a crash would swallow the next one.
  const text = readFileSync(file);
  const end = text.lastIndexOf(0x0a) + 1;
  if (end < text.length) ftruncateSync(file, end);
  return file;
}

export function appendLine(file: number, line: string): void {
  writeAll(file, Buffer.from(line));
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
    const { size } = fstatSync(file);
    const zeros = Buffer.alloc(Math.min(size, 65_536));
    for (let written = 0; written < size; )
      written += writeSync(file, zeros, 0, Math.min(zeros.length, size - written), written);
    fsyncSync(file);
    ftruncateSync(file, 0);
  } finally {
    closeSync(file);
  }
  unlinkSync(path);
  settle(dirname(path));
  return true;
}
