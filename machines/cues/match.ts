/**
 * Felt onsets, matched: two motors that take a different time to be felt are started that much apart, so that a hand
 * feels them begin when the cue means them to. Where motors were measured their own times hold, else none is moved.
 */
import { motorLimits } from '../limits.ts';
import { type Motor, type Ms, motors, type Pulse } from '../vocabulary.ts';

/**
 * A GLIDE with its onsets so far apart. Each pulse keeps its length; the motor that comes second is moved. `glideMs` lies
 * within `glideLimits`, so that starts stay further apart than `staggerMs`.
 */
export function glidedBy(pulses: readonly Pulse[], glideMs: Ms): readonly Pulse[] {
  const first = pulses[0];
  const second = pulses.find(({ motor }) => motor !== first?.motor);
  if (!first || !second) return pulses;
  const by = first.from + glideMs - second.from;
  return pulses.map(pulse =>
    pulse.motor === first.motor ? pulse : { ...pulse, from: pulse.from + by, until: pulse.until + by },
  );
}

/** How long after it is switched on each motor is felt, in ms. */
export type Onsets = Readonly<Record<Motor, Ms>>;

/** A motor that is felt later than this is not matched but broken. [D] */
export const mostLeadMs: Ms = 80;

/**
 * Delays the quicker motor's pulses by what the slower one needs longer, at most `mostLeadMs`. Each pulse keeps its
 * length, so no gap shrinks; starts of two motors stay at least `staggerMs` apart. A cue of one motor alone has nothing to
 * be matched to: an answer to a press is not put off.
 */
export function matched(pulses: readonly Pulse[], onsets: Onsets | null): readonly Pulse[] {
  if (!onsets || new Set(pulses.map(({ motor }) => motor)).size < 2) return pulses;
  const slowest = Math.max(...motors.map(motor => onsets[motor]));
  const delay = (motor: Motor): Ms => Math.min(mostLeadMs, Math.round(slowest - onsets[motor]));
  const moved = pulses.map(pulse => ({
    ...pulse,
    from: pulse.from + delay(pulse.motor),
    until: pulse.until + delay(pulse.motor),
  }));
  const tooNear = moved.some(one =>
    moved.some(other => other.motor !== one.motor && Math.abs(other.from - one.from) < motorLimits.staggerMs),
  );
  // Where matching would start both at once the current comes first: it is left as it was.
  return tooNear ? pulses : moved;
}
