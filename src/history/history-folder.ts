/** The history as files of the state folder. */
import { join } from 'node:path';
import { terminalWords } from '../../machines/text/terminal.ts';
import { type Say, unheard } from '../storage/notices.ts';
import { StateFile } from '../storage/state-file.ts';
import { Retention, type RetentionPorts, seenVersion } from './retention.ts';
import type { Sync } from './session-file.ts';
import { SessionFolder } from './session-folder.ts';
import { HistoryStore } from './store.ts';

/**
 * `stateFolder`: where this program keeps what it remembers. `wallNow`: ms since 1970. `say` is told of each file that
 * cannot be read. `sync`: who waits for the disk where a session is under way.
 */
export const historyIn = (
  stateFolder: string,
  wallNow: () => number,
  say: Say = unheard,
  sync?: Sync,
): HistoryStore => new HistoryStore(new SessionFolder(stateFolder, say, sync), wallNow);

export const retentionIn = (stateFolder: string, ports: Omit<RetentionPorts, 'seen' | 'words'>): Retention =>
  new Retention({
    ...ports,
    seen: new StateFile({
      path: join(stateFolder, 'seen.json'),
      version: seenVersion,
      say: ports.say ?? unheard,
    }),
    words: terminalWords.files,
  });
