/**
 * The end of a process whose terminal was closed. Node puts each terminal that it was begun with back as it was, last of
 * all, and aborts where the system says that there is none any more (nodejs/node#42433): a crash in the place of the exit
 * code. A descriptor that is closed it passes over.
 */
import { closeSync } from 'node:fs';
import { isatty } from 'node:tty';

const standard = [0, 1, 2];

/** From now on the process ends with its own code, whatever has become of the terminal it was begun in. */
export function surviveGoneTerminal(): void {
  const terminals = standard.filter(descriptor => isatty(descriptor));
  process.on('exit', () => {
    // No terminal any more: it was hung up.
    for (const descriptor of terminals) if (!isatty(descriptor)) closeSync(descriptor);
  });
}
