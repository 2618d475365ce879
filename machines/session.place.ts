/** Where a session stands in its routine: moving, going to another pass, leaving a zone, lending a minute. All pure. */
import { sessionLimits as limits } from './limits.ts';
import { cooldownElsewhere, withoutPlaces } from './routine/elsewhere.ts';
import { begunBy } from './routine/grid.ts';
import { type Zone, zones } from './routine/names.ts';
import { bodySides, dosageOf, type Pass, turnNeeded as sidesDiffer, totalMs } from './routine/timeline.ts';
import { deepZones, isWithin, touches, touchesAny } from './routine/zones.ts';
import { fitted, worksOf } from './session.fit.ts';
import { beginsLighter } from './session.gentle.ts';
import { preparationSteps } from './session.lists.ts';
import { dwellOnEntering } from './session.pressure.ts';
import { isAskedIn, movedAt, paceNow, passNow } from './session.time.ts';
import type { SessionContext } from './session.types.ts';
import { type MovingStage, type Ms, movingStages } from './vocabulary.ts';

type Context = SessionContext;

/**
 * When the first stroke begins. By a GO that means something else together with LESS it waits until LESS can no longer
 * come to it: no motor runs for the first of two buttons.
 */
function firstStrokeAt({ before }: Context, at: Ms): Ms {
  const { go } = before;
  const mayBeJoined = go?.at === at && (go.from === 'preparation' || go.from === 'offering');
  return mayBeJoined ? at + limits.takeBackMs : at;
}

/** Hands begin to move: a new grid, and what time is left for what is left. */
export function moving(before: Context, at: Ms): Context {
  const { usual, longest } = limits.turnMs;
  const turnMs = needsTurn(before)
    ? Math.max(before.turnMs, Math.min(longest, Math.max(usual, at - before.stillSince)))
    : before.turnMs;
  const context = fitted({ ...before, turnMs }, at);
  const pass = passNow(context);
  return {
    ...context,
    movingSince: at,
    gridAt: firstStrokeAt(context, at),
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
  askFromMoved: movedAt(context, at),
});

/** Takes up the pass at `passIndex`, from its beginning. Called while the hands are still. */
export function entered(context: Context, passIndex: number): Context {
  const pass = context.passes[passIndex];
  const moved = context.movedMs;
  const before = context.passes[passIndex - 1];
  // Check-ins begin when the warm-up is over.
  const fromWarmUp = before?.stage === 'warmUp' && pass?.stage !== 'warmUp';
  const next: Context = {
    ...context,
    ...(fromWarmUp && { checkInDueMoved: moved + context.rules.checkInEveryMs }),
    askFromMoved: moved,
    passIndex,
    passBeganMoved: moved,
    passEndsMoved: moved + (pass?.durationMs ?? 0),
    strokesInPass: 0,
    usesOtherTechnique: beginsLighter(context, passIndex),
    easesHere: 0,
    lighterOfferedAt: null,
    easedUntilMoved: null,
    ...questionAcross(context, pass),
  };
  if (!pass || pass.pressureMax <= pass.pressureStart) return next;
  // Where a rise is planned the question comes as soon as its answer can do something. Where one falls due well before
  // that, it comes at the beginning, so that the one after it still finds time for the rise.
  const riseFrom = dwellOnEntering(context, pass) + context.rules.riseDwellMs;
  return riseFrom <= next.checkInDueMoved + limits.checkInTogetherMs
    ? { ...next, checkInDueMoved: Math.max(riseFrom, next.checkInDueMoved) }
    : { ...next, checkInDueMoved: Math.min(moved, next.checkInDueMoved) };
}

/**
 * What becomes of an open question where one pass ends: it goes on with the hands. Where they have to turn it is asked
 * anew after that, for what is left of its time; where nobody is asked any more it is dropped.
 */
function questionAcross(context: Context, pass: Pass | undefined): Partial<Context> {
  if (!context.isAsked) return {};
  if (!pass || !isAskedIn(pass)) return { isAsked: false, openForMs: 0 };
  if (context.handsOn === null || !sidesDiffer(context.handsOn, pass)) return {};
  return { isAsked: false, openForMs: context.openForMs + context.movedMs - context.askedMoved };
}

/** Whether no stroke has room in it: its time went to what came before. */
const isEmpty = ({ stage, durationMs, pace }: Pass): boolean =>
  stage !== 'cooldown' && durationMs < pace.strokeMs;

/** The next pass that still has time, of all that are left, at `at`. */
function arrivedIn(context: Context, passIndex: number, at: Ms): Context {
  let next = fitted(entered(context, passIndex), at, true);
  for (let index = passIndex + 1; ; index++) {
    const pass = passNow(next);
    if (!pass || !isEmpty(pass)) return next;
    next = fitted(entered(next, index), at, true);
  }
}

export const toNextPass = (context: Context, at: Ms): Context =>
  arrivedIn(context, context.passIndex + 1, at);

/** The first pass of the cooldown, or this one where it has begun. Nobody has to turn for it. */
export function toCooldown(context: Context): Context {
  if (passNow(context)?.stage === 'cooldown') return { ...context, handsOn: null };
  const index = context.passes.findIndex(pass => pass.stage === 'cooldown');
  return { ...entered(context, index < 0 ? context.passes.length : index), handsOn: null };
}

/** Whether some cooldown is left: none is where no place remains that may be touched. */
export const hasCooldown = ({ passes }: Pick<Context, 'passes'>): boolean =>
  passes.some(({ stage }) => stage === 'cooldown');

/** Leaves this place for today: every later pass that touches it goes too, and the cooldown goes somewhere else. */
export function withoutZone(context: Context, at: Ms): Context {
  const zone = passNow(context)?.zone;
  if (zone === undefined) return context;
  const leftOut = [...new Set([...context.leftOut, zone])];
  const isLeft = (pass: Pass): boolean => touchesAny(pass.zone, leftOut);
  const kept = cooldownElsewhere(context.passes, context.passIndex, isLeft).filter(
    (pass, index) => index <= context.passIndex || !isLeft(pass),
  );
  return arrivedIn({ ...context, passes: kept, leftOut }, context.passIndex + 1, at);
}

/** Deep work goes where the screening says so. Broad and light hands on what lies above it stay, or go as well. */
function mayBeWorked({ caps }: Context, { zone }: Pass): boolean {
  if (caps === null || caps.places === 'any') return true;
  if (caps.places === 'noButtock' && touches(zone, 'buttocks')) return false;
  return !deepZones.some(deep => isWithin(zone, deep));
}

/**
 * Whoever can not lie face down, or rather does not, lies on the side: it leaves the same places to the same hands, by the
 * words that the routine has for it.
 */
function asOneCanLie({ caps, liesOnSide }: Context, pass: Pass): Pass {
  if (pass.position !== 'prone' || (caps?.position !== 'notProne' && !liesOnSide)) return pass;
  const { onSide, pace } = pass;
  return {
    ...pass,
    position: 'sideLying',
    pace: onSide === undefined ? pace : { ...pace, instruction: onSide },
  };
}

/** Whether somebody may choose to lie on the side: the routine has words for it, and the screening leaves the choice. */
export const mayLieOnSide = ({ caps, planned }: Pick<Context, 'caps' | 'planned'>): boolean =>
  caps?.position !== 'notProne' && planned.some(({ onSide }) => onSide !== undefined);

/** How they lie is chosen, before anything has begun: it is to be confirmed anew. */
export function lying(context: Context, liesOnSide: boolean): Context {
  if (liesOnSide === context.liesOnSide || !mayLieOnSide(context)) return context;
  const steps = preparationSteps.filter(step => step === 'position' || context.steps.includes(step));
  return leavingOut({ ...context, liesOnSide, steps }, context.leftOut);
}

/** The routine as planned, without these zones and what the screening leaves out. */
const remaining = (context: Context, leftOut: readonly Zone[]): readonly Pass[] =>
  withoutPlaces(context.planned, pass => !mayBeWorked(context, pass) || touchesAny(pass.zone, leftOut)).map(
    pass => asOneCanLie(context, pass),
  );

/**
 * The routine without what touches any of these zones, before anything has begun, wholly: warm-up and cooldown, too, go
 * somewhere else. Where that leaves no routine it stays as it is, and cannot begin.
 */
export function leavingOut(context: Context, zones: readonly Zone[]): Context {
  const leftOut = [...new Set(zones)];
  const passes = remaining(context, leftOut);
  return isRoutine({ passes, leftOut }) || leftOut.length === 0
    ? { ...context, leftOut, passes }
    : { ...context, leftOut };
}

/** Places of this routine that hands would meet, and what each is part of: those that somebody may name. */
export const placesToName = (context: Context): readonly Zone[] =>
  zones.filter(zone => context.planned.some(pass => mayBeWorked(context, pass) && touches(pass.zone, zone)));

/** Stages that go to other places than they were planned for, and those places. */
export const stagesElsewhere = ({
  passes,
  planned,
}: Pick<Context, 'passes' | 'planned'>): readonly Readonly<{
  stage: MovingStage;
  zones: readonly Zone[];
}>[] =>
  movingStages.flatMap(stage => {
    const isMoved = (pass: Pass): boolean =>
      pass.stage === stage && !planned.some(({ phase, zone }) => phase === pass.phase && zone === pass.zone);
    const moved = [...new Set(passes.filter(isMoved).map(({ zone }) => zone))];
    return moved.length === 0 ? [] : [{ stage, zones: moved }];
  });

/** Whether what is left is a routine: it warms up, works and cools down, and touches no place that was left out. */
export const isRoutine = ({ passes, leftOut }: Pick<Context, 'passes' | 'leftOut'>): boolean =>
  passes.some(({ stage }) => stage === 'warmUp') &&
  passes.some(isAskedIn) &&
  hasCooldown({ passes }) &&
  !passes.some(({ zone }) => touchesAny(zone, leftOut));

/** Whether the pass at `passIndex` begins with other hands or another position than the hands last had. */
export function needsTurn(context: Context): boolean {
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
      return its?.name === own.name && touches(its.area, own.area) && bodySides(other.side).includes(side);
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

/** The same at `at`, on the same grid: strokes that had no room, and whose time has gone by meanwhile, are left out. */
export function lent(context: Context, at: Ms): Context {
  const longer = extended(context) ?? context;
  const pace = paceNow(context);
  const begun = pace && context.movingSince !== null ? begunBy(pace, at - 1 - context.gridAt) : 0;
  return askedFromNow({ ...longer, stroke: Math.max(context.stroke, begun) }, at);
}
