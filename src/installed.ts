/** Where this program is installed, and which version it is. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

function findRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (let depth = 0; depth < 8; depth++) {
    if (existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'hardware'))) return folder;
    folder = dirname(folder);
  }
  throw new Error('the installation is incomplete: its package.json is missing');
}

export const packageRoot = findRoot();

export const version = String(JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')).version);

/** The built firmware, as Intel HEX. */
export const firmwareHex = (): string =>
  readFileSync(join(packageRoot, 'hardware', 'firmware', 'tactus-uno.hex'), 'utf8');
