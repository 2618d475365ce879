/**
 * The library's types beside the code of the present build, made once: they come from the sources that it was built from,
 * and a later build takes them away.
 */
import { copyFileSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtLibrary, entries } from './entries.ts';

const typesOf = (folder: string, entry: string): string => join(folder, `${entry}.d.ts`);

/** Makes them where the build has none yet. Each comes whole: what was hindered half-way is made again. */
export async function makeTypesOfBuild(): Promise<void> {
  if (entries.every(entry => existsSync(typesOf(builtLibrary, entry)))) return;
  // Two compilers: to load them takes longer than to find that nobody needs them.
  const { makeDeclarations } = await import('./declarations.ts');
  const fresh = mkdtempSync(join(tmpdir(), 'tactus-types-'));
  try {
    makeDeclarations(fresh);
    for (const entry of entries) {
      const path = typesOf(builtLibrary, entry);
      copyFileSync(typesOf(fresh, entry), `${path}.fresh`);
      renameSync(`${path}.fresh`, path);
    }
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}
