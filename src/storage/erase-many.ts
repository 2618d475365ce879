/**
 * Erases many files at once: the bytes of all are overwritten, and are so on the disk, before the first name goes. The
 * disk is waited for once for hundreds of them. (Cutting each off before its name goes took longer than all the rest.)
 */
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  statSync,
  unlinkSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { isMissing } from './error-code.ts';
import { overwrite, settle } from './private-files.ts';

/** More would be more than a process may have open. */
const atOnce = 512;
/** For fewer it is not worth asking the system for its whole disk. */
const fewest = 8;
const longestMs = 60_000;

type Opened = Readonly<{ path: string; file: number }>;
export type Failed = (path: string, error: unknown) => void;

/** Erases them, whichever of them fails; `failed` is told of those. How many there were that are gone now. */
export function eraseFiles(paths: readonly string[], failed: Failed): number {
  let count = 0;
  for (let from = 0; from < paths.length; from += atOnce)
    count += eraseBatch(paths.slice(from, from + atOnce), failed);
  for (const folder of new Set(paths.map(path => dirname(path)))) settle(folder);
  return count;
}

function eraseBatch(paths: readonly string[], failed: Failed): number {
  const attempt = (path: string, deed: () => void): boolean => {
    try {
      deed();
      return true;
    } catch (error) {
      failed(path, error);
      return false;
    }
  };
  const opened: Opened[] = [];
  const others: string[] = [];
  const wrong = new Set<string>();
  for (const path of paths)
    try {
      opened.push({ path, file: openSync(path, constants.O_WRONLY | constants.O_NOFOLLOW) });
    } catch (error) {
      // Not ours to write, or a link: the name at least goes.
      if (!isMissing(error)) others.push(path);
    }
  for (const { path, file } of opened) if (!attempt(path, () => overwrite(file))) wrong.add(path);
  const settledOn = opened.length < fewest ? null : settledDisk(dirname(opened[0]?.path ?? ''));
  for (const { path, file } of opened) {
    const isGone =
      !wrong.has(path) &&
      attempt(path, () => {
        const { dev, nlink } = fstatSync(file);
        if (dev !== settledOn) fsyncSync(file);
        // One that stays, under another name, is empty then.
        if (nlink > 1) ftruncateSync(file, 0);
      });
    closeSync(file);
    if (isGone) others.push(path);
  }
  return others.filter(path => attempt(path, () => removed(path))).length;
}

/** Whoever was erasing it as well may have been first. */
function removed(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

/**
 * Has all that was written to the file system of this folder put on its disk: one wait for hundreds of files. Which disk
 * that is; null where it is not certain, and each file has to be waited for. Node cannot ask for that; Linux' own
 * `sync -f` can (syncfs(2), which tells of errors too).
 */
function settledDisk(folder: string): number | null {
  if (process.platform !== 'linux') return null;
  const { status } = spawnSync('/bin/sync', ['-f', folder], { stdio: 'ignore', timeout: longestMs });
  return status === 0 ? (statSync(folder, { throwIfNoEntry: false })?.dev ?? null) : null;
}
