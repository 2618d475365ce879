/**
 * Which sessions are being written, and by whom: a lock of the browser for each, which goes with the tab that holds it.
 * Where a browser gives none (a page that came over plain HTTP), only this tab's own are known.
 */
import type { SessionLocks } from './kept-rows.ts';

const prefix = 'tactus-session-';

export function sessionLocks(): SessionLocks {
  const own = new Set<string>();
  const locks: LockManager | undefined = navigator.locks;
  return {
    held: async () => {
      const { held = [] } = (await locks?.query()) ?? {};
      const others = held.flatMap(({ name }) =>
        name?.startsWith(prefix) ? [name.slice(prefix.length)] : [],
      );
      return new Set([...own, ...others]);
    },
    hold: id => {
      own.add(id);
      let release = (): void => {};
      const until = new Promise<void>(resolve => {
        release = resolve;
      });
      // A tab that is being closed is refused it: then nobody has to know.
      locks?.request(`${prefix}${id}`, () => until).catch(() => {});
      return () => {
        own.delete(id);
        release();
      };
    },
  };
}
