/** GLIDE as a hand feels it best: how far apart its two motors begin. */
import type { Ms, Pulse } from '../vocabulary.ts';

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
