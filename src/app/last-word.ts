/**
 * Words on standard error that nothing waits for: whoever reads them may be gone, may have stopped reading, or may have
 * stopped the terminal with Ctrl-S. They are said where that can be done at once, and lost where it cannot.
 */
import { closeSync, constants, openSync, writeSync } from 'node:fs';

/** Another opening of the terminal that standard error is on: its own writes block, and cannot be told not to. */
const terminals = ['/proc/self/fd/2', '/dev/tty'];

function saidAtTerminal(text: string): boolean {
  for (const path of terminals) {
    let file: number;
    try {
      file = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
    } catch {
      // This system has no such name, or the terminal is gone.
      continue;
    }
    try {
      writeSync(file, text);
    } catch {
      // It takes nothing now (EAGAIN) or never again (EIO).
    } finally {
      closeSync(file);
    }
    return true;
  }
  return false;
}

/** Says one line without waiting. Never throws. */
export function lastWord(line: string): void {
  const text = `${line}\n`;
  if (process.stderr.isTTY && process.platform !== 'win32' && saidAtTerminal(text)) return;
  try {
    // Into a pipe Node writes what there is room for, and keeps the rest without waiting.
    process.stderr.write(text);
  } catch {
    // There is nobody left to tell.
  }
}

/** From now on a standard error that cannot be written is nobody's fault: words are lost, nothing else. */
export function surviveLostWords(): void {
  process.stderr.on('error', () => {});
}
