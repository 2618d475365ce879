// In a checkout the program is built anew first whenever a source has changed, so that what runs is always what stands
// there; an installed package brings its build along. Plain JavaScript: Node runs it as it is.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Exit code of a fault that is ours. */
const fault = 70;

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const isBuildOnly = process.argv.includes('--build');

/** Whether there is a build to run. */
async function isBuilt() {
  if (!existsSync(join(root, 'vite.config.ts'))) return true;
  // Not part of an installed package.
  const { bringUpToDate } = await import('./build.js');
  const wrong = await bringUpToDate(root);
  if (wrong === null) return true;
  process.stderr.write(`tactus: ${wrong.said}\n`);
  // An installation without what builds is a whole one: somebody may bring a build along.
  const isInstallation = process.env.npm_lifecycle_event === 'prepare' && wrong.isToolMissing;
  process.exitCode = isInstallation ? 0 : wrong.code;
  return false;
}

// A program that has nothing left to wait for, and has not ended, has gone wrong.
const unfinished = () => {
  process.exitCode ??= fault;
};
process.on('exit', unfinished);
if ((await isBuilt()) && !isBuildOnly) await import(pathToFileURL(join(root, 'dist', 'tactus.js')).href);
process.off('exit', unfinished);
