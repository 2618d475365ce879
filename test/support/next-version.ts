/** Another version of the built demo: the same page, in which no script, style or worker has the name that it had. */
import { cpSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtDemo } from './demo.ts';

/** Every file of a build but its service worker, by its path there. */
export const builtPaths = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(path => statSync(join(folder, path)).isFile() && path !== 'sw.js')
    .toSorted();

/** Writes it into a folder. Its page says that it is version two. */
export function nextVersion(folder: string): void {
  cpSync(builtDemo, folder, { recursive: true });
  const files = [...builtPaths(folder), 'sw.js'];
  const hashes = files.flatMap(path => /^assets\/.+-([\w-]{8})\.\w+$/.exec(path)?.[1] ?? []);
  const renamed = (text: string): string =>
    hashes.reduce((now, hash) => now.replaceAll(hash, [...hash].toReversed().join('')), text);
  for (const path of files.filter(path => /\.(js|css|html|webmanifest)$/.test(path))) {
    const text = renamed(readFileSync(join(folder, path), 'utf8'));
    // Its page is another one, which the service worker knows by another revision.
    writeFileSync(
      join(folder, path),
      path === 'index.html'
        ? text.replace('<html ', '<html data-version="two" ')
        : text.replace(/("url":"index\.html","revision":")[0-9a-f]{16}/, '$10123456789abcdef'),
    );
  }
  for (const path of files)
    if (renamed(path) !== path) renameSync(join(folder, path), join(folder, renamed(path)));
}
