/** Pressure per side of the body: where it begins, how it eases, whether it may rise. All pure. */
import { routineLimits, sessionLimits } from './limits.ts';
import { type Rise, riseOf } from './routine/ramp.ts';
import { bodySides, type Pass } from './routine/timeline.ts';
import { isWithin } from './routine/zones.ts';
import { pressureCapIn } from './session.gentle.ts';
import { movedAt, passNow } from './session.time.ts';
import type { SessionContext } from './session.types.ts';
import type { BodySide, Ms } from './vocabulary.ts';

type Context = SessionContext;

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

/** A side's pressure as this pass begins: the phase's start, never above what it had before, nor above any cap. */
const pressureIn = (context: Context, pass: Pass, side: BodySide): number =>
  Math.min(
    context.pressure[side] ?? pass.pressureStart,
    pass.pressureStart,
    pass.pressureMax,
    pressureCapIn(context, pass),
    context.ceiling[side],
    routineLimits.pressureMax.max,
  );

/**
 * From when a side gets used to its pressure as this pass begins: anew at another pressure, at a place that was not
 * worked just before, and on a side that had its rest meanwhile.
 */
function dwellFrom(context: Context, pass: Pass, side: BodySide): Ms {
  const zone = context.zoneOf[side];
  const worked = context.handsOn ? bodySides(context.handsOn.side) : [];
  const goesOn = zone !== null && isWithin(pass.zone, zone) && worked.includes(side);
  return goesOn && pressureIn(context, pass, side) === context.pressure[side]
    ? context.dwellFromMoved[side]
    : context.movedMs;
}

/** The same for all of a pass that is about to begin. */
export const dwellOnEntering = (context: Context, pass: Pass): Ms =>
  Math.max(...bodySides(pass.side).map(side => dwellFrom(context, pass, side)));

/** Pressure as a pass begins. A change of phase can lower it, and only an answered check-in can raise it. */
export function settled(context: Context): Context {
  const pass = passNow(context);
  if (!pass || context.settledPass === context.passIndex) return context;
  const on = bodySides(pass.side);
  return {
    ...context,
    settledPass: context.passIndex,
    pressure: withSides(context.pressure, on, side => pressureIn(context, pass, side)),
    zoneOf: withSides(context.zoneOf, on, () => pass.zone),
    dwellFromMoved: withSides(context.dwellFromMoved, on, side => dwellFrom(context, pass, side)),
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
    cap: Math.min(pass ? pressureCapIn(context, pass) : 1, routineLimits.pressureMax.max),
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
