/** Where a session stands in its routine: moving, going to another pass, leaving a zone, lending a minute. All pure. */
import { sessionLimits as limits } from './limits.ts';
import { cooldownElsewhere } from './routine/elsewhere.ts';
import { shared } from './routine/scale.ts';
import type { Zone } from './routine/schema.ts';
import { dosageOf, type Pass, turnNeeded as sidesDiffer, totalMs } from './routine/timeline.ts';
import { bodySides } from './session.pressure.ts';
import { finishMs, movedAt, passNow } from './session.time.ts';
import type { SessionContext } from './session.types.ts';
import type { Ms } from './vocabulary.ts';

type Context = SessionContext;

/** Hands begin to move: a new grid. */
export function moving(context: Context, at: Ms): Context {
  const pass = passNow(context);
  return {
    ...context,
    movingSince: at,
    gridAt: at,
    stroke: 0,
    pausedFor: null,
    handsOn: pass ? { side: pass.side, position: pass.position } : context.handsOn,
  };
}

/** Hands stop: what has moved so far is kept. Bookkeeping only; motors never wait for this. */
export const still = (context: Context, at: Ms): Context => ({
  ...context,
  movedMs: movedAt(context, at),
  movingSince: null,
  stillSince: at,
  beginsLightly: false,
});

/** What fell due while nobody could be asked is due from now on: a question never begins in the past. */
export const askedFromNow = (context: Context, at: Ms): Context => ({
  ...context,
  checkInDueMoved: Math.max(context.checkInDueMoved, movedAt(context, at)),
});

const isOneSided = ({ side }: Pass): boolean => side === 'left' || side === 'right';

/**
 * The work that each pass belongs to: its phase, or, where a file writes the two sides of one place as phases of equal
 * length, the first of these. What is one work has its time on both sides alike.
 */
function worksOf(passes: readonly Pass[]): readonly string[] {
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

/** Time kept free for each change of side or position, where somebody waits for the end. [D] */
const turnMs: Ms = 15_000;

/**
 * Where somebody waits for the end, the phases share what time is left when it begins, within their bounds and each by
 * its sides alike; the cooldown keeps its length. What cannot be shortened further the cooldown cuts off in time.
 */
export function fitted(context: Context, at: Ms): Context {
  const { endsAt } = context.rules;
  const { passes } = context;
  if (endsAt === null) return context;
  const turns = passes.filter((pass, index) => {
    const before = passes[index - 1];
    return before && sidesDiffer(before, pass);
  }).length;
  const left = endsAt - at - finishMs - turns * turnMs;
  if (totalMs(passes) <= left) return context;
  const works = worksOf(passes);
  const names = [...new Set(works)];
  const lengths = shared(
    names.map(name => {
      const alike = passes.filter((_, index) => works[index] === name);
      const fixed = alike[0]?.stage === 'cooldown';
      const total = totalMs(alike) / 1000;
      const leastS = (Math.max(...alike.map(({ leastMs }) => leastMs)) * alike.length) / 1000;
      return { length: total, least: fixed ? total : leastS, most: total, unit: alike.length };
    }),
    Math.max(0, left / 1000),
  );
  return {
    ...context,
    passes: passes.map((pass, index) => {
      const work = works[index] ?? pass.phase;
      const sides = works.filter(other => other === work).length;
      return { ...pass, durationMs: Math.round(((lengths[names.indexOf(work)] ?? 0) * 1000) / sides) };
    }),
  };
}

/** Takes up the pass at `passIndex`, from its beginning. Called while the hands are still. */
export function entered(context: Context, passIndex: number): Context {
  const pass = context.passes[passIndex];
  const moved = context.movedMs;
  const before = context.passes[passIndex - 1];
  // Check-ins begin when the warm-up is over.
  const fromWarmUp = before?.stage === 'warmUp' && pass?.stage !== 'warmUp';
  const next: Context = {
    ...context,
    ...(fromWarmUp && { answeredMoved: moved, checkInDueMoved: moved + context.rules.checkInEveryMs }),
    passIndex,
    passBeganMoved: moved,
    passEndsMoved: moved + (pass?.durationMs ?? 0),
    strokesInPass: 0,
    usesOtherTechnique: false,
    easedUntilMoved: null,
  };
  if (!pass || pass.pressureMax <= pass.pressureStart) return next;
  // Where a rise is planned the question comes as soon as its answer can do something. Where one falls due before
  // that, it comes at the beginning, so that the one after it still finds time for the rise. Never later than due.
  const sameWork = pass.zone === before?.zone && pass.side === before?.side;
  const dwellFrom = sameWork ? Math.max(context.dwellFromMoved.left, context.dwellFromMoved.right) : moved;
  const riseFrom = dwellFrom + context.rules.riseDwellMs;
  return { ...next, checkInDueMoved: riseFrom <= next.checkInDueMoved ? riseFrom : moved };
}

export const toNextPass = (context: Context): Context => entered(context, context.passIndex + 1);

/** The first pass of the cooldown, or this one where it has begun; past the end where none is left. Nobody has to turn for it. */
export function toCooldown(context: Context): Context {
  if (passNow(context)?.stage === 'cooldown') return { ...context, handsOn: null };
  const index = context.passes.findIndex(pass => pass.stage === 'cooldown');
  return { ...entered(context, index < 0 ? context.passes.length : index), handsOn: null };
}

/** Leaves this zone for today: every later pass of it goes too, and the cooldown goes somewhere else. */
export function withoutZone(context: Context): Context {
  const zone = passNow(context)?.zone;
  if (zone === undefined) return context;
  const left = [...new Set([...context.left, zone])];
  const isLeft = (pass: Pass): boolean => left.includes(pass.zone);
  const kept = cooldownElsewhere(context.passes, context.passIndex, isLeft).filter(
    (pass, index) => index <= context.passIndex || !isLeft(pass),
  );
  return entered({ ...context, left, passes: kept }, context.passIndex + 1);
}

/** Where nothing deep may be done: the nerve runs there. */
const deepZones: ReadonlySet<Zone> = new Set<Zone>(['piriformis', 'sacralEdge']);

/** Leaves these zones out before anything has begun, wholly: also where the cooldown would have been there. */
export const leavingOut = (context: Context, zones: ReadonlySet<Zone>): Context => ({
  ...context,
  passes: context.passes.filter(({ zone }) => !zones.has(zone)),
});

/** The routine as the screening leaves it. */
export const withinCaps = (context: Context): Context =>
  context.caps?.places === 'noDeep' ? leavingOut(context, deepZones) : context;

/** Whether what is left is still a routine: it warms up and it cools down. */
export const isRoutine = ({ passes }: Pick<Context, 'passes'>): boolean =>
  passes.some(({ stage }) => stage === 'warmUp') && passes.some(({ stage }) => stage === 'cooldown');

/** Whether the pass at `passIndex` begins with other hands or another position than the hands last had. */
export function turnNeeded(context: Context): boolean {
  const pass = passNow(context);
  return pass !== undefined && context.handsOn !== null && sidesDiffer(context.handsOn, pass);
}

/** Whether a minute more of this work would be more than this side may have of it in one session. */
function dosageSpent(context: Context, pass: Pass): boolean {
  const own = dosageOf(pass.zone, pass.pace, pass.otherPace);
  if (!own) return false;
  return bodySides(pass.side).some(side => {
    const alike = context.passes.filter(other => {
      const its = dosageOf(other.zone, other.pace, other.otherPace);
      return its?.name === own.name && its.area === own.area && bodySides(other.side).includes(side);
    });
    return totalMs(alike) + limits.extendMs > own.mostS * 1000;
  });
}

/** Whether the other side of this work has had its time already: one more minute here would leave it behind. */
export function otherSideIsDone({ passes, passIndex }: Pick<Context, 'passes' | 'passIndex'>): boolean {
  const works = worksOf(passes);
  return works.slice(0, passIndex).some(work => work === works[passIndex]);
}

/**
 * One more minute here, and for the other side of this work when its turn comes, lent by later phases that stay
 * within their bounds: the latest first, each by its sides alike, the cooldown never. Null where this phase or the
 * later ones have no room, or where the other side has had its time already: sides stay equal.
 */
export function extended(context: Context): Context | null {
  const pass = passNow(context);
  if (!pass || pass.stage === 'cooldown' || otherSideIsDone(context)) return null;
  const passes = [...context.passes];
  const works = worksOf(passes);
  /** Passes of one work. */
  const alikeTo = (index: number): readonly number[] =>
    works.flatMap((work, other) => (work === works[index] ? [other] : []));
  const longer = alikeTo(context.passIndex);
  for (const index of longer) {
    const one = passes[index];
    if (!one || one.durationMs + limits.extendMs > one.mostMs || dosageSpent(context, one)) return null;
    passes[index] = { ...one, durationMs: one.durationMs + limits.extendMs };
  }
  let missing: Ms = limits.extendMs * longer.length;
  for (let index = passes.length - 1; index > context.passIndex && missing > 0; index--) {
    const later = passes[index];
    if (!later || later.stage === 'cooldown' || longer.includes(index)) continue;
    const lenders = alikeTo(index);
    // Its sides are lent from once, at the last of them; one that has had its time can lend nothing any more.
    if (lenders.at(-1) !== index || lenders.some(lender => lender < context.passIndex)) continue;
    const room = Math.min(
      ...lenders.map(lender => {
        const one = passes[lender];
        return one ? Math.max(0, one.durationMs - one.leastMs) : 0;
      }),
    );
    const each = Math.min(Math.floor(missing / lenders.length), room);
    for (const lender of lenders) {
      const one = passes[lender];
      if (one) passes[lender] = { ...one, durationMs: one.durationMs - each };
    }
    missing -= each * lenders.length;
  }
  if (missing > 0) return null;
  return {
    ...context,
    passes,
    passEndsMoved: context.passEndsMoved + limits.extendMs,
    // The end moves away: it has to be told anew.
    announcedPass: -1,
  };
}
