/** The firmware's sources and their hash: what ties a built hex to the text it came from. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { recipe, type TargetName, targets } from './recipe.ts';

export const firmwareFolder = fileURLToPath(new URL('.', import.meta.url));
export const sketchFolder = join(firmwareFolder, 'tactus');

/** Every file of the sketch, by name. */
export const sketchFiles = (): readonly string[] =>
  readdirSync(sketchFolder)
    .filter(name => /\.(?:ino|cpp|h)$/.test(name))
    .sort();

/** SHA-256 over the recipe and each file's name and text. Line ends do not count: git may change them. */
export function sourceHash(target: TargetName = 'uno'): string {
  const hash = createHash('sha256').update(JSON.stringify([recipe, targets[target]]));
  for (const name of sketchFiles()) {
    const text = readFileSync(join(sketchFolder, name), 'utf8').replaceAll('\r\n', '\n');
    hash.update(`\n${name} ${text.length}\n${text}`);
  }
  return hash.digest('hex');
}

/** What HELLO says as `buildHash`: the first 32 bits of the source hash. */
export const buildHash = (hash: string): number => Number.parseInt(hash.slice(0, 8), 16);
