/**
 * From phases to passes: a pass is one phase on one side, with every time in whole milliseconds.
 *
 * The period of a stroke is rounded once, here, and never again: what begins when is whole arithmetic from the grid's
 * start on (`grid.ts`).
 */
import { routineLimits as limits } from '../limits.ts';
import type { BodySide, MovingStage, Ms, Side } from '../vocabulary.ts';
import type { Direction, Position, Technique, Zone } from './names.ts';
import type { Phase, Routine } from './schema.ts';
import { titleOf } from './titles.ts';

/** How one stroke goes. `periodMs` = `strokeMs` + `returnMs`. */
export type Pace = Readonly<{
  technique: Technique;
  instruction: string;
  strokeCm: number;
  speedCmPerS: number;
  strokeMs: Ms;
  returnMs: Ms;
  periodMs: Ms;
  /** Strokes that come in ascents: so many pulls, each a step higher, then the way back down. */
  ascent?: Ascent | undefined;
}>;

/** `returnMs`: from the end of the last pull to the beginning of the next ascent. */
export type Ascent = Readonly<{ pulls: number; stepCm: number; returnMs: Ms }>;

/** A phase on one side of the body. Whole ms; pressures 1 to 5. */
export type Pass = Readonly<{
  phase: string;
  title: string;
  stage: MovingStage;
  zone: Zone;
  side: Side;
  position: Position;
  /** What to say instead where the receiver lies on the side, where the file says it. */
  onSide?: string | undefined;
  direction: Direction;
  durationMs: Ms;
  /** Bounds that borrowing and extending keep. */
  leastMs: Ms;
  mostMs: Ms;
  pressureStart: number;
  pressureMax: number;
  pace: Pace;
  otherPace: Pace | null;
}>;

/** A limit of one's own on some work, counted over the whole session and per side of the body. */
export type Dosage = Readonly<{ name: 'piriformis' | 'vibration'; area: Zone; mostS: number }>;

/** What limits the work of a phase beside its own length, or null. A technique that may be switched to counts. */
export function dosageOf(
  zone: Zone,
  one: { technique: Technique },
  other?: { technique: Technique } | null,
): Dosage | null {
  if (zone === 'piriformis') return { name: 'piriformis', area: zone, mostS: limits.piriformisS };
  return one.technique === 'vibration' || other?.technique === 'vibration'
    ? { name: 'vibration', area: zone, mostS: limits.vibrationS }
    : null;
}

/** Where a file does not bound a phase: from half to double, inside every built-in limit. Seconds, all sides together. */
export function boundsOf(phase: Phase): { minS: number; maxS: number } {
  const sides = phase.side === 'both' ? 2 : 1;
  const dosage = dosageOf(phase.zone, phase, phase.otherTechnique);
  const special = dosage ? dosage.mostS * sides : limits.phaseS.max;
  return {
    minS: phase.durationMinS ?? Math.max(limits.phaseS.min * sides, Math.round(phase.durationS / 2)),
    maxS: phase.durationMaxS ?? Math.min(limits.phaseS.max, special, phase.durationS * 2),
  };
}

export function paceOf(
  source: Pick<Phase, 'technique' | 'instruction' | 'strokeCm' | 'speedCmPerS' | 'returnMs' | 'ascent'>,
): Pace {
  const strokeMs = Math.round((source.strokeCm / source.speedCmPerS) * 1000);
  return {
    technique: source.technique,
    instruction: source.instruction,
    strokeCm: source.strokeCm,
    speedCmPerS: source.speedCmPerS,
    strokeMs,
    returnMs: source.returnMs,
    periodMs: strokeMs + source.returnMs,
    ...(source.ascent && { ascent: source.ascent }),
  };
}

/** The sides of a phase in the order they come. `both` is one after the other, the easier side first. */
export function sidesOf(side: Phase['side'], easierSide: 'left' | 'right'): readonly Side[] {
  if (side !== 'both') return [side];
  return easierSide === 'left' ? ['left', 'right'] : ['right', 'left'];
}

export const bodySides = (side: Side): readonly BodySide[] =>
  side === 'together' ? ['left', 'right'] : [side];

/** All passes of a routine, in order. Pure; bounded by 2 × `routineLimits.phases`. */
export function timeline(routine: Routine, easierSide: 'left' | 'right' = 'left'): readonly Pass[] {
  return routine.phases.flatMap(phase => {
    const sides = sidesOf(phase.side, easierSide);
    const share = (seconds: number): Ms => Math.round((seconds * 1000) / sides.length);
    const { minS, maxS } = boundsOf(phase);
    return sides.map(side => ({
      phase: phase.id,
      title: titleOf(phase),
      stage: phase.stage,
      zone: phase.zone,
      side,
      position: phase.position,
      ...(phase.sideLying && { onSide: phase.sideLying.instruction }),
      direction: phase.direction,
      durationMs: share(phase.durationS),
      leastMs: share(minS),
      mostMs: share(maxS),
      pressureStart: phase.pressureStart,
      pressureMax: phase.pressureMax,
      pace: paceOf(phase),
      otherPace: phase.otherTechnique ? paceOf(phase.otherTechnique) : null,
    }));
  });
}

/** How long the hands work in all, in ms. */
export const totalMs = (passes: readonly Pass[]): Ms =>
  passes.reduce((sum, pass) => sum + pass.durationMs, 0);

/** Passes that begin with other hands or another position wait for a person. */
export const turnNeeded = (
  from: Pick<Pass, 'side' | 'position'>,
  to: Pick<Pass, 'side' | 'position'>,
): boolean => from.side !== to.side || from.position !== to.position;
