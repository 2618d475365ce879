/**
 * Makes what the library has beside its code: the types of each entry, `dist/lib/*.d.ts`, and with `--pages` a page for
 * each, `src/library/api/*.md`. `npm pack` makes types alone: a source that it changed would have all built anew, and the
 * types would be gone. No build of the program waits for either.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../installed.ts';
import { builtLibrary, entries } from './entries.ts';
import { pageOf } from './page.ts';
import { makeTypesOfBuild } from './types-of-build.ts';

const pages = join(packageRoot, 'src', 'library', 'api');

// The types lie beside the code: a later build would take them away.
execFileSync(process.execPath, [join(packageRoot, 'src', 'tactus.js'), '--build'], { stdio: 'inherit' });
await makeTypesOfBuild();
const wanted = process.argv.includes('--pages') ? entries : [];
for (const entry of wanted) {
  mkdirSync(pages, { recursive: true });
  writeFileSync(
    join(pages, `${entry}.md`),
    pageOf(entry, readFileSync(join(builtLibrary, `${entry}.d.ts`), 'utf8')),
  );
}
