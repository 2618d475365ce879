/** Takes what a board has played by itself into the history: each session once, as far as somebody has sessions kept. */
import type { Ms } from '../../../machines/vocabulary.ts';
import { historyIn } from '../../history/history-folder.ts';
import { version } from '../../installed.ts';
import type { Say } from '../../storage/notices.ts';
import { PreferencesFile } from '../../storage/preferences.ts';
import { Exit, shown } from '../exit.ts';
import { knownAlone, rememberVisit, routineByHash } from './alone-boards.ts';
import { type PlayedOn, takeInto, waitingOf } from './taking.ts';

export type PlayedAlone = PlayedOn & Readonly<{ folder: string }>;

const isoOf = (at: Ms): string => new Date(at).toISOString();

/**
 * How many were new. Nothing is kept, and nothing remembered, where nobody has sessions kept or that is in doubt. Throws
 * Exit 73 where the history cannot be written; what was not kept can be fetched again.
 */
export function takePlayed(played: PlayedAlone, client: string | null, say: Say): number {
  const { folder, id } = played;
  const keeping = new PreferencesFile(folder, say).keeping;
  if (!keeping || keeping.keep === 'off') return 0;
  const now = Date.now();
  const known = knownAlone(id);
  const { kept, failure } = takeInto(played, {
    store: historyIn(folder, () => now, say),
    keeps: keeping.keep,
    known,
    routineOf: hash => routineByHash(hash, known),
    client,
    product: `tactus ${version}`,
    now,
  });
  rememberVisit(id, { fetched: kept, ...(failure === null && { visitedAt: isoOf(now) }) });
  if (failure !== null) throw new Exit('cannotWrite', shown(`${folder}: ${failure}`));
  return kept.length;
}

/**
 * A board is about to be given other routines, and nothing of the history is touched: of what it has played so far it is
 * remembered when that was at the latest, for whoever fetches it. Nothing is where nobody has sessions kept.
 */
export function rememberWaiting({ folder, id, sessions }: PlayedAlone, say: Say): void {
  const keeping = new PreferencesFile(folder, say).keeping;
  if (!keeping || keeping.keep === 'off') return;
  rememberVisit(id, waitingOf({ sessions }, knownAlone(id), Date.now()));
}
