/** What a session promises about places, questions, rises and sides, each as what was found against it. */
import type { Zone } from '../../machines/routine/names.ts';
import { parseRoutine } from '../../machines/routine/parse.ts';
import { scaled } from '../../machines/routine/scale.ts';
import type { Routine } from '../../machines/routine/schema.ts';
import { bodySides, type Pass, timeline, totalMs } from '../../machines/routine/timeline.ts';
import { touchesAny } from '../../machines/routine/zones.ts';
import { moving, needsTurn, still, toCooldown, toNextPass } from '../../machines/session.place.ts';
import { cooldownForcedAt, whenMoved } from '../../machines/session.time.ts';
import type { SessionContext } from '../../machines/session.types.ts';
import type { SessionSnapshot } from '../../machines/session.view.ts';
import type { Ms } from '../../machines/vocabulary.ts';
import { type Person, QuickSession } from './quick-session.ts';
import { cooldown, type Fields, phaseFields, routineFields, warmUp } from './routines.ts';
import { inputOf, noCaps } from './session.ts';

const steady: Person = { answerMs: () => 2000, turnMs: 5000, firmer: false };

const passNow = ({ context }: Pick<QuickSession, 'context'>): Pass | undefined =>
  context.passes[context.passIndex];

/** Every set of these, none of them included. */
export const subsetsOf = <T>(all: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: 2 ** all.length }, (_, bits) => all.filter((_, index) => bits & (1 << index)));

/** Snapshots of sessions in which all is confirmed and nothing has begun. */
const preparedOnce = new Map<Routine, SessionSnapshot>();

/** A session prepared with these places left out, and its start asked for. */
function preparedWithout(routine: Routine, leftOut: readonly Zone[]): QuickSession {
  const session = new QuickSession(inputOf(routine));
  const known = preparedOnce.get(routine);
  if (known) session.snapshot = known;
  else {
    session.send({ type: 'screening.cleared', caps: noCaps });
    for (const one of ['bath', 'oil', 'position', 'baseline'] as const)
      if (session.context.steps.includes(one)) session.send({ type: 'session.confirm', step: one });
    preparedOnce.set(routine, session.snapshot);
  }
  session.send({ type: 'session.leaveOut', zones: leftOut });
  session.send({ type: 'session.start' });
  return session;
}

/**
 * Whether it begins without these places; which of its passes touch one of them all the same; and which that touch none
 * are missing, or of which stage time is.
 */
export function begunWithout(
  routine: Routine,
  leftOut: readonly Zone[],
): Readonly<{
  begins: boolean;
  passes: readonly Pass[];
  touched: readonly string[];
  untouched: readonly string[];
}> {
  const { state, context } = preparedWithout(routine, leftOut);
  const passes = state === 'preparation' ? [] : context.passes;
  const planned = timeline(routine);
  const isThere = ({ phase, side }: Pass): boolean =>
    passes.some(pass => pass.phase === phase && pass.side === side);
  const stageMs = (some: readonly Pass[], wanted: string) =>
    totalMs(some.filter(({ stage }) => stage === wanted));
  return {
    begins: passes.length > 0,
    passes,
    touched: passes.filter(({ zone }) => touchesAny(zone, leftOut)).map(({ phase }) => phase),
    untouched: [
      ...planned.filter(pass => !touchesAny(pass.zone, leftOut) && !isThere(pass)).map(({ phase }) => phase),
      ...['warmUp', 'cooldown'].filter(stage => stageMs(passes, stage) !== stageMs(planned, stage)),
    ],
  };
}

/** Strokes on a place that was left out before the start, or left on the way at `skipAt`. */
export function strokesLeftOut(
  routine: Routine,
  leftOut: readonly Zone[],
  person: Person = steady,
  skipAt: Ms | null = null,
): readonly string[] {
  const session = preparedWithout(routine, leftOut);
  const gone = new Set<Zone>(leftOut);
  const found: string[] = [];
  let seen = 0;
  if (session.state === 'preparation') return found;
  session.live(person, live => {
    for (const one of live.told.slice(seen)) {
      // The cooldown of a place that was left is somewhere else than written.
      const zone =
        one.type === 'stroke'
          ? live.context.passes.find(({ phase }) => phase === one.phase)?.zone
          : undefined;
      if (zone && touchesAny(zone, gone)) found.push(`${zone} at ${one.told} ms`);
    }
    seen = live.told.length;
    const pass = passNow(live);
    if (skipAt !== null && live.at >= skipAt && gone.size === leftOut.length && pass) {
      if (!live.snapshot.hasTag('moving') || pass.stage === 'cooldown') return;
      live.send({ type: 'session.skip' });
      // A stroke that the skip has broken off has begun before it.
      seen = live.told.length;
      gone.add(pass.zone);
    }
  });
  return found;
}

/** Planned rises that this person did not come to. */
export function risesMissed(routine: Routine, person: Omit<Person, 'firmer'>): readonly string[] {
  const session = new QuickSession(inputOf(routine)).start();
  const highest = new Map<string, number>();
  session.live({ ...person, firmer: true }, live => {
    const pass = passNow(live);
    if (!pass) return;
    const key = `${pass.phase} ${pass.side}`;
    const now = Math.min(...bodySides(pass.side).map(side => live.context.pressure[side] ?? 0));
    highest.set(key, Math.max(highest.get(key) ?? 0, now));
  });
  return timeline(routine).flatMap(({ phase, side, pressureMax }) =>
    (highest.get(`${phase} ${side}`) ?? 0) < Math.min(noCaps.pressureMax, pressureMax)
      ? [`${phase} ${side}: ${highest.get(`${phase} ${side}`) ?? 'never begun'} of ${pressureMax}`]
      : [],
  );
}

/** Phases whose sides differ by more than one stroke, in moving time; null where there is no such routine. */
export function sidesUnlike(routine: Routine, minutes: number, turnMs: Ms): readonly string[] | null {
  const played = sidesPlayed(routine, minutes, turnMs);
  return played && (played.outcome === 'completed' ? unlikeOf(played.spent) : [`ended as ${played.outcome}`]);
}

/** Moving time on each side, phase by phase, as it is when such a session is played. */
export function sidesPlayed(
  routine: Routine,
  minutes: number,
  turnMs: Ms,
): Readonly<{ spent: Sides; outcome: string | null }> | null {
  const result = scaled(routine, { seconds: minutes * 60, mayDrop: true });
  if (!result.fits) return null;
  const session = new QuickSession(inputOf(result.routine)).start();
  const spent = new Map<string, { left: Ms; right: Ms; period: Ms }>();
  let last = 0;
  let before: Pass | undefined;
  session.live({ ...steady, turnMs }, live => {
    const { moved } = live;
    if (before && before.side !== 'together') {
      const time = spent.get(before.phase) ?? { left: 0, right: 0, period: before.pace.periodMs };
      time[before.side] += moved - last;
      spent.set(before.phase, time);
    }
    last = moved;
    before = passNow(live);
  });
  return { spent, outcome: session.outcome };
}

type Sides = ReadonlyMap<string, Readonly<{ left: Ms; right: Ms; period: Ms }>>;

/** Phases of these whose sides differ by more than one stroke. */
export const unlikeOf = (spent: Sides): readonly string[] =>
  [...spent].flatMap(([phase, { left, right, period }]) =>
    Math.abs(left - right) > period ? [`${phase}: ${left} ms left, ${right} ms right`] : [],
  );

/** A session of this length that has just begun; null where there is no such routine. */
export function begunWith(routine: Routine, minutes: number): SessionContext | null {
  const result = scaled(routine, { seconds: minutes * 60, mayDrop: true });
  return result.fits ? new QuickSession(inputOf(result.routine)).start().context : null;
}

/**
 * Moving time on each side, phase by phase, with every turn as long. Nothing is played: only where passes begin and end
 * is worked out, by the functions by which the machine goes from one to the next. A test holds it against what is played.
 */
export function sidesPlanned(begun: SessionContext, turnMs: Ms): Sides {
  const spent = new Map<string, { left: Ms; right: Ms; period: Ms }>();
  let context = begun;
  const mostPasses = 2 * context.passes.length + 2;
  for (let count = 0; count <= mostPasses; count++) {
    const pass = passNow({ context });
    const ends = whenMoved(context, context.passEndsMoved);
    if (!pass || ends === null) return spent;
    const forced = cooldownForcedAt(context);
    const isForced = forced !== null && forced < ends;
    const at = isForced ? forced : ends;
    const from = context.movedMs;
    context = still(context, at);
    if (pass.side !== 'together') {
      const time = spent.get(pass.phase) ?? { left: 0, right: 0, period: pass.pace.periodMs };
      time[pass.side] += context.movedMs - from;
      spent.set(pass.phase, time);
    }
    context = isForced ? toCooldown(context) : toNextPass(context, at);
    if (!passNow({ context })) return spent;
    const goesOn = needsTurn(context) ? at + turnMs : at;
    const forcedNext = cooldownForcedAt(context);
    context =
      forcedNext !== null && forcedNext <= goesOn
        ? moving(toCooldown(context), forcedNext)
        : moving(context, goesOn);
  }
  throw new Error(`no end after ${mostPasses} passes`);
}

/** A file's work in one line each: seconds, side, and whether a rise is planned. */
export type Work = Readonly<{ seconds: number; side: string; rises: boolean; strokeCm: number }>;

/** The routine of such a file, or null where `check` refuses it. */
export function fileOf(work: readonly Work[], root: Fields): Routine | null {
  const phases = work.map(({ seconds, side, rises, strokeCm }, index) =>
    phaseFields({
      id: `p${index}`,
      stage: rises ? 'pressureRamp' : 'strokes',
      side,
      strokeCm,
      speedCmPerS: 5,
      durationS: seconds,
      pressureMax: rises ? 2 : 1,
    }),
  );
  const ordered = [...phases].sort(
    (one, other) => Number(one.stage !== 'strokes') - Number(other.stage !== 'strokes'),
  );
  const fields = routineFields([warmUp({ durationS: 180 }), ...ordered, cooldown({ durationS: 180 })], {
    kind: 'full',
    ...root,
  });
  const parsed = parseRoutine(JSON.stringify(fields));
  return parsed.ok ? parsed.routine : null;
}

/** Longest stretch of work without a question, and how long it may be: the file's time and one phase. */
export function unasked(routine: Routine, turnMs: Ms, answerMs: Ms): Readonly<{ longest: Ms; most: Ms }> {
  const session = new QuickSession(inputOf(routine)).start();
  let since: Ms | null = null;
  let longest = 0;
  let asked = 0;
  const note = (moved: Ms): void => {
    if (since !== null) longest = Math.max(longest, moved - since);
  };
  session.live({ answerMs: () => answerMs, turnMs, firmer: false }, live => {
    const pass = passNow(live);
    const isWork = pass?.stage === 'strokes' || pass?.stage === 'pressureRamp';
    if (since === null && isWork) since = live.moved;
    if (isWork || since === null) note(live.moved);
    else {
      note(live.context.passBeganMoved);
      since = null;
    }
    // Somebody is asked from the moment that a question begins until it is answered.
    if (live.asked.length > asked || live.state.endsWith('.checkIn')) since = live.moved;
    asked = live.asked.length;
  });
  const phaseMs = Math.max(...session.context.planned.map(({ durationMs }) => durationMs));
  return { longest, most: session.context.rules.checkInEveryMs + phaseMs };
}
