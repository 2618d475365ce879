/** What a page will ask for is read before it does. */
import { setImmediate } from 'node:timers/promises';
import { fromLibrary, libraryIds } from '../../machines/routine/library.ts';

/** One routine in a turn of the loop: all of them at once, when a page asks, would keep a stroke waiting. */
export async function readLibraryAhead(read: (id: string) => unknown = fromLibrary): Promise<void> {
  for (const id of libraryIds) {
    await setImmediate();
    read(id);
  }
}
