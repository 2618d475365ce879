// Vite and what it is made of take `?`, `#` and the like in a path for parts of an address. A checkout in a folder of
// such a name is built by way of a plain one that leads to it.
import { copyFileSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Signs that mean nothing but themselves to whatever reads a path. */
const isPlain = path => /^[\p{L}\p{M}\p{N} /\\:._@+~,=-]*$/u.test(path);

/** The three parts of a build: the program, the controller's page, the page without a server. */
const partsOf = (root, outDir) => [
  { mode: 'program', root, outDir },
  { mode: 'page', root: join(root, 'simulator', 'page'), outDir: join(outDir, 'page') },
  { mode: 'demo', root: join(root, 'simulator', 'demo'), outDir: join(outDir, 'demo') },
  { mode: 'library', root, outDir: join(outDir, 'lib') },
];

async function buildParts({ build }, root, outDir) {
  const configFile = join(root, 'vite.config.ts');
  for (const { mode, root: of, outDir: into } of partsOf(root, outDir))
    await build({
      root: of,
      configFile,
      mode,
      logLevel: 'warn',
      build: { outDir: into, emptyOutDir: false },
    });
}

/** A folder with a plain name, in which every part of the checkout is found under its own. */
function linked(root, fresh) {
  const plain = mkdtempSync(join(tmpdir(), 'tactus-build-'));
  for (const name of readdirSync(root)) {
    if (/^(\.|dist)/.test(name)) continue;
    const path = join(root, name);
    if (statSync(path).isDirectory()) symlinkSync(path, join(plain, name), 'junction');
    else copyFileSync(path, join(plain, name));
  }
  symlinkSync(fresh, join(plain, 'dist'), 'junction');
  return plain;
}

/** The configuration as Node can load it: Vite's own way to it follows links to where they lead. */
async function configAt({ build }, plain) {
  await build({
    root: join(plain, 'src'),
    configFile: false,
    logLevel: 'silent',
    resolve: { preserveSymlinks: true },
    build: {
      ssr: join(plain, 'vite.config.ts'),
      outDir: plain,
      emptyOutDir: false,
      rolldownOptions: { output: { entryFileNames: 'config.mjs' } },
    },
  });
  const { default: config } = await import(pathToFileURL(join(plain, 'config.mjs')).href);
  return config;
}

async function buildLinked(vite, root, fresh) {
  const plain = linked(root, fresh);
  try {
    const config = await configAt(vite, plain);
    for (const { mode, root: of, outDir } of partsOf(plain, join(plain, 'dist'))) {
      const own = typeof config === 'function' ? await config({ mode, command: 'build' }) : config;
      await vite.build({
        ...own,
        root: of,
        configFile: false,
        mode,
        logLevel: 'warn',
        resolve: { ...own.resolve, preserveSymlinks: true },
        build: { ...own.build, outDir, emptyOutDir: false },
      });
    }
  } finally {
    rmSync(plain, { recursive: true, force: true });
  }
}

/** Builds the parts of what stands in `root` into `fresh`, whatever the folder's name. */
export async function plainly(vite, root, fresh) {
  // Whoever builds, and from within which test: the page is the one that people get.
  process.env.NODE_ENV = 'production';
  await (isPlain(root) ? buildParts(vite, root, fresh) : buildLinked(vite, root, fresh));
}
