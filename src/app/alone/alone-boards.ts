/** What is remembered of boards that play alone, in `alone.json` of the state folder. */
import { join } from 'node:path';
import { library } from '../../../machines/routine/library.ts';
import { terminalWords } from '../../../machines/text/terminal.ts';
import { fill } from '../../../machines/text/text.ts';
import type { Say } from '../../storage/notices.ts';
import { StateFile } from '../../storage/state-file.ts';
import { shown } from '../exit.ts';
import { ownRoutines } from '../own-routines.ts';
import { saidNotices } from '../said-notices.ts';
import { stateFolder } from '../state-folder.ts';
import {
  aloneVersion,
  boardsIn,
  type KnownAlone,
  type OnBoard,
  routineOfHash,
  understoodBoard,
  visited,
} from './known-alone.ts';

const words = terminalWords.files;

const file = (say: Say = saidNotices.say): StateFile =>
  new StateFile({ path: join(stateFolder(), 'alone.json'), version: aloneVersion, say });

/** What is remembered of this board; null where nothing is, or nothing that can be understood. */
export const knownAlone = (id: string): KnownAlone | null =>
  understoodBoard(boardsIn(file().read().fields)[id] ?? null);

/** Says what of any board cannot be understood. */
export function lookAtAlone(say: Say): void {
  const store = file(say);
  for (const [id, value] of Object.entries(boardsIn(store.read().fields)))
    if (!understoodBoard(value))
      say({
        file: store.path,
        what: fill(words.boardDoubt, { board: shown(id), fields: '?' }),
        todo: words.todo.broken,
      });
}

/** What a hash stands for, as far as anybody here knows. */
export const routineByHash = (hash: number, remembered: KnownAlone | null): OnBoard | null =>
  routineOfHash(hash, remembered, [...library(), ...ownRoutines()]);

/** Remembers a visit. Throws as a StateFile does. */
export function rememberVisit(id: string, fresh: Partial<KnownAlone>): void {
  file().change(({ fields }) => visited(fields, id, fresh));
}
