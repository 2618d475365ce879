/** The text of one kept file, or why it has none that can be used. */
import { isUtf8 } from 'node:buffer';
import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { terminalWords } from '../../machines/text/terminal.ts';
import { codeOf, isMissing } from './error-code.ts';

/** `unreadable`: it may be whole, but not for us; `noFile`: a folder, a pipe; `unfit`: too large. */
export type KeptText =
  /** Not `isSound`: some bytes are no UTF-8; U+FFFD stands in their place. */
  | Readonly<{ is: 'text'; text: string; stamp: string; isSound: boolean }>
  | Readonly<{ is: 'absent' }>
  | Readonly<{ is: 'unfit'; why: string }>
  | Readonly<{ is: 'unreadable' | 'noFile'; why: string }>;

const words = terminalWords.files;

/** What changes whenever a file is replaced or written to. */
const stampOf = ({ ino, size, mtimeMs }: { ino: number; size: number; mtimeMs: number }): string =>
  `${ino} ${size} ${mtimeMs}`;

/** The stamp of what stands there now; null where nothing does. Never throws. */
export function stampAt(path: string): string | null {
  try {
    return stampOf(statSync(path));
  } catch {
    return null;
  }
}

/**
 * Reads at most `mostBytes`; more is no file of ours. A byte-order mark is left out. `beginBytes`: no more is wanted of it
 * than its beginning. Never throws.
 */
export function keptText(path: string, mostBytes: number, beginBytes = mostBytes): KeptText {
  let file: number;
  try {
    // A pipe would wait for whoever writes to it.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    if (isMissing(error)) return { is: 'absent' };
    return { is: 'unreadable', why: `${words.unreadable} (${codeOf(error)})` };
  }
  try {
    const stat = fstatSync(file);
    if (!stat.isFile()) return { is: 'noFile', why: words.noFile };
    if (stat.size > mostBytes) return { is: 'unfit', why: words.tooLarge };
    const bytes = Buffer.alloc(Math.min(stat.size, beginBytes));
    let length = 0;
    for (let count = 1; count > 0 && length < bytes.length; length += count)
      count = readSync(file, bytes, length, bytes.length - length, length);
    const read = bytes.subarray(0, length);
    const text = read.toString('utf8');
    return {
      is: 'text',
      text: text.startsWith('\uFEFF') ? text.slice(1) : text,
      stamp: stampOf(stat),
      isSound: isUtf8(read),
    };
  } catch (error) {
    return { is: 'unreadable', why: `${words.unreadable} (${codeOf(error)})` };
  } finally {
    closeSync(file);
  }
}
