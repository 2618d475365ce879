#!/usr/bin/env node
// Starts the built program. In a checkout it is built anew first whenever a source has changed, so that what runs
// is always what stands there; an installed package brings its build along. Plain JavaScript: Node runs it as it is.
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const built = join(root, 'dist');
const stampFile = join(built, 'built-from.txt');
const sources = ['src', 'machines', 'hardware', 'simulator', 'vite.config.ts', 'package-lock.json'];

/** Every source's path, size and time of change, as one hash. */
function stamp() {
  const hash = createHash('sha256');
  const visit = path => {
    const stat = statSync(join(root, path));
    if (!stat.isDirectory()) hash.update(`${path} ${stat.size} ${stat.mtimeMs}\n`);
    else for (const name of readdirSync(join(root, path)).sort()) visit(join(path, name));
  };
  for (const source of sources) visit(source);
  return hash.digest('hex');
}

/** Builds beside the present build and then changes places with it, so that nobody meets half a build. */
async function build(now) {
  process.stderr.write('building …\n');
  // Whoever builds, and from within which test: the page is the one that people get.
  process.env.NODE_ENV = 'production';
  const fresh = join(root, `dist-${process.pid}`);
  try {
    const { build: viteBuild } = await import('vite');
    const configFile = join(root, 'vite.config.ts');
    const parts = [
      { mode: 'program', root, outDir: fresh },
      { mode: 'library', root, outDir: join(fresh, 'lib') },
      { mode: 'page', root: join(root, 'simulator', 'page'), outDir: join(fresh, 'page') },
      { mode: 'demo', root: join(root, 'simulator', 'demo'), outDir: join(fresh, 'demo') },
    ];
    for (const { mode, root, outDir } of parts)
      await viteBuild({ root, configFile, mode, logLevel: 'warn', build: { outDir, emptyOutDir: false } });
    mkdirSync(fresh, { recursive: true });
    writeFileSync(join(fresh, 'built-from.txt'), now);
    const old = join(root, `dist-${process.pid}-old`);
    if (existsSync(built)) renameSync(built, old);
    renameSync(fresh, built);
    rmSync(old, { recursive: true, force: true });
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

const isCheckout = existsSync(join(root, 'vite.config.ts'));
if (isCheckout) {
  const now = stamp();
  const then = existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : '';
  if (now !== then) await build(now);
}
if (!process.argv.includes('--build')) await import(pathToFileURL(join(built, 'tactus.js')).href);
