/**
 * What is remembered of boards that play alone: when each was last visited, which routines were put on it, and which of
 * its sessions have been fetched. Nothing of it is about anybody. Pure; where it stands is for others.
 */
import * as v from 'valibot';
import { routineHashOf } from '../../../hardware/alone/routine-bytes.ts';
import type { Routine } from '../../../machines/routine/schema.ts';
import { timeline } from '../../../machines/routine/timeline.ts';
import { titleOf } from '../../../machines/routine/titles.ts';
import type { MovingStage, Ms, Side } from '../../../machines/vocabulary.ts';
import { clientPattern } from '../../history/records.ts';
import { isFields } from '../../storage/json-fields.ts';
import type { StateVersion } from '../../storage/state-fields.ts';

/** Version of what is remembered, as it is written. */
export const aloneVersion: StateVersion = ['version', 1];

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
  waiting: v.array(
    v.strictObject({
      key: v.string(),
      after: v.nullable(moment),
      until: moment,
      /** For whom the board was loaded then. */
      client: v.exactOptional(v.pipe(v.string(), v.regex(clientPattern))),
    }),
  ),
});
export type KnownAlone = Readonly<v.InferOutput<typeof known>>;

/** A board keeps eight of each; of routines its log may name some that were there before. */
const mostRoutinesKnown = 32;
const mostFetched = 32;
const mostBoards = 50;

export const boardsIn = (fields: ReadonlyMap<string, unknown>): Readonly<Record<string, unknown>> => {
  const boards = fields.get('boards');
  return isFields(boards) ? boards : {};
};

/** Null where nothing of it can be understood. */
export const understoodBoard = (value: unknown): KnownAlone | null => {
  const found = v.safeParse(known, value);
  return found.success ? found.output : null;
};

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
export function routineOfHash(
  hash: number,
  remembered: KnownAlone | null,
  routines: readonly Routine[],
): OnBoard | null {
  const found = remembered?.routines.find(one => one.hash === hash);
  if (found) return found;
  const routine = routines.find(one => routineHashOf(one) === hash);
  return routine ? onBoardOf(routine) : null;
}

/** What is remembered after a visit to that board. */
export function visited(
  fields: ReadonlyMap<string, unknown>,
  id: string,
  fresh: Partial<KnownAlone>,
): ReadonlyMap<string, unknown> {
  const boards = boardsIn(fields);
  const before = understoodBoard(boards[id]);
  const hashes = new Set(fresh.routines?.map(({ hash }) => hash));
  const fetched = [...new Set([...(fresh.fetched ?? []), ...(before?.fetched ?? [])])].slice(0, mostFetched);
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
}
