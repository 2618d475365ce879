// Builds what has to be built, and says in one sentence what hinders it. The new build is made beside the present one
// and then changes places with it, so that nobody meets half a build.
import { rmSync } from 'node:fs';
import { changePlaces, freshFolder, removeLeftovers } from './places.js';
import { plainly } from './plain-root.js';
import { builtFrom, compared, mark, note, stampOf } from './stamp.js';

const exitCodes = { noInput: 66, fault: 70, cannotWrite: 73, notPermitted: 77 };

const codeOf = error => (error instanceof Error && 'code' in error ? String(error.code) : '');

/** Vite is only there where what developers need was installed. */
async function viteOrNull() {
  try {
    return await import('vite');
  } catch (error) {
    if (codeOf(error) !== 'ERR_MODULE_NOT_FOUND') throw error;
    return null;
  }
}

/** What hinders it, with what to do: `code` is the exit code. */
const wrong = (code, said) => ({ code, said, isToolMissing: false });

function unreadable(error) {
  const { path } = error;
  if (!path || !['EACCES', 'EPERM'].includes(codeOf(error))) throw error;
  return wrong(
    exitCodes.notPermitted,
    `${path} may not be read by this account (${codeOf(error)}); as its owner run chmod -R a+rX on the checkout`,
  );
}

/** Ended by a signal, it takes its half of a build away first. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

async function built(vite, root, fresh) {
  const ended = signal => {
    rmSync(fresh, { recursive: true, force: true });
    for (const one of signals) process.removeListener(one, ended);
    process.kill(process.pid, signal);
  };
  for (const signal of signals) process.on(signal, ended);
  try {
    const stamp = stampOf(root);
    await plainly(vite, root, fresh);
    mark(fresh, stamp);
    changePlaces(root, fresh, () => builtFrom(root) === stamp.content);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
    for (const signal of signals) process.removeListener(signal, ended);
  }
}

/** Builds where that is needed. Resolves with null, or with what is wrong: `said`, `code`, `isToolMissing`. */
export async function bringUpToDate(root) {
  let state;
  try {
    state = compared(root);
  } catch (error) {
    return unreadable(error);
  }
  if (state.unseen !== null) note(root, state.unseen);
  if (state.isCurrent) return null;
  const why =
    builtFrom(root) === null ? 'it is not built yet' : 'its sources have changed since it was built';
  const vite = await viteOrNull();
  if (vite === null)
    return {
      code: exitCodes.noInput,
      said: `${why}, and Vite, which builds it, is not installed (npm ci --omit=dev leaves it out); run npm ci, or bring along the folder dist of a checkout of the same sources`,
      isToolMissing: true,
    };
  let fresh;
  try {
    removeLeftovers(root);
    fresh = freshFolder(root);
  } catch (error) {
    return wrong(
      exitCodes.cannotWrite,
      `${why}, and nothing can be written in ${root} (${codeOf(error)}); run npm run build there as its owner`,
    );
  }
  process.stderr.write('building …\n');
  try {
    await built(vite, root, fresh);
    return null;
  } catch (error) {
    return wrong(
      codeOf(error) === 'ENOSPC' ? exitCodes.cannotWrite : exitCodes.fault,
      `the build failed; what was built before stays as it was: ${error instanceof Error ? error.message : error}`,
    );
  }
}
