/** A folder as it stands, remembered: to be had again elsewhere, as often as wanted, without making it anew each time. */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file, or a folder where there are no bytes; a folder stands before what lies in it. */
type Entry = Readonly<{ path: string; mode: number; bytes: Buffer | null }>;

function entriesOf(folder: string, below: string): readonly Entry[] {
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap(entry => {
    const path = join(below, entry.name);
    const mode = statSync(join(folder, path)).mode & 0o777;
    return entry.isDirectory()
      ? [{ path, mode, bytes: null }, ...entriesOf(folder, path)]
      : [{ path, mode, bytes: readFileSync(join(folder, path)) }];
  });
}

/** Puts all of it, with the rights of each file, into a folder that is there and empty. */
export function remembered(folder: string): (into: string) => void {
  const entries = entriesOf(folder, '');
  return into => {
    for (const { path, mode, bytes } of entries)
      if (bytes === null) mkdirSync(join(into, path), { mode });
      else writeFileSync(join(into, path), bytes, { mode });
  };
}
