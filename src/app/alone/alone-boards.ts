/**
 * What is remembered of boards that play alone, in `alone.json` of the state folder: when each was last visited, which
 * routines were put on it, and which of its sessions have been fetched. Nothing of it is about anybody.
 */
import { join } from 'node:path';
import * as v from 'valibot';
import { routineHashOf } from '../../../hardware/alone/routine-bytes.ts';
import { library } from '../../../machines/routine/library.ts';
import type { Routine } from '../../../machines/routine/schema.ts';
import { timeline } from '../../../machines/routine/timeline.ts';
import { titleOf } from '../../../machines/routine/titles.ts';
import { terminalWords } from '../../../machines/text/terminal.ts';
import { fill } from '../../../machines/text/text.ts';
import type { MovingStage, Ms, Side } from '../../../machines/vocabulary.ts';
import { isFields } from '../../storage/json-fields.ts';
import type { Say } from '../../storage/notices.ts';
import { StateFile } from '../../storage/state-file.ts';
import { shown } from '../exit.ts';
import { ownRoutines } from '../own-routines.ts';
import { saidNotices } from '../said-notices.ts';
import { stateFolder } from '../state-folder.ts';

const moment = v.pipe(v.string(), v.isoTimestamp());
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const onBoard = v.strictObject({
  hash: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 32 - 1)),
  id: v.string(),
  title: v.string(),
  plannedMs: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** Of the time of that side of a stage that gets less, how much is planned for both at once: 0 to 1. */
  together: v.strictObject({ warmUp: share, strokes: share, pressureRamp: share, cooldown: share }),
});
/** A routine as a board knows it again: by its hash, and what it was when it was put there. */
export type OnBoard = Readonly<v.InferOutput<typeof onBoard>>;

const known = v.strictObject({
  /** When it was last loaded or fetched from: what it plays after that is later. Null where nothing is kept of that. */
  visitedAt: v.nullable(moment),
  routines: v.array(onBoard),
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

/** This routine as a board knows it again. */
export function onBoardOf(routine: Routine): OnBoard {
  const passes = timeline(routine, 'left');
  const planned = (stage: MovingStage, side: Side): Ms =>
    passes.reduce((sum, pass) => sum + (pass.stage === stage && pass.side === side ? pass.durationMs : 0), 0);
  const shareOf = (stage: MovingStage): number => {
    const both = planned(stage, 'together');
    const less = both + Math.min(planned(stage, 'left'), planned(stage, 'right'));
    return less === 0 ? 0 : both / less;
  };
  return {
    hash: routineHashOf(routine),
    id: routine.id,
    title: titleOf(routine),
    plannedMs: passes.reduce((sum, { durationMs }) => sum + durationMs, 0),
    together: {
      warmUp: shareOf('warmUp'),
      strokes: shareOf('strokes'),
      pressureRamp: shareOf('pressureRamp'),
      cooldown: shareOf('cooldown'),
    },
  };
}

/** What a hash stands for, as far as anybody here knows. */
export function routineByHash(hash: number, remembered: KnownAlone | null): OnBoard | null {
  const found = remembered?.routines.find(one => one.hash === hash);
  if (found) return found;
  const routine = [...library(), ...ownRoutines()].find(one => routineHashOf(one) === hash);
  return routine ? onBoardOf(routine) : null;
}

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
