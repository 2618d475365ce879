/** A package's folder as npm wants it: a gzipped tar (POSIX ustar) of one folder `package`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { filesBelow } from './installed.ts';

const block = 512;
const mostNameBytes = 100;

/** The head of one file: its name, its length, and a sum over all of it. */
function headOf(path: string, bytes: number): Buffer {
  const head = Buffer.alloc(block);
  // What is too long for the name is cut at a slash; the first part has a field of its own.
  const cut = path.length <= mostNameBytes ? -1 : path.indexOf('/', path.length - mostNameBytes - 1);
  const octal = (value: number, at: number, length: number): number =>
    head.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at);
  head.write(path.slice(cut + 1), 0);
  head.write(path.slice(0, Math.max(cut, 0)), 345);
  octal(0o644, 100, 8);
  octal(bytes, 124, 12);
  head.write('0', 156);
  head.write('ustar\x0000', 257);
  head.fill(' ', 148, 156);
  octal(
    head.reduce((sum, byte) => sum + byte, 0),
    148,
    7,
  );
  return head;
}

/** Everything below it but the packages that it has of its own. */
export function packedFolder(folder: string): Buffer {
  const parts = filesBelow(folder)
    .filter(path => !path.startsWith('node_modules/'))
    .flatMap(path => {
      const bytes = readFileSync(join(folder, path));
      return [headOf(`package/${path}`, bytes.length), bytes, Buffer.alloc(-bytes.length & (block - 1))];
    });
  return gzipSync(Buffer.concat([...parts, Buffer.alloc(2 * block)]), { level: 1 });
}
