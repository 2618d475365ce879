/**
 * The time that is left, shared out among the passes that are left, both sides of each place alike. All pure.
 *
 * What runs late is taken from both sides of what has not begun, before it begins: once one side has had its time, the
 * other keeps the same. So time for the turn between them is set aside.
 */
import { sessionLimits as limits } from './limits.ts';
import { type Pass, turnNeeded } from './routine/timeline.ts';
import { shortened } from './session.shortened.ts';
import { capAt, cooldownMs, finishMs, longestAheadMs } from './session.time.ts';
import type { SessionContext } from './session.types.ts';
import type { Ms } from './vocabulary.ts';

type Context = SessionContext;

const isOneSided = ({ side }: Pass): boolean => side === 'left' || side === 'right';

/**
 * The work that each pass belongs to: its phase, or, where a file writes the two sides of one place as phases of equal
 * length, the first of these. What is one work has its time on both sides alike.
 */
export function worksOf(passes: readonly Pass[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { phase } of passes) counts.set(phase, (counts.get(phase) ?? 0) + 1);
  const works = passes.map(({ phase }) => phase);
  const paired = new Set<number>();
  const isFree = (pass: Pass, index: number): boolean =>
    isOneSided(pass) && counts.get(pass.phase) === 1 && !paired.has(index);
  for (const [index, pass] of passes.entries()) {
    if (!isFree(pass, index)) continue;
    const twin = passes.findIndex(
      (other, place) =>
        place > index &&
        isFree(other, place) &&
        other.side !== pass.side &&
        (['stage', 'zone', 'durationMs'] as const).every(field => other[field] === pass[field]),
    );
    if (twin < 0) continue;
    paired.add(index).add(twin);
    works[twin] = pass.phase;
  }
  return works;
}

/** One work's part of what is left. */
type Left = Readonly<{
  /** Indexes of its passes that are not over. */
  passes: readonly number[];
  /** Of each of them, as it stands, and as short as it may get. */
  eachMs: Ms;
  leastMs: Ms;
  /** One side has had its time: the other gets the same. */
  isFixed: boolean;
}>;

/** How far the pass that hands are in has come. */
const elapsedOf = (context: Context): Ms => Math.max(0, context.movedMs - context.passBeganMoved);

function leftOf(context: Context): readonly Left[] {
  const { passes, passIndex } = context;
  const works = worksOf(passes);
  const names = [...new Set(works.slice(passIndex))];
  return names.flatMap((name): readonly Left[] => {
    const all = works.flatMap((work, index) => (work === name ? [index] : []));
    const left = all.filter(index => index >= passIndex);
    const alike = left.flatMap(index => passes[index] ?? []);
    const [first] = alike;
    if (!first || first.stage === 'cooldown') return [];
    const leastMs = Math.max(...alike.map(pass => pass.leastMs));
    const begunMs = left.includes(passIndex) ? elapsedOf(context) : 0;
    return [
      {
        passes: left,
        eachMs: first.durationMs,
        leastMs: Math.min(first.durationMs, Math.max(leastMs, begunMs)),
        isFixed: left.length < all.length,
      },
    ];
  });
}

/** Turns still to come once hands move in the present pass; `within`: before the other side of what is under way. */
function turnsLeft({ passes, passIndex }: Context, works: readonly Left[]): { all: number; within: number } {
  const empty = new Set(works.flatMap(work => (work.eachMs === 0 ? work.passes : [])));
  const bound = new Set(
    works.flatMap(work => (work.isFixed || work.passes.includes(passIndex) ? work.passes : [])),
  );
  let all = 0;
  let within = 0;
  let before = passes[passIndex];
  for (let index = passIndex + 1; index < passes.length; index++) {
    const pass = passes[index];
    if (!pass || !before || empty.has(index)) continue;
    if (turnNeeded(before, pass)) {
      all += 1;
      if (bound.has(index)) within += 1;
    }
    before = pass;
  }
  return { all, within };
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

/**
 * Lengths of the works' passes so that all is over in `leftMs` of moving. What does not fit even as short as it may get
 * goes wholly, the last first; the one under way, `begun`, never.
 */
function lengthsWithin(works: readonly Left[], leftMs: Ms, begun: Left | undefined): readonly Ms[] {
  const fixedMs = sum(works.map(work => (work.isFixed ? work.eachMs * work.passes.length : 0)));
  const forThem = Math.max(0, leftMs - fixedMs);
  const least = (some: readonly Left[]): Ms =>
    sum(some.map(({ leastMs, passes }) => leastMs * passes.length));
  let kept = works.filter(work => !work.isFixed && work.eachMs > 0);
  for (let count = kept.length; count > 1 && least(kept) > forThem; count--) {
    const last = kept.findLast(work => work !== begun);
    kept = kept.filter(work => work !== last);
  }
  const [alone] = kept;
  // Not even this one as short as it may get: shorter still, and both sides the same.
  const lengths =
    alone && kept.length === 1 && least(kept) > forThem
      ? [Math.floor(forThem / alone.passes.length)]
      : shortened(
          kept.map(({ eachMs, leastMs, passes }) => ({ eachMs, leastMs, count: passes.length })),
          forThem,
        );
  const lengthOf = new Map(kept.map((work, index) => [work, lengths[index] ?? 0]));
  return works.map(work => (work.isFixed ? work.eachMs : (lengthOf.get(work) ?? 0)));
}

/** Moving time for these works, the turns to come and the reserve for slow ones taken off. */
function timeFor(context: Context, works: readonly Left[], wholeMs: Ms, turnBefore: boolean): Ms {
  const turns = turnsLeft(context, works);
  const slackMs = sum(
    works.map(work =>
      work.isFixed || work.passes.includes(context.passIndex)
        ? 0
        : Math.max(0, work.eachMs - work.leastMs) * work.passes.length,
    ),
  );
  // Between two sides of what is under way nothing can be made up for, but by what comes after.
  const slowMs = Math.max(0, turns.within * (limits.turnMs.longest - context.turnMs) - slackMs);
  return wholeMs - (turns.all + (turnBefore ? 1 : 0)) * context.turnMs - slowMs;
}

/**
 * The passes that are left, shortened so that the cooldown and the told end lie inside the session's cap, and before
 * the time that somebody waits for. Called before a pass is gone to, and whenever hands begin to move.
 */
export function fitted(context: Context, at: Ms, isAhead = false): Context {
  const end = capAt(context);
  const { passes, passIndex } = context;
  const now = passes[passIndex];
  if (end === null || !now || now.stage === 'cooldown') return context;
  const begunMs = elapsedOf(context);
  const wholeMs = end - at - finishMs - cooldownMs(context) + begunMs;
  const need = (works: readonly Left[]): Ms => sum(works.map(work => work.eachMs * work.passes.length));
  // Time enough, whatever the turns take.
  if (longestAheadMs(context) <= wholeMs) return context;
  const turnBefore = isAhead && context.handsOn !== null && turnNeeded(context.handsOn, now);
  const asPlanned = leftOf(context);
  let works = asPlanned;
  // What goes takes its turns with it, and what gets shorter has less to give: each round settles one of them.
  for (let round = 0; round <= asPlanned.length + 1; round++) {
    const leftMs = timeFor(context, works, wholeMs, turnBefore);
    if (need(works) <= leftMs) break;
    const begun = asPlanned.find(work => !isAhead && work.passes.includes(passIndex));
    const candidates = asPlanned.map((work, index) =>
      (works[index]?.eachMs ?? 0) === 0 ? { ...work, eachMs: 0 } : work,
    );
    const lengths = lengthsWithin(
      candidates,
      leftMs,
      candidates.find((_, index) => asPlanned[index] === begun),
    );
    works = candidates.map((work, index) => ({ ...work, eachMs: lengths[index] ?? 0 }));
  }
  const lengthOf = new Map(works.flatMap(work => work.passes.map(index => [index, work.eachMs] as const)));
  const shorter = passes.map((pass, index) => {
    // The hands cannot have been there shorter than they have.
    const leastMs = index === passIndex ? begunMs : 0;
    const durationMs = Math.max(leastMs, Math.min(pass.durationMs, lengthOf.get(index) ?? pass.durationMs));
    return durationMs === pass.durationMs ? pass : { ...pass, durationMs };
  });
  return {
    ...context,
    passes: shorter,
    passEndsMoved: context.passBeganMoved + (shorter[passIndex]?.durationMs ?? 0),
  };
}
