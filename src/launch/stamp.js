// Whether what is built was built from the sources as they stand. What counts is what is in them: a checkout that was
// copied has other times, and is the same. Their times are only the shorter way to see that nothing has changed.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const sources = ['src', 'machines', 'hardware', 'simulator', 'vite.config.ts', 'package-lock.json'];
/** What lies among the sources and is none: a page to read, an editor's own, what the firmware's build makes. */
const isNone = path => /\.md$|(^|\/)\.|~$/.test(path) || path === 'hardware/firmware/build';

/** Within a build: what its sources held, and with that the times they had when this was last found to be so. */
const contentFile = 'built-from.txt';
const timesFile = 'built-times.txt';

/** Every source, by its path with slashes, with its size and its time. A link that leads nowhere is none. */
function sourceFiles(root) {
  const files = [];
  const visit = path => {
    const stat = isNone(path) ? undefined : statSync(join(root, path), { throwIfNoEntry: false });
    if (stat?.isDirectory())
      for (const name of readdirSync(join(root, path)).sort()) visit(`${path}/${name}`);
    else if (stat?.isFile()) files.push({ path, size: stat.size, mtimeMs: stat.mtimeMs });
  };
  for (const source of sources) visit(source);
  return files;
}

const timesOf = files => {
  const hash = createHash('sha256');
  for (const { path, size, mtimeMs } of files) hash.update(`${path} ${size} ${mtimeMs}\n`);
  return hash.digest('hex');
};

const contentOf = (root, files) => {
  const hash = createHash('sha256');
  for (const { path } of files) {
    const bytes = readFileSync(join(root, path));
    hash.update(`${path} ${bytes.length}\n`).update(bytes);
  }
  return hash.digest('hex');
};

/** The sources as they stand: what a build of them is to be marked with. */
export function stampOf(root) {
  const files = sourceFiles(root);
  return { content: contentOf(root, files), times: timesOf(files) };
}

/** Marks a build as made from these sources. */
export function mark(built, { content, times }) {
  writeFileSync(join(built, timesFile), `${content} ${times}`);
  writeFileSync(join(built, contentFile), content);
}

const textOf = path => {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if (!['ENOENT', 'ENOTDIR'].includes(error.code)) throw error;
    return null;
  }
};

/** What the build in `dist` was made from; null where there is none. */
export const builtFrom = root => textOf(join(root, 'dist', contentFile));

/**
 * Whether `dist` is the build of the sources as they stand. `unseen` are times under which that was not known yet:
 * noting them saves reading all of it the next time.
 */
export function compared(root) {
  const content = builtFrom(root);
  if (content === null) return { isCurrent: false, unseen: null };
  const files = sourceFiles(root);
  const times = timesOf(files);
  if (textOf(join(root, 'dist', timesFile)) === `${content} ${times}`)
    return { isCurrent: true, unseen: null };
  return contentOf(root, files) === content
    ? { isCurrent: true, unseen: `${content} ${times}` }
    : { isCurrent: false, unseen: null };
}

/** Keeps the times for the next start, where this account may; else the next start looks as long as this one. */
export function note(root, unseen) {
  const path = join(root, 'dist', timesFile);
  const fresh = `${path}.${process.pid}`;
  try {
    writeFileSync(fresh, unseen, { flag: 'wx' });
    renameSync(fresh, path);
  } catch {
    try {
      rmSync(fresh, { force: true });
    } catch {
      // Nothing can be written here, so nothing was.
    }
  }
}
