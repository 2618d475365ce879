/** Plays pulses on a board as conductor and driver do: analog messages for what changes, then a lease naming both. */
import { dutyOf } from '../../../hardware/duty.ts';
import { frameAt } from '../../../machines/cues/frame.ts';
import { leaseLimits, motorLimits } from '../../../machines/limits.ts';
import { type Motor, type Ms, motors, type Pulse } from '../../../machines/vocabulary.ts';
import type { Rig } from '../../firmware/rig.ts';

/** Pulses on the host's clock, which counts whole milliseconds from now, until `untilMs` of it. */
export function play(rig: Rig, pulses: readonly Pulse[], untilMs: Ms): void {
  const zeroMs = rig.nowMs;
  const duty: Record<Motor, number> = { left: 0, right: 0 };
  const onsetAt: Record<Motor, Ms> = { left: 0, right: 0 };
  const moments = new Set<Ms>();
  for (const { from, until } of pulses)
    for (const at of [from, from + motorLimits.kickMs, until]) moments.add(at);
  for (let beat = 0; beat < untilMs; beat += leaseLimits.beatMs) moments.add(beat);
  for (const at of [...moments].sort((one, other) => one - other)) {
    rig.to(zeroMs + at);
    const frame = frameAt(pulses, at);
    for (const motor of motors) {
      if (frame[motor] > 0 && duty[motor] === 0) onsetAt[motor] = at;
      const next = dutyOf(frame[motor], at - onsetAt[motor]);
      if (next !== duty[motor]) rig.analog(motor, next);
      duty[motor] = next;
    }
    rig.lease(duty.left, duty.right);
  }
  rig.to(zeroMs + untilMs);
}
