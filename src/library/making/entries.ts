/** The library's entries, and where a build has them. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../installed.ts';

/** By their names after `tactus-pacer/`. */
export const entries: readonly string[] = readdirSync(join(packageRoot, 'src', 'library'))
  .filter(name => name.endsWith('.ts'))
  .map(name => name.replace(/\.ts$/, ''))
  .toSorted();

/** Their code, with their types beside it once those are made. */
export const builtLibrary = join(packageRoot, 'dist', 'lib');
