/**
 * Every moment at which a session has something to do by itself, as pure functions of what it remembers.
 *
 * A deadline is absolute session time, or null where there is none. The statechart names deadlines in its guards;
 * `nextDue` reads those very guards off the active states, so no deadline can be waited for without being heard.
 */
import { leaseLimits, sessionLimits as limits, motorLimits, routineLimits } from './limits.ts';
import { beginFrom, beginOf, begunBy, longestPeriodMs } from './routine/grid.ts';
import { bodySides, type Pace, type Pass, totalMs, turnNeeded } from './routine/timeline.ts';
import { pressureCapIn } from './session.gentle.ts';
import type { SessionContext } from './session.types.ts';
import type { Ms } from './vocabulary.ts';

type Context = SessionContext;

/** Time kept free behind the cooldown for telling the end. */
export const finishMs = limits.finishAnnouncements * limits.finishEveryMs;

export const passNow = (context: Context): Pass | undefined => context.passes[context.passIndex];

export const paceNow = (context: Context): Pace | undefined => {
  const pass = passNow(context);
  return context.usesOtherTechnique ? (pass?.otherPace ?? pass?.pace) : pass?.pace;
};

export const movedAt = (context: Context, at: Ms): Ms =>
  context.movedMs + (context.movingSince === null ? 0 : at - context.movingSince);

/** Absolute time of a moment of moving time, if the hands go on as they do. */
export const whenMoved = (context: Context, moved: Ms): Ms | null =>
  context.movingSince === null ? null : context.movingSince + (moved - context.movedMs);

/** Of each list of passes, so that a long routine pays once, and not at every deadline. */
const cooldowns = new WeakMap<readonly Pass[], Ms>();

export function cooldownMs({ passes }: Context): Ms {
  const known = cooldowns.get(passes);
  if (known !== undefined) return known;
  const found = totalMs(passes.filter(pass => pass.stage === 'cooldown'));
  cooldowns.set(passes, found);
  return found;
}

export const capAt = (context: Context): Ms | null =>
  context.startedAt === null
    ? null
    : Math.min(context.startedAt + context.rules.capMs, context.rules.endsAt ?? Number.POSITIVE_INFINITY);

/** When the cooldown has to begin to end inside the session's cap. Null within the cooldown. */
export function cooldownForcedAt(context: Context): Ms | null {
  const end = capAt(context);
  if (end === null || passNow(context)?.stage === 'cooldown') return null;
  return end - cooldownMs(context) - finishMs;
}

/** Stroke n of the present grid, counted from 1, or null where it would not end within the pass. */
function strokeAt(context: Context, n: number): Ms | null {
  const pace = paceNow(context);
  const ends = whenMoved(context, context.passEndsMoved);
  if (!pace || ends === null) return null;
  const at = context.gridAt + beginOf(pace, n);
  return at + pace.strokeMs <= ends ? at : null;
}

/** How many strokes of this grid are still to begin. */
export function strokesLeft(context: Context): number {
  const pace = paceNow(context);
  const ends = whenMoved(context, context.passEndsMoved);
  if (!pace || ends === null) return 0;
  return Math.max(0, begunBy(pace, ends - pace.strokeMs - context.gridAt) - context.stroke);
}

/** Whether somebody may be asked in a pass. */
export const isAskedIn = ({ stage }: Pick<Pass, 'stage'>): boolean =>
  stage === 'strokes' || stage === 'pressureRamp';

/** Of each pass: how long hands are at work from it on, up to where nobody is asked any more, and up to the cooldown. */
type Ahead = Readonly<{ askedMs: Ms; workMs: Ms; turns: number }>;
const aheads = new WeakMap<readonly Pass[], readonly Ahead[]>();

/** Worked out once for each list of passes, so that a long routine pays once. */
function aheadOf(passes: readonly Pass[]): readonly Ahead[] {
  const known = aheads.get(passes);
  if (known) return known;
  const found: Ahead[] = [];
  let next: Ahead = { askedMs: 0, workMs: 0, turns: 0 };
  let following: Pass | undefined;
  for (const pass of passes.toReversed()) {
    const { durationMs, stage } = pass;
    next = {
      askedMs: isAskedIn(pass) ? next.askedMs + durationMs : 0,
      workMs: next.workMs + (stage === 'cooldown' ? 0 : durationMs),
      turns: next.turns + (following && turnNeeded(pass, following) ? 1 : 0),
    };
    following = pass;
    found.push(next);
  }
  found.reverse();
  aheads.set(passes, found);
  return found;
}

/** The longest that all passes from this one on may take, the cooldown's not counted: every turn at its slowest. */
export function longestAheadMs({ passes, passIndex }: Pick<Context, 'passes' | 'passIndex'>): Ms {
  const { workMs = 0, turns = 0 } = aheadOf(passes)[passIndex] ?? {};
  // The present pass may begin with a turn of its own.
  return workMs + (turns + 1) * limits.turnMs.longest;
}

/** Moving time at which nobody will be asked any more: where the cooldown begins. */
const askingEndsMoved = ({ passes, passIndex, passEndsMoved }: Context): Ms =>
  passEndsMoved + (aheadOf(passes)[passIndex + 1]?.askedMs ?? 0);

/** From when an answer may raise, in moving time; null where none may, or where one has been given since. */
function riseFromMoved(context: Context, pass: Pass): Ms | null {
  const on = bodySides(pass.side);
  const pressure = Math.min(...on.map(side => context.pressure[side] ?? pass.pressureMax));
  const most = Math.min(
    pass.pressureMax,
    pressureCapIn(context, pass),
    ...on.map(side => context.ceiling[side]),
  );
  if (pressure >= most) return null;
  const from = Math.max(...on.map(side => context.dwellFromMoved[side])) + context.rules.riseDwellMs;
  return context.answeredMoved < from ? from : null;
}

/** When the next question is due, in moving time: not later than its time, and sooner where it may raise. */
function dueMoved(context: Context, pass: Pass): Ms {
  const { checkInDueMoved, answeredMoved, askFromMoved } = context;
  const ends = askingEndsMoved(context);
  // One that falls due just before the cooldown comes while there is still time to answer.
  const last = ends - answerTimeMs(context) - longestPeriodMs(pass.pace);
  const isPulled = checkInDueMoved <= ends && last > answeredMoved;
  const due = isPulled ? Math.min(checkInDueMoved, last) : checkInDueMoved;
  return Math.max(askFromMoved, Math.min(due, riseFromMoved(context, pass) ?? due));
}

/**
 * A check-in is asked beside the strokes' own cues, once it is due and hands have settled. With little time left before
 * they go to another place it waits until they are there; where no pass has time to settle, it does without.
 */
function checkInAt(context: Context): Ms | null {
  const pass = passNow(context);
  const pace = paceNow(context);
  const ends = whenMoved(context, context.passEndsMoved);
  const over = whenMoved(context, askingEndsMoved(context));
  if (!pass || !pace || !isAskedIn(pass) || ends === null || over === null) return null;
  const due = dueMoved(context, pass);
  const beatAfter = (moved: Ms): Ms => {
    const at = whenMoved(context, moved) ?? ends;
    return context.gridAt + beginFrom(pace, at - limits.askOffsetMs - context.gridAt) + limits.askOffsetMs;
  };
  const hasTime = (at: Ms): boolean =>
    at + limits.checkInRoomMs <= ends && at + answerTimeMs(context) <= over;
  const settled = beatAfter(Math.max(due, context.passBeganMoved + limits.checkInSettleMs));
  if (hasTime(settled)) return settled;
  const unsettled = beatAfter(due);
  return hasTime(unsettled) ? unsettled : null;
}

/** How long a question waits for its answer: what of its time is left where it began before a turn. */
const answerTimeMs = ({ rules, openForMs }: Context): Ms =>
  openForMs === 0
    ? rules.checkInTimeoutMs
    : Math.max(routineLimits.checkInTimeoutS.min * 1000, rules.checkInTimeoutMs - openForMs);

/** Where the hands simply move on, the next pass is told this early within the present one. */
function announcement(context: Context): Ms | null {
  const pass = passNow(context);
  const next = context.passes[context.passIndex + 1];
  const ends = whenMoved(context, context.passEndsMoved);
  if (!pass || !next || ends === null || turnNeeded(pass, next)) return null;
  return ends - limits.announceMs;
}

function announceAt(context: Context): Ms | null {
  const at = announcement(context);
  return at !== null && at >= context.gridAt && context.announcedPass !== context.passIndex ? at : null;
}

/** Whether a cue of `forMs` at `at` is over before the pass is, and before the next pass is announced. */
export function fitsInPass(context: Context, at: Ms, forMs: Ms): boolean {
  const ends = announcement(context) ?? whenMoved(context, context.passEndsMoved);
  return ends !== null && at + forMs <= ends;
}

const asking = (context: Context): boolean => context.question !== 'firmer';

const after = (from: Ms, ms: Ms): Ms => from + ms;

export const deadlines = {
  strokeBegins: (context: Context) => strokeAt(context, context.stroke + 1),
  passEnds: (context: Context) => whenMoved(context, context.passEndsMoved),
  nextIsAnnounced: announceAt,
  checkInIsAsked: checkInAt,
  easedEnds: (context: Context) =>
    context.easedUntilMoved === null ? null : whenMoved(context, context.easedUntilMoved),
  cooldownIsForced: cooldownForcedAt,
  capIsReached: capAt,
  finishIsForced: (context: Context) => {
    const end = capAt(context);
    return end === null ? null : end - finishMs;
  },
  leaseIsRenewed: (context: Context) => after(context.engagedAt, leaseLimits.engageRenewMs),
  askIsRepeated: (context: Context) => {
    // What nobody can have felt is told anew, whatever it asks.
    if (context.asks === 0) return context.questionAt;
    const at = after(context.questionAt, context.asks * limits.askEveryMs);
    return asking(context) && at < after(context.askedAt, answerTimeMs(context)) ? at : null;
  },
  checkInIsMissed: (context: Context) =>
    asking(context) ? after(context.askedAt, answerTimeMs(context)) : null,
  firmerIsMissed: (context: Context) => (asking(context) ? null : after(context.questionAt, limits.firmerMs)),
  // TAP may have to wait until the other motor has started: it is felt whole all the same.
  pausingEnds: (context: Context) =>
    after(context.enteredAt, context.rules.cueMs.TAP + motorLimits.staggerMs),
  haltingEnds: (context: Context) => after(context.enteredAt, context.rules.cueMs.STOP),
  transitionAsks: (context: Context) =>
    context.asks < limits.transitionAsks - 1
      ? after(context.enteredAt, (context.asks + 1) * limits.transitionAskMs)
      : null,
  transitionIsMissed: (context: Context) =>
    after(context.enteredAt, limits.transitionAsks * limits.transitionAskMs),
  afterStopIsMissed: (context: Context) => after(context.enteredAt, limits.afterStopMs),
  faultIsLeft: (context: Context) => after(context.enteredAt, limits.faultedMs),
  finishIsRepeated: (context: Context) =>
    context.asks < limits.finishAnnouncements
      ? after(context.enteredAt, context.asks * limits.finishEveryMs)
      : null,
  finishEnds: (context: Context) =>
    after(context.enteredAt, limits.finishAnnouncements * limits.finishEveryMs),
} as const satisfies Readonly<Record<string, (context: Context) => Ms | null>>;
export type Deadline = keyof typeof deadlines;

type Found = { readonly of: Context; readonly at: Partial<Record<Deadline, Ms | null>> };
let found: Found | null = null;

/**
 * One deadline of a context. Nothing that a context remembers ever changes, so what was found for it holds: the guards
 * that a moment asks read what the moment before has worked out to know when to be called.
 */
export function deadlineOf(context: Context, deadline: Deadline): Ms | null {
  if (found?.of !== context) found = { of: context, at: {} };
  const known = found.at[deadline];
  if (known !== undefined) return known;
  const at = deadlines[deadline](context);
  found.at[deadline] = at;
  return at;
}

/** Longest session of a routine whose passes last `routineMs`. */
export const capOf = (routineMs: Ms, sessionMaxMin: number | undefined): Ms =>
  Math.min(
    routineMs + routineLimits.sessionSpareMin * 60_000,
    (sessionMaxMin ?? routineLimits.sessionMaxMin) * 60_000,
  );
