/** Pressure per side of the body: where it begins, how it eases, whether it may rise. All pure. */
import { routineLimits, sessionLimits } from './limits.ts';
import { type Rise, riseOf } from './routine/ramp.ts';
import { movedAt, passNow } from './session.time.ts';
import type { SessionContext } from './session.types.ts';
import type { BodySide, Ms, Side } from './vocabulary.ts';

type Context = SessionContext;

export const bodySides = (side: Side): readonly BodySide[] =>
  side === 'together' ? ['left', 'right'] : [side];

const withSides = <T>(
  record: Readonly<Record<BodySide, T>>,
  on: readonly BodySide[],
  value: (side: BodySide) => T,
) => ({
  left: on.includes('left') ? value('left') : record.left,
  right: on.includes('right') ? value('right') : record.right,
});

/** The present pass's pressure: with two hands, the lighter of the two sides. */
export function pressureNow(context: Context): number | null {
  const pass = passNow(context);
  if (!pass) return null;
  const known = bodySides(pass.side).flatMap(side => context.pressure[side] ?? []);
  return known.length === 0 ? null : Math.min(...known);
}

/**
 * Pressure at the beginning of a pass: the phase's start, never above what this side had before, nor above any cap.
 * So a change of phase can lower pressure, and only an answered check-in can raise it.
 */
export function settled(context: Context): Context {
  const pass = passNow(context);
  if (!pass || context.settledPass === context.passIndex) return context;
  const on = bodySides(pass.side);
  const moved = context.movedMs;
  const pressure = withSides(context.pressure, on, side =>
    Math.min(
      context.pressure[side] ?? pass.pressureStart,
      pass.pressureStart,
      pass.pressureMax,
      context.caps?.pressureMax ?? 1,
      context.ceiling[side],
      routineLimits.pressureMax.max,
    ),
  );
  const worked = context.handsOn ? bodySides(context.handsOn.side) : [];
  // Another zone, and a side that had its rest meanwhile, get used to a pressure anew.
  const newWork = (side: BodySide): boolean => context.zoneOf[side] !== pass.zone || !worked.includes(side);
  return {
    ...context,
    settledPass: context.passIndex,
    pressure,
    zoneOf: withSides(context.zoneOf, on, () => pass.zone),
    dwellFromMoved: withSides(context.dwellFromMoved, on, side =>
      newWork(side) || pressure[side] !== context.pressure[side] ? moved : context.dwellFromMoved[side],
    ),
  };
}

/** Whether no step down is left: then less changes nothing, and costs no later rise. */
export function isLightest(context: Context): boolean {
  const pass = passNow(context);
  return pass !== undefined && bodySides(pass.side).every(side => context.pressure[side] === 1);
}

/** One step down at once, down to 1; the lower pressure stays this side's ceiling for the session. */
export function eased(context: Context, at: Ms): Context {
  const pass = passNow(context);
  const now = pressureNow(context);
  if (!pass || now === null) return context;
  const on = bodySides(pass.side);
  const lower = Math.max(1, now - 1);
  const moved = movedAt(context, at);
  return {
    ...context,
    pressure: withSides(context.pressure, on, () => lower),
    ceiling: withSides(context.ceiling, on, side => Math.min(context.ceiling[side], lower)),
    dwellFromMoved: withSides(context.dwellFromMoved, on, () => moved),
    easedUntilMoved: moved + sessionLimits.easedMs,
  };
}

/** One step down after a long interruption. It is nobody's easing: an answered check-in may raise it again. */
export function lowered(context: Context): Context {
  const pass = passNow(context);
  if (!pass) return context;
  const on = bodySides(pass.side);
  return {
    ...context,
    pressure: withSides(context.pressure, on, side => {
      const now = context.pressure[side];
      return now === null ? null : Math.max(1, now - 1);
    }),
    dwellFromMoved: withSides(context.dwellFromMoved, on, () => context.movedMs),
  };
}

/** Whether a rise is planned and allowed at `at`. */
export function riseNow(context: Context, at: Ms): Rise {
  const pass = passNow(context);
  const on = pass ? bodySides(pass.side) : [];
  return riseOf({
    pressure: pressureNow(context) ?? 1,
    planned: pass?.pressureMax ?? 1,
    cap: Math.min(context.caps?.pressureMax ?? 1, routineLimits.pressureMax.max),
    ceiling: Math.min(...on.map(side => context.ceiling[side])),
    dwellMs: movedAt(context, at) - Math.max(...on.map(side => context.dwellFromMoved[side])),
    dwellNeededMs: context.rules.riseDwellMs,
  });
}

/** One step up, where `riseNow` allows it; otherwise unchanged. */
export function risen(context: Context, at: Ms): Context {
  const pass = passNow(context);
  const rise = riseNow(context, at);
  if (!pass || !rise.allowed) return context;
  const on = bodySides(pass.side);
  const moved = movedAt(context, at);
  return {
    ...context,
    pressure: withSides(context.pressure, on, () => rise.to),
    dwellFromMoved: withSides(context.dwellFromMoved, on, () => moved),
  };
}
