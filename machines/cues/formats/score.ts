/** What is exported: pulses in time under a name, and as segments in which nothing changes. Pure. */
import { type Intensity, type Motor, type Ms, motors, type Pulse } from '../../vocabulary.ts';

export type Score = Readonly<{
  /** Of a cue its id, of a routine its title. */
  title: string;
  /** In a sentence. */
  means: string;
  pulses: readonly Pulse[];
}>;

/** From `from` up to, not including, `until`, at one intensity above 0. */
export type Segment = Readonly<{ from: Ms; until: Ms; intensity: Intensity }>;

/**
 * The segments of these pulses, in order, none over another: where pulses overlap the stronger is felt, and what meets
 * at the same intensity is one. Pulses of both motors become what a device with one motor would do.
 */
export function segmentsOf(pulses: readonly Pulse[]): readonly Segment[] {
  const byStart = pulses
    .filter(({ from, until, intensity }) => until > from && intensity > 0)
    .toSorted((one, other) => one.from - other.from);
  const edges = [...new Set(byStart.flatMap(({ from, until }) => [from, until]))].sort((a, b) => a - b);
  const segments: Segment[] = [];
  let next = 0;
  let running: Pulse[] = [];
  for (const [index, from] of edges.entries()) {
    const until = edges[index + 1] ?? from;
    running = running.filter(pulse => pulse.until > from);
    for (let pulse = byStart[next]; pulse && pulse.from <= from; pulse = byStart[next]) {
      running.push(pulse);
      next += 1;
    }
    const intensity = Math.max(0, ...running.map(pulse => pulse.intensity));
    if (intensity === 0) continue;
    const last = segments.at(-1);
    if (last && last.until === from && last.intensity === intensity)
      segments[segments.length - 1] = { ...last, until };
    else segments.push({ from, until, intensity });
  }
  return segments;
}

export const segmentsOfMotor = (pulses: readonly Pulse[], motor: Motor): readonly Segment[] =>
  segmentsOf(pulses.filter(pulse => pulse.motor === motor));

/** Motors as people call them. */
export const motorNames: Readonly<Record<Motor, 'A' | 'B'>> = { left: 'A', right: 'B' };

/** What each motor does, apart. */
export const eachMotor = <T>(
  pulses: readonly Pulse[],
  of: (segments: readonly Segment[]) => T,
): readonly (T & { motor: 'A' | 'B' })[] =>
  motors.map(motor => ({ motor: motorNames[motor], ...of(segmentsOfMotor(pulses, motor)) }));
