/** From pulses to what all motors do at one moment. Pure. */
import type { Frame, Intensity, Motor, Ms, Pulse } from '../vocabulary.ts';

/** Every motor at rest, but engaged. */
export const rest: Readonly<Record<Motor, Intensity>> = { left: 0, right: 0 };

/**
 * The frame at `at`: a pulse counts from `from` up to, not including, `until`; where two overlap the stronger is felt.
 * What has passed is simply not there any more, so nothing is ever played late.
 */
export function frameAt(pulses: readonly Pulse[], at: Ms): NonNullable<Frame> {
  const frame = { ...rest };
  for (const pulse of pulses)
    if (pulse.from <= at && at < pulse.until)
      frame[pulse.motor] = Math.max(frame[pulse.motor], pulse.intensity);
  return frame;
}

/** The next moment after `at` at which the frame may change, or null. */
export function nextChange(pulses: readonly Pulse[], at: Ms): Ms | null {
  let next: Ms | null = null;
  const sooner = (edge: Ms): void => {
    if (edge > at && (next === null || edge < next)) next = edge;
  };
  for (const { from, until } of pulses) {
    sooner(from);
    sooner(until);
  }
  return next;
}

/** Whether two frames ask the same of both motors. None at all is not the same as rest. */
export const sameFrame = (one: Frame, other: Frame): boolean =>
  one === null || other === null ? one === other : one.left === other.left && one.right === other.right;
