/**
 * What is remembered of boards that play alone, in `alone.json` of the state folder: when each was last visited, which
 * routines were put on it, and which of its sessions have been fetched. Nothing of it is about anybody.
 */
import { join } from 'node:path';
import * as v from 'valibot';
import { library } from '../../../machines/routine/library.ts';
import { terminalWords } from '../../../machines/text/terminal.ts';
import { fill } from '../../../machines/text/text.ts';
import { isFields } from '../../storage/json-fields.ts';
import type { Say } from '../../storage/notices.ts';
import { StateFile } from '../../storage/state-file.ts';
import { shown } from '../exit.ts';
import { ownRoutines } from '../own-routines.ts';
import { saidNotices } from '../said-notices.ts';
import { stateFolder } from '../state-folder.ts';
import { type OnBoard, onBoardByHash, onBoardSchema } from './on-board.ts';

const moment = v.pipe(v.string(), v.isoTimestamp());
const known = v.strictObject({
  /** When it was last loaded or fetched from: what it plays after that is later. Null where nothing is kept of that. */
  visitedAt: v.nullable(moment),
  routines: v.array(onBoardSchema),
  /** The last sessions that were fetched, by what `logKeyOf` makes of each. */
  fetched: v.array(v.string()),
  /** Those that were there at a visit, and have not been fetched: between which moments they lie. */
  waiting: v.array(v.strictObject({ key: v.string(), after: v.nullable(moment), until: moment })),
});
export type KnownAlone = Readonly<v.InferOutput<typeof known>>;

/** A board keeps eight of each; of routines its log may name some that were there before. */
const mostRoutinesKnown = 32;
const mostFetched = 32;
const mostBoards = 50;

const words = terminalWords.files;

const file = (say: Say = saidNotices.say): StateFile =>
  new StateFile({ path: join(stateFolder(), 'alone.json'), version: ['version', 1], say });

const boardsIn = (fields: ReadonlyMap<string, unknown>): Readonly<Record<string, unknown>> => {
  const boards = fields.get('boards');
  return isFields(boards) ? boards : {};
};

const understood = (value: unknown): KnownAlone | null => {
  const found = v.safeParse(known, value);
  return found.success ? found.output : null;
};

/** What is remembered of this board; null where nothing is, or nothing that can be understood. */
export const knownAlone = (id: string): KnownAlone | null =>
  understood(boardsIn(file().read().fields)[id] ?? null);

/** Says what of any board cannot be understood. */
export function lookAtAlone(say: Say): void {
  const store = file(say);
  for (const [id, value] of Object.entries(boardsIn(store.read().fields)))
    if (!understood(value))
      say({
        file: store.path,
        what: fill(words.boardDoubt, { board: shown(id), fields: '?' }),
        todo: words.todo.broken,
      });
}

/** What a hash stands for, as far as anybody here knows. */
export const routineByHash = (hash: number, remembered: KnownAlone | null): OnBoard | null =>
  onBoardByHash(hash, remembered?.routines ?? [], () => [...library(), ...ownRoutines()]);

/** Remembers a visit. Throws as a StateFile does. */
export function rememberVisit(id: string, fresh: Partial<KnownAlone>): void {
  file().change(({ fields }) => {
    const boards = boardsIn(fields);
    const before = understood(boards[id]);
    const hashes = new Set(fresh.routines?.map(({ hash }) => hash));
    const fetched = [...new Set([...(fresh.fetched ?? []), ...(before?.fetched ?? [])])].slice(
      0,
      mostFetched,
    );
    const now: KnownAlone = {
      visitedAt: fresh.visitedAt ?? before?.visitedAt ?? null,
      routines: [
        ...(fresh.routines ?? []),
        ...(before?.routines ?? []).filter(({ hash }) => !hashes.has(hash)),
      ].slice(0, mostRoutinesKnown),
      fetched,
      waiting: [...(fresh.waiting ?? []), ...(before?.waiting ?? [])]
        .filter(({ key }) => !fetched.includes(key))
        .slice(0, mostFetched),
    };
    const others = Object.entries(boards)
      .filter(([other]) => other !== id)
      .slice(-(mostBoards - 1));
    return new Map<string, unknown>([
      ...fields,
      ['version', 1],
      ['boards', Object.fromEntries([...others, [id, now]])],
    ]);
  });
}
