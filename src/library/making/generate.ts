/**
 * Makes what the library has beside its code: the types of each entry, `dist/lib/*.d.ts`, and a page for each,
 * `src/library/api/*.md`. `npm run library` does so, and `npm pack` by itself; no build of the program waits for it.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../installed.ts';
import { entries, makeDeclarations } from './declarations.ts';
import { pageOf } from './page.ts';

const types = join(packageRoot, 'dist', 'lib');
const pages = join(packageRoot, 'src', 'library', 'api');

makeDeclarations(types);
mkdirSync(pages, { recursive: true });
for (const entry of entries)
  writeFileSync(
    join(pages, `${entry}.md`),
    pageOf(entry, readFileSync(join(types, `${entry}.d.ts`), 'utf8')),
  );
