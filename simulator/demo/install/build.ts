/** What the build adds to the page without a server, so that it can be installed and opens with no network. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { iconFolder, iconSvg, icons } from './icon-files.ts';
import { manifest } from './manifest.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
/** A file whose name holds the hash of what is in it never changes: it is fetched once. */
const hashedName = /-[\w-]{8}\.\w+$/;
const place = 'self.__KEPT_FILES';

/** Every file below a folder but its service worker, as that has to know it. */
export function filesToKeep(folder: string): readonly Readonly<{ url: string; revision: string | null }>[] {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(path => statSync(join(folder, path)).isFile() && path !== 'sw.js')
    .toSorted();
  return paths.map(path => ({
    url: relative(folder, join(folder, path)).replaceAll(sep, '/'),
    revision: hashedName.test(path)
      ? null
      : createHash('sha256')
          .update(readFileSync(join(folder, path)))
          .digest('hex')
          .slice(0, 16),
  }));
}

/** Manifest, icons, and a service worker that keeps every file of the build, in the folder that was built. */
export function installable(): Plugin {
  let folder = '';
  return {
    name: 'tactus-installable',
    apply: 'build',
    config: () => ({
      build: {
        rolldownOptions: {
          input: { index: here('../index.html'), sw: here('./service-worker.ts') },
          output: {
            entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
          },
        },
      },
    }),
    configResolved: ({ root, build }) => {
      folder = resolve(root, build.outDir);
    },
    transformIndexHtml: () => [
      { tag: 'link', attrs: { rel: 'manifest', href: './manifest.webmanifest' }, injectTo: 'head' },
      { tag: 'link', attrs: { rel: 'apple-touch-icon', href: './apple-touch-icon.png' }, injectTo: 'head' },
    ],
    generateBundle() {
      const add = (fileName: string, source: string | Uint8Array): void => {
        this.emitFile({ type: 'asset', fileName, source });
      };
      add('manifest.webmanifest', JSON.stringify(manifest(), null, 1));
      add('icon.svg', iconSvg());
      for (const name of Object.keys(icons)) add(name, readFileSync(join(iconFolder, name)));
    },
    /** Once every file is written: what is kept is what is there. */
    writeBundle() {
      const path = join(folder, 'sw.js');
      const source = readFileSync(path, 'utf8');
      // A classic script: what it shared with the page would have to be imported.
      if (!source.includes(place) || /\b(import|export)\b/.test(source))
        throw new Error(`${path}: no whole script with a place for the files that it keeps`);
      writeFileSync(
        path,
        source.replace(place, () => JSON.stringify(filesToKeep(folder))),
      );
    },
  };
}
