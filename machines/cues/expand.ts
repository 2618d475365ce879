/**
 * From a cue to pulses, by arithmetic alone.
 *
 * Where a cue drives both motors the second starts `staggerMs` later, because two starts together draw too much
 * from USB, and ends with the first, because ending later would shrink the gap to the next pulse.
 */
import { motorLimits } from '../limits.ts';
import type { CueId, Motor, Ms, Pulse } from '../vocabulary.ts';
import type { Cue } from './schema.ts';

const other = (motor: Motor): Motor => (motor === 'left' ? 'right' : 'left');

/** Length of a cue played once, from its beginning to the end of its last pulse. */
export const cueMs = (cue: Cue): Ms => Math.max(...cue.pulses.map(pulse => pulse.fromMs + pulse.forMs));

/** Length of each cue of a set. */
export const lengthsOf = (set: Readonly<Record<CueId, Cue>>): Readonly<Record<CueId, Ms>> => ({
  TAP: cueMs(set.TAP),
  GLIDE: cueMs(set.GLIDE),
  NEXT: cueMs(set.NEXT),
  ASK: cueMs(set.ASK),
  EASE: cueMs(set.EASE),
  STOP: cueMs(set.STOP),
});

/** Length of a cue played `times` times. */
export const playMs = (cue: Cue, times: number): Ms => times * cueMs(cue) + (times - 1) * cue.againAfterMs;

/** The pulses of a cue that begins at `at`, `first` being the motor it starts on. `times` is 1 to 3. */
export function expand(cue: Cue, at: Ms, first: Motor = 'left', times = 1): readonly Pulse[] {
  const pulses: Pulse[] = [];
  for (let turn = 0; turn < times; turn++) {
    const begin = at + turn * (cueMs(cue) + cue.againAfterMs);
    for (const { motor, fromMs, forMs, intensity } of cue.pulses) {
      const from = begin + fromMs;
      const until = from + forMs;
      if (motor !== 'second') pulses.push({ motor: first, from, until, intensity });
      if (motor === 'second') pulses.push({ motor: other(first), from, until, intensity });
      if (motor === 'both')
        pulses.push({ motor: other(first), from: from + motorLimits.staggerMs, until, intensity });
    }
  }
  return pulses;
}
