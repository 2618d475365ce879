/** The firmware's sources and their hash: what ties a built hex to the text it came from. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { recipe, type Target, type TargetName, targets } from './recipe.ts';

export const firmwareFolder = fileURLToPath(new URL('.', import.meta.url));
export const sketchFolder = join(firmwareFolder, 'tactus');

const sourcesIn = (folder: string): readonly string[] =>
  readdirSync(join(sketchFolder, folder))
    .filter(name => /\.(?:ino|cpp|h)$/.test(name))
    .sort()
    .map(name => `${folder}${name}`);

const aloneFolder = 'src/alone/';

/** Every file of the sketch that a target is made of, from the sketch's folder on. */
export function sketchFiles(target: TargetName = 'uno'): readonly string[] {
  const { isAlone }: Target = targets[target];
  return [...sourcesIn(''), ...(isAlone === true ? sourcesIn(aloneFolder) : [])];
}

/** The sources of the board alone. */
export const aloneSources = (): readonly string[] =>
  sourcesIn(aloneFolder).filter(name => name.endsWith('.cpp'));

/** SHA-256 over the recipe and each file's name and text. Line ends do not count: git may change them. */
export function sourceHash(target: TargetName = 'uno'): string {
  const hash = createHash('sha256').update(JSON.stringify([recipe, targets[target]]));
  for (const name of sketchFiles(target)) {
    const text = readFileSync(join(sketchFolder, name), 'utf8').replaceAll('\r\n', '\n');
    hash.update(`\n${name} ${text.length}\n${text}`);
  }
  return hash.digest('hex');
}

/** What HELLO says as `buildHash`: the first 32 bits of the source hash. */
export const buildHash = (hash: string): number => Number.parseInt(hash.slice(0, 8), 16);
