// The folders of builds beside each other: `dist` is the one that runs, `dist-PID-…` one that a process makes just now,
// `dist-PID-…-old` one that has been replaced.
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A build takes a minute at most. What its process has left is looked at after this long. */
const leftoverMs = 10 * 60_000;
/** After this long no process of that number can be the one that made it. */
const ancientMs = 24 * 3_600_000;
/** Others that put their build there in the same moment. */
const mostTries = 20;

const codeOf = error => (error instanceof Error && 'code' in error ? String(error.code) : '');

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is somebody else's.
    return codeOf(error) === 'EPERM';
  }
}

/** A new folder for a build, named after this process. Throws the system's error where none can be made. */
export function freshFolder(root) {
  // Two containers that share the checkout may each have a process of the same number.
  const folder = join(root, `dist-${process.pid}-${randomBytes(4).toString('hex')}`);
  mkdirSync(folder);
  return folder;
}

/** Removes what builds have left that were killed. One that may still be made stays. */
export function removeLeftovers(root) {
  for (const name of readdirSync(root)) {
    const pid = /^dist-(\d+)-[0-9a-f]{8}(?:-old)?$/.exec(name)?.[1];
    if (pid === undefined) continue;
    const { mtimeMs = Date.now() } = statSync(join(root, name), { throwIfNoEntry: false }) ?? {};
    const ageMs = Date.now() - mtimeMs;
    if (ageMs > ancientMs || (ageMs > leftoverMs && !isAlive(Number(pid))))
      rmSync(join(root, name), { recursive: true, force: true });
  }
}

/** What a system says where a folder with something in it stands in the way. */
const inTheWay = new Set(['ENOTEMPTY', 'EEXIST', 'EPERM', 'EACCES', 'EBUSY']);

/** Renames; false where there is nothing to rename, or where something stands in the way. */
function moved(from, to) {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || inTheWay.has(codeOf(error))) return false;
    throw error;
  }
}

/** Removes a build that is in nobody's way any more; what cannot be removed now is a leftover of later. */
function discard(folder) {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // A file of it is still open, where open files stay.
  }
}

/**
 * Puts a new build in the place of the present one. `isThere`: whether another process has put the same there meanwhile;
 * then this one is not needed any more. Throws where the place cannot be had; the build that was there stays.
 */
export function changePlaces(root, fresh, isThere) {
  const built = join(root, 'dist');
  const old = `${fresh}-old`;
  for (let count = 0; count < mostTries; count++) {
    if (isThere()) return;
    moved(built, old);
    const isDone = moved(fresh, built);
    if (isDone || !moved(old, built)) discard(old);
    if (isDone) return;
  }
  throw new Error(`${built} cannot be replaced: another process uses it, or it belongs to another account`);
}
