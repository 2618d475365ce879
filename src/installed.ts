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

/** The firmwares that come along, by board and by how its STOP is wired; one of an Uno is a Nano's too. */
export const firmwareNames = {
  uno: { normallyClosed: 'tactus-uno', normallyOpen: 'tactus-uno-normally-open' },
  mega: { normallyClosed: 'tactus-mega', normallyOpen: 'tactus-mega-normally-open' },
} as const;

const builtHex = (name: string): string =>
  readFileSync(join(packageRoot, 'hardware', 'firmware', `${name}.hex`), 'utf8');

/** The built firmware of an Uno or a Nano, as Intel HEX. */
export const firmwareHex = (): string => builtHex(firmwareNames.uno.normallyClosed);

/** The one of a Mega 2560, which has room to play sessions by itself. */
export const aloneHex = (): string => builtHex(firmwareNames.mega.normallyClosed);
