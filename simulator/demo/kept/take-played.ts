/** Sessions that a board has played by itself, taken into what this browser keeps: each once, as a controller does. */
import { library } from '../../../machines/routine/library.ts';
import {
  boardsIn,
  type OnBoard,
  routineOfHash,
  understoodBoard,
  visited,
} from '../../../src/app/alone/known-alone.ts';
import { type PlayedOn, takeInto, waitingOf } from '../../../src/app/alone/taking.ts';
import { type HttpAnswer, json, refused } from '../../../src/server/answer.ts';
import type { KeepingParts } from './keeping.ts';
import type { LoadedOn } from './page-keeps.ts';
import { KeepFailure } from './rows/database.ts';

/** What of a board's sessions became kept ones. `isOff`: nobody has sessions kept, so that none was taken. */
export type TakenPlayed = Readonly<{ count: number; isOff: boolean }>;

/** Decides within one deed, so that two tabs that fetch from one board take each session once. */
export function takePlayedInto(
  { store, preferences, boards, routines }: KeepingParts,
  played: PlayedOn,
  now: number,
): TakenPlayed {
  const { keeping } = preferences;
  if (!keeping || keeping.keep === 'off') return { count: 0, isOff: true };
  const { fields } = boards.read();
  const known = understoodBoard(boardsIn(fields)[played.id] ?? null);
  const all = [...library(), ...routines.list()];
  const { kept } = takeInto(played, {
    store,
    keeps: keeping.keep,
    known,
    routineOf: hash => routineOfHash(hash, known, all),
    client: null,
    product: 'tactus demo',
    now,
  });
  boards.change(reading =>
    visited(reading.fields, played.id, { fetched: kept, visitedAt: new Date(now).toISOString() }),
  );
  return { count: kept.length, isOff: false };
}

/** The same as an answer to the page. Never rejects for what the browser refuses. */
export async function answerPlayed(
  keeping: Readonly<{ change<T>(work: (parts: KeepingParts) => T): Promise<T> }>,
  played: PlayedOn,
  now: number,
): Promise<HttpAnswer> {
  try {
    return json(await keeping.change(parts => takePlayedInto(parts, played, now)));
  } catch (error) {
    if (error instanceof KeepFailure) return refused(507, error.message);
    throw error;
  }
}

/** A board is about to be given these: they have names again, and of what it has played it is remembered when that was. */
export function rememberLoaded(
  { preferences, boards }: Pick<KeepingParts, 'preferences' | 'boards'>,
  { id, sessions, routines }: LoadedOn,
  now: number,
): void {
  const { keeping } = preferences;
  const known = understoodBoard(boardsIn(boards.read().fields)[id] ?? null);
  const isOff = !keeping || keeping.keep === 'off';
  boards.change(reading =>
    visited(reading.fields, id, {
      routines: [...routines],
      ...(!isOff && waitingOf({ sessions }, known, now)),
    }),
  );
}

/** Routines that were put on this board, the newest first. */
export const rememberedOn = ({ boards }: Pick<KeepingParts, 'boards'>, id: string): readonly OnBoard[] =>
  understoodBoard(boardsIn(boards.read().fields)[id] ?? null)?.routines ?? [];
