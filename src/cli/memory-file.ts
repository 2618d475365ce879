/** The one small file in which it is kept that a screening was clear. Mode 0600, erased when it is to be forgotten. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { MemoryStore } from '../memory.ts';

const mostChars = 1000;

export const memoryFile = (path: string): MemoryStore => ({
  read: () => {
    try {
      return readFileSync(path, 'utf8').slice(0, mostChars);
    } catch {
      // Not there, or not to be read: nothing is remembered, and everything is asked.
      return null;
    }
  },
  write: text => {
    try {
      writeFileSync(path, text, { mode: 0o600 });
    } catch (error) {
      process.stderr.write(
        `${path}: cannot be written (${error instanceof Error ? error.message : String(error)}); nothing is remembered\n`,
      );
    }
  },
  erase: () => rmSync(path, { force: true }),
});
